import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import type { ActionInterface } from "../../src/actions/action-interface.ts";
import { emptyCatalog } from "../../src/actions/catalog.ts";
import { emptyLock } from "../../src/actions/lock.ts";
import { importAll, type ImportRequest, type ImportResult } from "../../src/import/import-all.ts";
import { readFile, type ReadResult } from "../../src/read/read-file.ts";

export const fixtures = fileURLToPath(new URL("../fixtures/import/", import.meta.url));

/** YAML files of the fixtures' repository. */
export function readFixtures(): readonly ReadResult[] {
  return readdirSync(fixtures, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.ya?ml$/.test(path))
    .sort()
    .map((path) => readFile(path, readFileSync(`${fixtures}${path}`, "utf8")));
}

const manifest = (inputs: Readonly<Record<string, string | undefined>>): ActionInterface => ({
  using: "node24",
  inputs: new Map(Object.entries(inputs).map(([name, value]) => [name, { required: false, default: value }])),
  outputs: [],
  nested: [],
});
const checkout = manifest({ "persist-credentials": "true", "fetch-depth": "1", token: "${{ github.token }}" });
/** Not the catalogue, which changes. */
const given = new Map([
  ["actions/checkout@v4", checkout],
  ["actions/checkout@v5", checkout],
  ["actions/checkout@v5.0.1", checkout],
  ["actions/setup-node@v4", manifest({ "node-version": undefined, token: undefined })],
  ["actions/cache@v4", manifest({ path: undefined, key: undefined })],
]);

export function importRequest(more: Partial<ImportRequest> = {}): ImportRequest {
  return {
    lock: emptyLock,
    known: { catalog: emptyCatalog, given },
    layout: { printWidth: 120 },
    flowkeep: new URL("../../src/index.ts", import.meta.url),
    scratch: tmpdir(),
    ...more,
  };
}

/** Imports texts by path, as files of one repository. */
export async function importTexts(
  texts: Readonly<Record<string, string>>,
  more: Partial<ImportRequest> = {},
): Promise<ImportResult> {
  const files = Object.entries(texts).map(([path, text]) => readFile(path, text));
  return importAll(files, importRequest(more));
}

import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { openCatalog } from "../../src/actions/catalog.ts";
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

export async function importRequest(more: Partial<ImportRequest> = {}): Promise<ImportRequest> {
  return {
    lock: emptyLock,
    known: { catalog: await openCatalog() },
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
  return importAll(files, await importRequest(more));
}

import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { boundActions } from "../../src/actions/bound-actions.ts";
import type { Catalog } from "../../src/actions/catalog.ts";
import { fillLock } from "../../src/actions/fill-lock.ts";
import type { Lock } from "../../src/actions/lock.ts";
import { writeBindings } from "../../src/actions/write-bindings.ts";
import type { ImportOutcome } from "../../src/import/prove-imports.ts";

/** The folder that holds `.github`, else the file's own. */
export function repositoryOf(path: string): string {
  const at = path.indexOf(".github/");
  return at >= 0 ? path.slice(0, at) : path.slice(0, path.lastIndexOf("/") + 1);
}

interface Options {
  readonly root: string;
  readonly scratch: string;
  readonly catalog: Catalog;
  /** The pins of all imports. */
  readonly lock: Lock;
}

/** Type-checks all sources at once, and gives the errors by the YAML file that each comes from. */
export async function typeErrors(
  outcomes: readonly ImportOutcome[],
  { root, scratch, catalog, lock: imported }: Options,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const refs = new Set<string>();
  const files = new Map<string, string>();
  const folders = new Map<string, number>();
  outcomes.forEach((outcome) => {
    if (outcome.kind !== "imported") return;
    // Sources of one repository import each other.
    const repository = repositoryOf(outcome.file);
    folders.set(repository, folders.get(repository) ?? folders.size);
    const path = `${folders.get(repository)}/${outcome.source}`;
    files.set(path, outcome.file);
    mkdirSync(dirname(join(scratch, path)), { recursive: true });
    writeFileSync(join(scratch, path), outcome.text);
    for (const [, ref] of outcome.text.matchAll(/"([\w.-]+\/[^"\s]+@[^"\s]+)"/g)) refs.add(ref ?? "");
  });
  const { lock } = fillLock([...imported.actions.keys(), ...refs], imported, { catalog });
  writeFileSync(join(scratch, "actions.d.ts"), await writeBindings(boundActions(lock, { catalog }).bound));
  const compilerOptions = {
    target: "es2023",
    lib: ["es2023"],
    module: "nodenext",
    strict: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    types: ["node"],
    typeRoots: [join(root, "node_modules/@types")],
    paths: { flowkeep: [join(root, "src/index.ts")] },
  };
  writeFileSync(join(scratch, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["."] }));
  writeFileSync(join(scratch, "package.json"), '{ "type": "module" }');
  const output = await tsc(root, scratch);
  const errors = new Map<string, string[]>();
  let last: string[] | undefined;
  for (const line of output.split("\n")) {
    const [, path = "", message = ""] = /^(.+?)(\(\d+,\d+\): error .*)$/.exec(line) ?? [];
    if (path !== "") {
      const file = files.get(path) ?? path;
      last = errors.get(file) ?? [];
      errors.set(file, last);
      last.push(`${path}${message}`);
    } else if (last !== undefined && line.trim() !== "") last.push(line);
  }
  return errors;
}

function tsc(root: string, folder: string): Promise<string> {
  return new Promise((resolve) => {
    const command = join(root, "node_modules/typescript/bin/tsc");
    execFile(
      process.execPath,
      [command, "-p", folder, "--pretty", "false"],
      { cwd: folder, maxBuffer: 1 << 28 },
      (_, out) => resolve(out),
    );
  });
}

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { openCatalog } from "../../src/actions/catalog.ts";
import { emptyLock, type LockEntry } from "../../src/actions/lock.ts";
import { importAll } from "../../src/import/import-all.ts";
import type { ImportOutcome } from "../../src/import/prove-imports.ts";
import { readFile } from "../../src/read/read-file.ts";
import { officialErrors } from "../../src/read/official/run-parser.ts";
import { isGood, printTable, type CorpusFigures } from "./table.ts";
import { repositoryOf, typeErrors } from "./type-check.ts";

interface Place {
  readonly root: string;
  readonly flowkeep: URL;
}

/** `npm run corpus` */
export async function main(args: readonly string[], { root, flowkeep }: Place): Promise<number> {
  const option = (name: string): string | undefined => args[args.indexOf(name) + 1 || args.length];
  const [folder] = args;
  if (folder === undefined || folder.startsWith("--")) {
    process.stderr.write("usage: npm run corpus -- <folder> [--every <n>] [--keep <folder>] [--no-types]\n");
    return 2;
  }
  const every = Number(option("--every") ?? 1);
  const files = findYaml(folder).filter((_, index) => index % every === 0);
  if (files.length === 0) {
    process.stderr.write(`there is no .yml or .yaml file in ${folder}\n`);
    return 2;
  }
  const scratch = option("--keep") ?? mkdtempSync(join(tmpdir(), "flowkeep-corpus-"));
  const catalog = await openCatalog(pathToFileURL(join(root, "data/action-catalog.json")));
  const started = performance.now();
  const outcomes: ImportOutcome[] = [];
  const accepted = new Set<string>();
  const locked = new Map<string, LockEntry>();
  for (const [repository, paths] of groupBy(files, repositoryOf)) {
    const texts = paths.map((path) => [path, readFileSync(join(folder, path), "utf8")] as const);
    const read = texts.map(([path, text]) => readFile(relative(repository, path), text));
    const result = await importAll(read, {
      lock: emptyLock,
      known: { catalog },
      flowkeep,
      scratch: tmpdir(),
      layout: {},
    });
    for (const [ref, entry] of result.lock.actions) if (!locked.has(ref)) locked.set(ref, entry);
    outcomes.push(...result.outcomes.map((outcome) => ({ ...outcome, file: join(repository, outcome.file) })));
    for (const [path, text] of texts) if ((await officialErrors(path, text)).length === 0) accepted.add(path);
  }
  const seconds = (performance.now() - started) / 1000;
  const types = args.includes("--no-types")
    ? undefined
    : await typeErrors(outcomes, { root, scratch, catalog, lock: { version: 1, actions: locked } });
  const figures: CorpusFigures = {
    outcomes,
    accepted,
    types,
    seconds,
    megabytes: process.resourceUsage().maxRSS / 1024,
  };
  process.stdout.write(printTable(figures));
  if (option("--keep") === undefined) rmSync(scratch, { recursive: true, force: true });
  return isGood(figures) ? 0 : 1;
}

function findYaml(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.ya?ml$/.test(name) && statSync(join(folder, name)).isFile())
    .sort();
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

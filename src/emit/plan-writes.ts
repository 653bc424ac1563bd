import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../ir/errors.ts";
import { isGenerated } from "./header.ts";

/** A file that flowkeep generates; the path counts from the root, with `/`. */
export interface OutputFile {
  readonly path: string;
  readonly text: string;
}

/** A file whose bytes will change. */
export interface PlannedWrite extends OutputFile {
  /** What stands there now; undefined: nothing. */
  readonly before: PresentFile | undefined;
}

export interface PlannedRemoval {
  readonly path: string;
  readonly before: PresentFile;
}

export interface PresentFile {
  readonly bytes: Buffer;
  readonly mode: number;
}

export interface WritePlan {
  readonly writes: readonly PlannedWrite[];
  readonly removals: readonly PlannedRemoval[];
  /** Files that already are what they should be. */
  readonly unchanged: readonly string[];
}

/** The files of `generated/`. They carry no header: they are flowkeep's by their names. */
const GENERATED_FILES: ReadonlySet<string> = new Set([
  "generated/actions.d.ts",
  "generated/actions.lock.json",
  "generated/baseline.json",
  "generated/source-map.json",
  "generated/pushes.md",
]);

/** GitHub's own lock, which others write too: it is given with all of theirs in it. */
const SHARED_FILES: ReadonlySet<string> = new Set([".github/workflows/actions.lock"]);

/** Files without flowkeep's header that it may overwrite or remove, as long as this is still their text. */
export type Adopted = ReadonlyMap<string, string>;

/**
 * Compares what should be with what is, and writes nothing. Fails with a `UsageError` if a file is not flowkeep's to overwrite
 * or remove.
 */
export function planWrites(
  root: string,
  files: readonly OutputFile[],
  removals: readonly string[] = [],
  adopted: Adopted = new Map(),
): WritePlan {
  const writes: PlannedWrite[] = [];
  const unchanged: string[] = [];
  const folders = new Set<string>();
  const taken = new Map<string, string>();
  for (const { path, text } of files) {
    claim(path, taken);
    const before = lookAt(root, path, folders);
    if (before?.bytes.equals(Buffer.from(text))) unchanged.push(path);
    else {
      if (before !== undefined) checkOwned(path, before, adopted);
      writes.push({ path, text, before });
    }
  }
  const planned: PlannedRemoval[] = [];
  for (const path of removals) {
    const written = taken.get(path.toLowerCase());
    if (written !== undefined && isSameFile(root, path, written)) continue;
    if (written === undefined) claim(path, taken);
    const before = lookAt(root, path, folders);
    if (before === undefined) continue;
    checkOwned(path, before, adopted);
    planned.push({ path, before });
  }
  return { writes, removals: planned, unchanged };
}

/** Each path once, also where a file system does not tell `CI.yml` from `ci.yml`, and only where flowkeep may write. */
function claim(path: string, taken: Map<string, string>): void {
  if (!isOutputPath(path)) {
    throw new UsageError(
      `flowkeep does not write ${JSON.stringify(path)}: workflows go into .github/workflows/, actions into .github/actions/<name>/, and the names of both are those of their sources`,
    );
  }
  const folded = path.toLowerCase();
  const other = taken.get(folded);
  if (other !== undefined) {
    const names = other === path ? path : `${other} and ${path}`;
    throw new UsageError(`two sources have one output, ${names}: give one of them another name`);
  }
  taken.set(folded, path);
}

/** Whether two names are one file: so they are if equal, and `CI.yml` and `ci.yml` where the file system does not tell them apart. */
function isSameFile(root: string, path: string, other: string): boolean {
  if (path === other) return true;
  const [one, two] = [path, other].map((name) => lstatSync(join(root, name), { throwIfNoEntry: false }));
  return one !== undefined && two !== undefined && one.dev === two.dev && one.ino === two.ino;
}

const NAME = String.raw`(?!\.)[^/\\\0-\x1f\x7f]+`;
const OUTPUT = new RegExp(`^(?:\\.github/workflows/${NAME}\\.ya?ml|\\.github/actions/(?:${NAME}/)+action\\.ya?ml)$`);

function isOutputPath(path: string): boolean {
  return GENERATED_FILES.has(path) || SHARED_FILES.has(path) || OUTPUT.test(path);
}

/** What stands at a path. Links are refused: a file behind one may lie anywhere. */
function lookAt(root: string, path: string, folders: Set<string>): PresentFile | undefined {
  const parts = path.split("/");
  for (let depth = 1; depth < parts.length; depth++) {
    const folder = parts.slice(0, depth).join("/");
    if (folders.has(folder)) continue;
    const stats = lstatSync(join(root, folder), { throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    if (stats.isSymbolicLink()) throw new UsageError(refusal(path, `${folder} is a symbolic link`));
    if (!stats.isDirectory()) throw new UsageError(refusal(path, `${folder} is no folder`));
    folders.add(folder);
  }
  const target = join(root, path);
  const stats = lstatSync(target, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  if (stats.isSymbolicLink()) throw new UsageError(refusal(path, "it is a symbolic link"));
  if (stats.isDirectory()) throw new UsageError(refusal(path, "a folder has its name"));
  if (!stats.isFile()) throw new UsageError(refusal(path, "it is no ordinary file"));
  return { bytes: readFileSync(target), mode: stats.mode & 0o777 };
}

function refusal(path: string, why: string): string {
  return `flowkeep does not touch ${path}: ${why}. Move it out of the way and run the command again`;
}

function checkOwned(path: string, { bytes }: PresentFile, adopted: Adopted): void {
  if (GENERATED_FILES.has(path) || SHARED_FILES.has(path) || isGenerated(bytes.toString())) return;
  const text = adopted.get(path);
  if (text !== undefined && bytes.equals(Buffer.from(text))) return;
  throw new UsageError(
    `flowkeep does not touch ${path}: it does not carry flowkeep's header, so somebody wrote it by hand. To keep it, give the source another name; to replace it, import it with \`npx flowkeep import ${path}\`, or remove it, and run the command again`,
  );
}

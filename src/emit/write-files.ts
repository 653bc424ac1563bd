import { randomUUID } from "node:crypto";
import {
  chmodSync,
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { UsageError } from "../ir/errors.ts";
import { describeSystemError, isSystemError } from "../ir/system-error.ts";
import {
  planWrites,
  type Adopted,
  type OutputFile,
  type PlannedRemoval,
  type PlannedWrite,
  type PresentFile,
} from "./plan-writes.ts";

/** What was done, by path. */
export interface WrittenFiles {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: readonly string[];
  /** What stood in the files that were overwritten or removed, by path. */
  readonly before: ReadonlyMap<string, string>;
}

/**
 * Writes and removes generated files: all or none. Each text is written beside its target first, and only when all are
 * written do they take their targets' names, so that a run that is killed leaves each file old or new, and two runs at once
 * cannot mix. Files that would not change are not touched.
 */
export function writeFiles(
  root: string,
  files: readonly OutputFile[],
  removals: readonly string[] = [],
  adopted?: Adopted,
): WrittenFiles {
  const plan = planWrites(root, files, removals, adopted);
  const folders = new Set([...files.map(({ path }) => path), ...removals].map((path) => join(root, dirname(path))));
  for (const folder of folders) removeStale(folder);

  const staged: StagedFile[] = [];
  const done: (PlannedWrite | PlannedRemoval)[] = [];
  let current = "";
  try {
    for (const write of plan.writes) {
      current = write.path;
      staged.push({ write, temporary: stage(join(root, write.path), Buffer.from(write.text), write.before) });
    }
    for (const { write, temporary } of staged) {
      current = write.path;
      renameSync(temporary, join(root, write.path));
      done.push(write);
    }
    for (const removal of plan.removals) {
      current = removal.path;
      // Another run may have removed it already.
      rmSync(join(root, removal.path), { force: true });
      done.push(removal);
    }
    for (const removal of plan.removals) removeEmptied(root, removal.path);
  } catch (error) {
    const stuck = undo(root, staged, done);
    if (!isSystemError(error)) throw error;
    const rest = stuck.length === 0 ? "nothing was changed" : `could not be put back as they were: ${stuck.join(", ")}`;
    throw new UsageError(`${current} cannot be written (${rest}): ${describeSystemError(error)}`);
  }
  return {
    written: plan.writes.map(({ path }) => path),
    removed: plan.removals.map(({ path }) => path),
    unchanged: plan.unchanged,
    before: new Map(
      [...plan.writes, ...plan.removals].flatMap(({ path, before }) =>
        before === undefined ? [] : [[path, before.bytes.toString()]],
      ),
    ),
  };
}

/** Removes the folder that an action had to itself. */
function removeEmptied(root: string, path: string): void {
  for (let folder = dirname(path); folder.startsWith(".github/actions"); folder = dirname(folder)) {
    try {
      rmdirSync(join(root, folder));
    } catch {
      // Somebody keeps files of their own there, or it is gone already.
      return;
    }
  }
}

interface StagedFile {
  readonly write: PlannedWrite;
  readonly temporary: string;
}

/** Writes bytes beside their target, and gives the name of the file they are in. */
function stage(target: string, bytes: Buffer, before: PresentFile | undefined): string {
  const folder = dirname(target);
  mkdirSync(folder, { recursive: true });
  const temporary = join(folder, `.${basename(target)}.flowkeep-${process.pid}-${randomUUID().slice(0, 8)}.tmp`);
  const file = openSync(temporary, "wx");
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  if (before !== undefined) chmodSync(temporary, before.mode);
  return temporary;
}

/** Puts everything back, and names what could not be. */
function undo(
  root: string,
  staged: readonly StagedFile[],
  done: readonly (PlannedWrite | PlannedRemoval)[],
): readonly string[] {
  const stuck: string[] = [];
  for (const { write, temporary } of staged) attempt(() => rmSync(temporary, { force: true }), write.path, stuck);
  for (const change of done.toReversed()) attempt(() => restore(root, change), change.path, stuck);
  return stuck;
}

function attempt(step: () => void, path: string, stuck: string[]): void {
  try {
    step();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    stuck.push(path);
  }
}

/** Puts back what stood there. */
function restore(root: string, { path, before }: PlannedWrite | PlannedRemoval): void {
  const target = join(root, path);
  if (before === undefined) rmSync(target, { force: true });
  else renameSync(stage(target, before.bytes, before), target);
}

const TEMPORARY = /^\..+\.flowkeep-(\d+)-[0-9a-f]{8}\.tmp$/;

/** Removes what killed runs left: files named after a process that is no more. */
function removeStale(folder: string): void {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return;
  }
  for (const name of names) {
    const digits = TEMPORARY.exec(name)?.[1];
    if (digits === undefined) continue;
    const pid = Number(digits);
    if (pid !== process.pid && isRunning(pid)) continue;
    const path = join(folder, name);
    const stats = lstatSync(path, { throwIfNoEntry: false });
    // In a container a run often has the number of the run before it.
    const isOwn = pid === process.pid && stats !== undefined && stats.mtimeMs >= performance.timeOrigin;
    if (stats?.isFile() && !isOwn) rmSync(path, { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isSystemError(error) && error.code === "EPERM";
  }
}

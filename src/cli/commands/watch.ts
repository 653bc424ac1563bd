import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { UsageError } from "../../ir/errors.ts";
import { LOCK_FILE } from "../../project/project.ts";
import { CONFIG_NAMES } from "../../project/project.ts";
import type { Rerun } from "../process/rerun.ts";
import { refuseForeignSources, type Settings } from "../settings.ts";
import { watchFiles } from "../process/watch-files.ts";

/** Editors save in several steps, and people save several files. */
const QUIET_TIME = 50;

/** How long a run may go on when its sources have changed: what it will tell is of no use. */
const PATIENCE = 1000;

/**
 * `flowkeep gen --watch`: until Ctrl-C. Each run is a process of its own: a source that never ends, or that ends its process,
 * takes nothing with it, and no run inherits what another left in memory.
 */
export async function watch({ io, project, quiet }: Settings): Promise<number> {
  refuseForeignSources(io);
  const { rerun } = io;
  if (rerun === undefined) throw new UsageError("--watch needs a process of its own");
  const { root, config } = project;
  const changed = new Set<string>();
  let isStopped = false;
  let failure: { readonly error: unknown } | undefined;
  let wake = (): void => {};
  const woken = () => new Promise<void>((resolve) => (wake = resolve));

  const files = await watchFiles(root, [LOCK_FILE, ...(config === undefined ? CONFIG_NAMES : [config])], {
    changed(file) {
      changed.add(file);
      wake();
    },
    failed(error) {
      failure = { error };
      wake();
    },
  });
  const stop = (): void => {
    isStopped = true;
    wake();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, stop);

  /** What a run itself wrote is no change; `lock` is what it left. */
  const isChanged = (lock?: string): boolean =>
    [...changed].some((file) => file !== LOCK_FILE || (lock !== undefined && readLock(root) !== lock));
  const mustEnd = (): boolean => isStopped || failure !== undefined;

  while (!mustEnd()) {
    changed.clear();
    const started = Date.now();
    const run = rerun();
    while (run.isRunning() && !mustEnd() && !isChanged()) await Promise.race([run.ended, woken()]);
    const isOutOfDate = run.isRunning();
    if (isOutOfDate) await end(run, mustEnd() ? 0 : PATIENCE);
    if (mustEnd()) break;
    if (run.signal() !== null && !isOutOfDate) io.err(`the run was ended by ${run.signal()}\n`);
    const lock = readLock(root);
    await files.add(run.inputs(), started);
    if (!quiet) io.err("waiting for changes; Ctrl-C ends\n");
    while (!mustEnd() && !isChanged(lock)) await woken();
    for (let seen = -1; seen !== changed.size && !mustEnd(); await pause(QUIET_TIME)) seen = changed.size;
  }
  await files.close();
  if (failure !== undefined) throw failure.error;
  return 0;
}

/** Lets a run go on for a while, and ends it then. */
async function end(run: Rerun, patience: number): Promise<void> {
  await Promise.race([run.ended, pause(patience)]);
  if (run.isRunning()) run.end();
  await run.ended;
}

function readLock(root: string): string {
  try {
    return readFileSync(join(root, LOCK_FILE), "utf8");
  } catch {
    // None, or none that can be read: the run says so.
    return "";
  }
}

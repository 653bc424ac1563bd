import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { YamlVerdicts } from "../pushes/yaml-analysis.ts";
import type { Config } from "../../define/define-config.ts";
import type { FileWork, Task } from "./file-work.ts";

/** What a second thread is told: everything that decides its answers, and the counter by which the two take turns. */
export interface WorkOrder {
  readonly root: string;
  /** The entry of the flowkeep that runs. */
  readonly flowkeep: string;
  readonly config: Config;
  readonly task: Task;
  /** The ids of the rules that look. */
  readonly rules: readonly string[];
  readonly files: readonly FileToWorkOut[];
  readonly next: SharedArrayBuffer;
}

export interface FileToWorkOut {
  readonly path: string;
  readonly text: string;
  /** Who its pushes are, where that is known. */
  readonly verdicts: YamlVerdicts | undefined;
}

/** By the file's place in the order. */
export type WorkAnswer = readonly (readonly [at: number, work: FileWork])[];

/** Starting a thread and loading the analysis into it takes as long as this many characters of workflows. */
const WORTH_A_THREAD = 1_000_000;

/**
 * Works out many files on two threads; each takes the next file when it is done with one, so both end together. Who worked
 * what out cannot be seen from the answers. What the second thread fails to answer, because it cannot be started or runs out of
 * memory, is worked out on this one; all is, where a second thread is not worth it.
 *
 * @param worker the second thread's program; undefined where there is none
 * @param workOut the same work, on this thread
 * @returns what was found in each of the order's files
 */
export async function shareWork(
  order: Omit<WorkOrder, "next">,
  worker: URL | undefined,
  workOut: (file: FileToWorkOut) => Promise<FileWork>,
): Promise<readonly FileWork[]> {
  const { files } = order;
  const length = files.reduce((sum, { text }) => sum + text.length, 0);
  const isWorthIt = worker !== undefined && length >= WORTH_A_THREAD && availableParallelism() >= 2;
  const next = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const answer = isWorthIt ? askWorker(worker, { ...order, next }) : [];
  const own = await takeTurns(files, next, workOut);
  const found = new Map([...own, ...(await answer)]);
  const all: FileWork[] = [];
  for (const [at, file] of files.entries()) all.push(found.get(at) ?? (await workOut(file)));
  return all;
}

/** One thread's share of the files. */
export async function takeTurns(
  files: readonly FileToWorkOut[],
  next: SharedArrayBuffer,
  workOut: (file: FileToWorkOut) => Promise<FileWork>,
): Promise<WorkAnswer> {
  const counter = new Int32Array(next);
  const found: [number, FileWork][] = [];
  for (;;) {
    const at = Atomics.add(counter, 0, 1);
    const file = files[at];
    if (file === undefined) return found;
    found.push([at, await workOut(file)]);
  }
}

function askWorker(program: URL, order: WorkOrder): Promise<WorkAnswer> {
  return new Promise((resolve) => {
    const worker = startWorker(program, order);
    if (worker === undefined) return resolve([]);
    worker.once("message", (answer: WorkAnswer) => resolve(answer));
    worker.once("error", () => resolve([]));
    worker.once("exit", () => resolve([]));
  });
}

/**
 * What lives for a moment gets little room: for `pushes` that is a tenth of the memory less, and no time that can be measured. Where
 * every job is walked through, it would cost a third of the time.
 */
const LIMITS = { pushes: { maxYoungGenerationSizeMb: 8 }, rules: {} } satisfies Record<Task, object>;

/** Undefined where a script's config holds what no other thread can be given. */
function startWorker(program: URL, order: WorkOrder): Worker | undefined {
  try {
    return new Worker(program, { workerData: order, stdout: true, stderr: true, resourceLimits: LIMITS[order.task] });
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}

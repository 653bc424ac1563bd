import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { KnownAction } from "../../credentials/actions/action-table.ts";
import type { WorkedOut } from "./push-cache.ts";

/** What a second thread is told: everything that decides its answers, and the counter by which the two take turns. */
export interface VerdictOrder {
  readonly root: string;
  readonly repository: string | undefined;
  readonly actions: readonly KnownAction[] | undefined;
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly next: SharedArrayBuffer;
}

/** By the file's place in the order. */
export type VerdictAnswer = readonly (readonly [at: number, found: WorkedOut])[];

/** Starting a thread and loading the analysis into it takes as long as this many characters of workflows. */
const WORTH_A_THREAD = 1_000_000;

/**
 * Works out many files on two threads; each takes the next file when it is done with one, so both end together. Who worked
 * what out cannot be seen from the answers. What the second thread fails to answer, because it cannot be started or runs out of
 * memory, is left out; all is, where a second thread is not worth it.
 *
 * @param files the same files as the order's
 * @param worker the second thread's program; undefined where there is none
 * @param workOut the same work, on this thread
 */
export async function shareVerdicts<File>(
  order: Omit<VerdictOrder, "next">,
  worker: URL | undefined,
  files: readonly File[],
  workOut: (file: File) => WorkedOut,
): Promise<ReadonlyMap<File, WorkedOut>> {
  const length = order.files.reduce((sum, { text }) => sum + text.length, 0);
  if (worker === undefined || length < WORTH_A_THREAD || availableParallelism() < 2) return new Map();
  const next = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const answer = askWorker(worker, { ...order, next });
  const own = takeTurns(files, next, workOut);
  return new Map(
    [...own, ...(await answer)].flatMap(([at, found]) => files.slice(at, at + 1).map((file) => [file, found])),
  );
}

/** One thread's share of the files. */
export function takeTurns<File>(
  files: readonly File[],
  next: SharedArrayBuffer,
  workOut: (file: File) => WorkedOut,
): VerdictAnswer {
  const counter = new Int32Array(next);
  const found: [number, WorkedOut][] = [];
  for (;;) {
    const at = Atomics.add(counter, 0, 1);
    const [file] = files.slice(at, at + 1);
    if (file === undefined) return found;
    found.push([at, workOut(file)]);
  }
}

function askWorker(program: URL, order: VerdictOrder): Promise<VerdictAnswer> {
  return new Promise((resolve) => {
    const worker = new Worker(program, { workerData: order, stdout: true, stderr: true });
    worker.once("message", (answer: VerdictAnswer) => resolve(answer));
    worker.once("error", () => resolve([]));
    worker.once("exit", () => resolve([]));
  });
}

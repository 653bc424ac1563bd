import { Worker } from "node:worker_threads";

const OVERDUE = Symbol.for("flowkeep.overdue");

// A loop without an end never lets this thread's timers fire, and signals have no say: only another thread keeps the time, and
// only a debugger gets in. What it calls runs on top of the loop's stack, which so tells the line.
const CLOCK = `
const { Session } = require("node:inspector");
const { workerData } = require("node:worker_threads");
setTimeout(() => {
  const session = new Session();
  session.connectToMainThread();
  session.post("Runtime.evaluate", { expression: "globalThis[Symbol.for('flowkeep.overdue')]()" });
}, workerData * 1000);
`;

/** Calls something when a time is over, whatever this thread does then. Gives what stops the clock. */
export function startClock(seconds: number, overdue: () => never): () => void {
  const clock = new Worker(CLOCK, { eval: true, workerData: seconds });
  clock.unref();
  // A Node that was built without a debugger keeps no time.
  clock.on("error", () => {});
  Object.defineProperty(globalThis, OVERDUE, { value: overdue, configurable: true });
  return () => void clock.terminate();
}

import { Worker } from "node:worker_threads";

/** After this many seconds a person is told what they wait for: whoever stops it by Ctrl-C then knows. */
const PATIENCE = 3;

const CALLS = Symbol.for("flowkeep.clock");

// A loop without an end never lets this thread's timers fire, and signals have no say: only another thread keeps the time, and
// only a debugger gets in. What it calls runs on top of the loop's stack, which so tells the line.
const CLOCK = `
const { Session } = require("node:inspector");
const { parentPort, workerData } = require("node:worker_threads");
const session = new Session();
let isConnected = false;
parentPort.once("message", () => {
  for (const [index, seconds] of workerData.entries())
    setTimeout(() => {
      if (!isConnected) session.connectToMainThread();
      isConnected = true;
      session.post("Runtime.evaluate", { expression: "globalThis[Symbol.for('flowkeep.clock')][" + index + "]()" });
    }, seconds * 1000);
});
`;

/** What is called when sources have run for a while. */
export interface Alarms {
  /** Seconds until `overdue`; 0: for ever. */
  readonly limit: number;
  readonly overdue: () => never;
  /** Where somebody looks on. */
  readonly slow?: ((seconds: number) => void) | undefined;
}

export interface Clock {
  /** The time begins now; once. */
  readonly begin: () => void;
  readonly stop: () => void;
}

/** Starts a clock that calls something when a time is over, whatever this thread does then; undefined: there is nothing to call. */
export function startClock({ limit, overdue, slow }: Alarms): Clock | undefined {
  const alarms: (readonly [seconds: number, call: () => void])[] = [];
  if (slow !== undefined) alarms.push([PATIENCE, () => slow(PATIENCE)]);
  if (limit > 0) alarms.push([limit, overdue]);
  if (alarms.length === 0) return undefined;
  const clock = new Worker(CLOCK, { eval: true, workerData: alarms.map(([seconds]) => seconds) });
  clock.unref();
  // A Node that was built without a debugger keeps no time.
  clock.on("error", () => {});
  Object.defineProperty(globalThis, CALLS, { value: alarms.map(([, call]) => call), configurable: true });
  return { begin: () => clock.postMessage("begin"), stop: () => void clock.terminate() };
}

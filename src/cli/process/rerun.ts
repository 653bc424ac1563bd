import { fork } from "node:child_process";
import { once } from "node:events";

/** A run of `gen` in a process of its own. */
export interface Rerun {
  readonly isRunning: () => boolean;
  readonly ended: Promise<unknown>;
  /** What ended it, if it did not end by itself. */
  readonly signal: () => NodeJS.Signals | null;
  /** The files that it read, from the root; none where it could not tell. */
  readonly inputs: () => readonly string[];
  /** Ends it; a run that writes finishes that first. */
  readonly end: () => void;
}

/** What a run tells the process that started it. */
export interface RunMessage {
  readonly inputs: readonly string[];
}

const RERUN = "FLOWKEEP_RERUN";

/** Starts a program again. */
export function startRun(program: string, args: readonly string[]): Rerun {
  const env = { ...process.env, [RERUN]: "1" };
  const child = fork(program, args, { env, stdio: ["ignore", "inherit", "inherit", "ipc"] });
  let inputs: readonly string[] = [];
  child.on("message", (message: RunMessage) => (inputs = message.inputs));
  return {
    isRunning: () => child.exitCode === null && child.signalCode === null,
    ended: once(child, "exit"),
    signal: () => child.signalCode,
    inputs: () => inputs,
    end: () => void child.kill("SIGTERM"),
  };
}

/** What tells the program that started this one; undefined where none did. */
export function starter(): ((message: RunMessage) => void) | undefined {
  return process.env[RERUN] === undefined ? undefined : (message) => void process.send?.(message);
}

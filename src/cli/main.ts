#!/usr/bin/env node
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { describeSystemError, isSystemError } from "../ir/system-error.ts";
import { endProcess } from "./process/end-process.ts";
import { writeNoMore } from "./process/hold-signals.ts";
import type { Io } from "./io.ts";
import type { ProcessObserver } from "./process/observe-sources.ts";
import { starter, startRun } from "./process/rerun.ts";
import { VERSION } from "./version.ts";

// A source that waits for ever ends the process without an error.
let isFinished = false;
process.on("exit", (code) => {
  if (!isFinished && code === 0) process.exitCode = 2;
});

// A reader that has enough (`| head`) closes the pipe; that is no error of ours. A full disk is: what was asked for is lost.
let isLost = false;
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE" || isLost) return;
  isLost = true;
  process.exitCode = 2;
  process.stderr.write(`flowkeep: standard output cannot be written: ${describeSystemError(error)}\n`);
});
// Nobody is left to be told.
process.stderr.on("error", () => {});

const print = process.stdout.write.bind(process.stdout);

const args = process.argv.slice(2);
if (args[0] === "--version" || args[0] === "-V") {
  print(`${VERSION}\n`);
  isFinished = true;
} else {
  // A command runs for a second at most: left alone, V8 would spend a third of that on optimising code that ends before it pays.
  // Ten times the usual budget still lets a watch that runs for hours become fast.
  // V8 grumbles about flags that it does not know; these versions know this one.
  if (/^v2[0-4]\./.test(process.version)) setFlagsFromString("--interrupt-budget=700000");
  // What sources print must not mix with the report on standard output.
  console.log = console.info = console.debug = console.error;
  process.stdout.write = process.stderr.write.bind(process.stderr);
  const [{ run, formatOf }, { fail }, { observeProcess }] = await Promise.all([
    import("./run.ts"),
    import("./fail.ts"),
    import("./process/observe-sources.ts"),
  ]);
  const observer = observeProcess();
  const io = processIo(observer);
  const failNow = (errors: readonly unknown[]): void => {
    if (isFinished) return;
    writeNoMore();
    finish(fail({ io, format: formatOf(args, io.env) }, errors));
  };
  const uncaught = (thrown: unknown): void => {
    if (!observer.keep(thrown)) failNow([observer.explain(thrown) ?? thrown]);
  };
  process.on("uncaughtException", uncaught);
  process.on("unhandledRejection", uncaught);
  process.once("beforeExit", () => failNow(observer.unfinished()));
  finish(await run(args, io));
}

/** Sources may have left timers or servers behind: the process does not wait for them. */
function finish(code: number): void {
  isFinished = true;
  process.exitCode = code;
  const end = (): void => endProcess(isLost ? 2 : code);
  // Streams tell of what could not be written a turn after they were asked to.
  print("", () => setImmediate(() => process.stderr.write("", end)));
}

function currentFolder(): string {
  try {
    return process.cwd();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    process.stderr.write("flowkeep: the folder that this was started in is gone: go to one that is there\n");
    return endProcess(2);
  }
}

function processIo(observer: ProcessObserver): Io {
  return {
    cwd: currentFolder(),
    env: process.env,
    flowkeep: new URL(import.meta.url.endsWith(".ts") ? "../index.ts" : "./index.js", import.meta.url),
    scratch: tmpdir(),
    out: (text) => void print(text),
    err: (text) => void process.stderr.write(text),
    width: Math.max(60, process.stdout.columns || 80),
    isTerminal: { in: process.stdin.isTTY, out: process.stdout.isTTY, err: process.stderr.isTTY },
    ask: async (question) => (await import("./terminal/ask.ts")).ask(question),
    observer,
    rerun: () =>
      startRun(
        fileURLToPath(import.meta.url),
        args.filter((arg) => arg !== "--watch" && arg !== "-w"),
      ),
    tell: starter(),
  };
}

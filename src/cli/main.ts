#!/usr/bin/env node
import { tmpdir } from "node:os";
import { setFlagsFromString } from "node:v8";
import type { Io } from "./io.ts";
import { VERSION } from "./version.ts";

// A source that waits for ever ends the process without an error.
let isFinished = false;
process.on("exit", (code) => {
  if (!isFinished && code === 0) process.exitCode = 2;
});

// A reader that has enough (`| head`) closes the pipe; that is no error of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

const args = process.argv.slice(2);
if (args[0] === "--version" || args[0] === "-V") {
  process.stdout.write(`${VERSION}\n`);
  isFinished = true;
} else {
  // A command runs for a second at most: left alone, V8 would spend a third of that on optimising code that ends before it pays.
  // Ten times the usual budget still lets a watch that runs for hours become fast.
  // V8 grumbles about flags that it does not know; these versions know this one.
  if (/^v2[0-4]\./.test(process.version)) setFlagsFromString("--interrupt-budget=700000");
  // What sources print must not mix with the report on standard output.
  console.log = console.info = console.debug = console.error;
  const unfinished = () => {
    process.stderr.write("flowkeep: a source waits for something that never comes (a top-level `await`)\n");
  };
  process.once("beforeExit", unfinished);
  process.on("unhandledRejection", (reason) => void fail(reason));
  try {
    const { run } = await import("./run.ts");
    finish(await run(args, processIo()));
  } catch (error) {
    await fail(error);
  }
  process.off("beforeExit", unfinished);
}

async function fail(error: unknown): Promise<void> {
  const { explainFailure } = await import("./explain-failure.ts");
  process.stderr.write(explainFailure(error, VERSION));
  finish(2);
}

/** Sources may have left timers or servers behind: the process does not wait for them. */
function finish(code: number): void {
  isFinished = true;
  process.exitCode = code;
  process.stdout.write("", () => process.stderr.write("", () => process.exit(code)));
}

function processIo(): Io {
  return {
    cwd: process.cwd(),
    env: process.env,
    flowkeep: new URL(import.meta.url.endsWith(".ts") ? "../index.ts" : "./index.js", import.meta.url),
    scratch: tmpdir(),
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    isTerminal: { in: process.stdin.isTTY, out: process.stdout.isTTY, err: process.stderr.isTTY },
    async ask(question) {
      const { createInterface } = await import("node:readline/promises");
      const lines = createInterface({ input: process.stdin, output: process.stderr });
      try {
        return await lines.question(question);
      } finally {
        lines.close();
      }
    },
  };
}

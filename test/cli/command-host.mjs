// Runs flowkeep's commands in this thread, one after the other, as src/cli/main.ts runs one.
import { tmpdir } from "node:os";
import { pathToFileURL } from "node:url";
import { format } from "node:util";
import { workerData } from "node:worker_threads";

const { port, answered, entry } = workerData;
const { run } = await import(pathToFileURL(entry).href);

port.on("message", async ({ args, cwd, env }) => {
  let out = "";
  let err = "";
  // Sources may print.
  for (const name of ["log", "info", "debug", "warn", "error"])
    console[name] = (...values) => void (err += `${format(...values)}\n`);
  const code = await run(args, {
    cwd,
    env,
    flowkeep: new URL("index.js", pathToFileURL(entry)),
    scratch: tmpdir(),
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    isTerminal: { in: false, out: false, err: false },
    ask: () => Promise.reject(new Error("nobody is there to be asked")),
  });
  answer({ code, out, err });
});

process.on("exit", (code) => answer({ code, out: "", err: "the command ended its process\n" }));

function answer(run) {
  port.postMessage(run);
  Atomics.store(answered, 0, 1);
  Atomics.notify(answered, 0);
}

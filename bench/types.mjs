// How long the compiler takes for 500 workflows of two jobs and eight steps, with the types of 303 actions.
//
//   npm run bench:types                  five rounds
//   npm run bench:types -- --rounds 3
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { measure, median } from "./measure.mjs";

const WORKFLOWS = 500;
const root = join(import.meta.dirname, "..");
const { values } = parseArgs({ options: { rounds: { type: "string", default: "5" } } });

// The declarations that users get.
execFileSync("npm", ["run", "--silent", "build"], { cwd: root, stdio: "inherit" });
const work = mkdtempSync(join(tmpdir(), "flowkeep-bench-types-"));
try {
  const writer = join(work, "many-workflows.mjs");
  await build({ entryPoints: [join(root, "test/define/types/many-workflows.ts")], outfile: writer, format: "esm" });
  const { writeManyWorkflows } = await import(pathToFileURL(writer).href);
  writeManyWorkflows(work, WORKFLOWS);
  mkdirSync(join(work, "node_modules"));
  symlinkSync(root, join(work, "node_modules/flowkeep"));
  const command = [process.execPath, join(root, "node_modules/typescript/bin/tsc"), "-p", "."];
  const runs = Array.from({ length: Number(values.rounds) }, () => measure(command, work));
  const seconds = median(runs.map((run) => run.seconds)).toFixed(2);
  console.log(`${WORKFLOWS} workflows type-checked in ${seconds} s (median of ${runs.length} rounds)`);
} finally {
  rmSync(work, { recursive: true, force: true });
}

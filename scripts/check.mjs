// Types, format, unused code, generated files. Every check runs, also when one before it fails.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const tool = (name, ...args) => [process.execPath, [binary(name), ...args]];
const examples = readdirSync(join(root, "examples")).filter((name) =>
  existsSync(join(root, "examples", name, "tsconfig.json")),
);

const checks = [
  ["types", tool("tsc", "-p", "tsconfig.json")],
  ["types of the page", tool("tsc", "-p", "src/graph/page/tsconfig.json")],
  ...examples.map((name) => [`types of examples/${name}`, tool("tsc", "-p", `examples/${name}/tsconfig.json`)]),
  ["format", tool("prettier", "--check", "--log-level", "warn", ".")],
  ["unused code", tool("knip")],
  ["docs", [process.execPath, ["scripts/write-docs.mjs", "--check"]]],
  ["generated files", [process.execPath, ["scripts/each-project.mjs", "check", "--quiet"]]],
];

const failed = [];
for (const [name, [command, args]] of checks) {
  console.log(`== ${name}`);
  if (spawnSync(command, args, { cwd: root, stdio: "inherit" }).status !== 0) failed.push(name);
}
console.log(failed.length === 0 ? "all checks passed" : `failed: ${failed.join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** The tools are called without npx, which is slow to start. */
function binary(name) {
  return { tsc: "typescript/bin/tsc", prettier: "prettier/bin/prettier.cjs", knip: "knip/bin/knip.js" }[name].replace(
    /^/,
    `${root}/node_modules/`,
  );
}

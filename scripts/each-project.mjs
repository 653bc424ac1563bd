// Runs the built command in every project of this repository: the root and the examples.
//   node scripts/each-project.mjs gen|check [options]
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";

const root = join(import.meta.dirname, "..");
const args = process.argv.slice(2);
if (args.length === 0) {
  console.error("usage: node scripts/each-project.mjs gen|check [options]");
  process.exit(2);
}
const examples = join(root, "examples");
const projects = [root, ...readdirSync(examples).map((name) => join(examples, name))].filter((folder) =>
  existsSync(join(folder, "workflows-src")),
);
for (const folder of projects) {
  console.log(`${relative(root, folder) || "."}: flowkeep ${args.join(" ")}`);
  const { status } = spawnSync(process.execPath, [join(root, "dist/cli.js"), ...args], {
    cwd: folder,
    stdio: "inherit",
  });
  if (status !== 0) process.exitCode = Math.max(Number(process.exitCode ?? 0), status ?? 2);
}

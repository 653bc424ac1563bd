// Builds docs/ to a static site in site/dist.  npm run docs
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";

const site = join(import.meta.dirname, "../site");
const npm = process.platform === "win32" ? "npm.cmd" : "npm";
if (!existsSync(join(site, "node_modules/vitepress"))) run(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
rmSync(join(site, "pages"), { recursive: true, force: true });
cpSync(join(import.meta.dirname, "../docs"), join(site, "pages"), { recursive: true });
run(process.execPath, ["node_modules/vitepress/bin/vitepress.js", "build", "."]);

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: site, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

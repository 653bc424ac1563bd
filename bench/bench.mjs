// Times whole commands, flowkeep and its peers in turn on the same workflows, and prints the medians and their ratios.
//
//   npm run bench                     all sizes, five rounds
//   npm run bench -- --sizes 1,50     some sizes
//   npm run bench -- --rounds 3
//   npm run bench -- --skip github-actions-workflow-ts
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { measure, median } from "./measure.mjs";
import { tools } from "./sources.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const { values } = parseArgs({
  options: {
    sizes: { type: "string", default: "1,50,500" },
    rounds: { type: "string", default: "5" },
    skip: { type: "string", multiple: true, default: [] },
  },
});
const sizes = values.sizes.split(",").map(Number);
const rounds = Number(values.rounds);

if (!existsSync(join(here, "node_modules"))) {
  console.error("installing the peers (bench/package.json) …");
  execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: here, stdio: ["ignore", "ignore", "inherit"] });
}
execFileSync("npm", ["run", "--silent", "build"], { cwd: root, stdio: "inherit" });

const paths = {
  flowkeepCli: join(root, "dist/cli.js"),
  tsx: join(here, "node_modules/tsx/dist/cli.mjs"),
  gwf: join(here, "node_modules/github-actions-workflow-ts/build/bin.js"),
};
const work = mkdtempSync(join(tmpdir(), "flowkeep-bench-"));
process.on("exit", () => rmSync(work, { recursive: true, force: true }));

console.log(`Node ${process.version}, ${cpus().length} cores, median of ${rounds} rounds, tools in turn\n`);
console.log("| workflows | checkouts keep | tool | seconds | of flowkeep's | processor | peak MB |");
console.log("| --------: | -------------- | ---- | ------: | ------------: | --------: | ------: |");
for (const [size, isKept] of sizes.flatMap((size) => [
  [size, false],
  [size, true],
])) {
  const row = `| ${size} | ${isKept ? "their credential" : "none"} |`;
  const names = Array.from({ length: size }, (_, at) => `w${at}`);
  const projects = Object.entries(tools)
    .filter(([tool]) => !values.skip.includes(tool))
    .map(([tool, { files, command, output, packageJson }], at) => {
      const folder = join(work, `${size}-${isKept ? "kept" : "none"}-${at}`);
      for (const [path, text] of Object.entries(files(names, isKept))) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      writeFileSync(join(folder, "package.json"), `${JSON.stringify({ private: true, ...packageJson })}\n`);
      symlinkSync(join(here, "node_modules"), join(folder, "node_modules"));
      mkdirSync(join(folder, ".github/workflows"), { recursive: true });
      return { tool, folder, command: command(paths), output, runs: [] };
    });
  const alive = projects.filter((project) => {
    try {
      measure(project.command, project.folder);
      const missing = names.filter((name) => !existsSync(join(project.folder, project.output(name))));
      if (missing.length > 0) throw new Error(`${missing.length} of ${size} files were not written`);
      return true;
    } catch (error) {
      console.log(`${row} ${project.tool} | – | – | – | – |`);
      console.error(`${project.tool}: ${error.message.split("\n").slice(0, 6).join("\n")}`);
      return false;
    }
  });
  for (let round = 0; round < rounds; round++) {
    for (const project of alive) {
      // Every round writes every file: what is already there and equal could be skipped. What was written is put aside and not
      // removed: ext4 takes ten times as long to make files where many have just been removed.
      const aside = mkdtempSync(join(work, "round-"));
      for (const [at, name] of names.entries())
        renameSync(join(project.folder, project.output(name)), join(aside, `${at}.yml`));
      project.runs.push(measure(project.command, project.folder));
    }
  }
  const base = median(alive.find(({ tool }) => tool === "flowkeep")?.runs.map((run) => run.seconds) ?? [Number.NaN]);
  for (const { tool, runs } of alive) {
    const seconds = median(runs.map((run) => run.seconds));
    const [processor, megabytes] = ["processor", "megabytes"].map((figure) =>
      runs[0][figure] === undefined ? undefined : median(runs.map((run) => run[figure])),
    );
    const cells = [seconds.toFixed(3), (seconds / base).toFixed(2), processor?.toFixed(2), megabytes?.toFixed(0)];
    console.log(`${row} ${tool} | ${cells.map((cell) => cell ?? "–").join(" | ")} |`);
  }
}

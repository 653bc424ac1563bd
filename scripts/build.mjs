// Builds dist/: the command, the library, its declarations, the data that ships, GitHub's parser.
//   node scripts/build.mjs [--no-types]
import { build } from "esbuild";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { promisify } from "node:util";

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");

await Promise.all([buildCode(), buildPage(), process.argv.includes("--no-types") || buildTypes()]);
cpSync(join(root, "data"), join(dist, "data"), { recursive: true });
// What `explain` prints.
cpSync(join(root, "docs", "rules"), join(dist, "rules"), { recursive: true });

/**
 * One chunk for each module that both entries or a lazy import share: sources and the command see the same instances. What is
 * installed with the package stays outside; GitHub's parser, which plain Node cannot import, is bundled as dist/official.js.
 */
async function buildCode() {
  const { version, dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: {
      cli: "src/cli/main.ts",
      // What the command loads; tests run it without starting a process for each call.
      run: "src/cli/run.ts",
      // What `prove` runs in a process of its own.
      trial: "src/cli/trial.ts",
      ssh: "src/cli/ssh.ts",
      "verdict-thread": "src/cli/verdict-thread.ts",
      index: "src/index.ts",
      official: "src/read/official/run-parser.ts",
    },
    outdir: "dist",
    chunkNames: "chunks/[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    external: Object.keys(dependencies),
    define: { FLOWKEEP_VERSION: JSON.stringify(version) },
    metafile: true,
    logLevel: "warning",
  });
  chmodSync(join(dist, "cli.js"), 0o755);
  removeOldChunks(Object.keys(metafile.outputs).map((file) => relative("dist/chunks", file)));
  writeLicenses(Object.keys(metafile.inputs));
}

/** What `graph` puts into its page: it runs in a browser. */
async function buildPage() {
  await build({
    absWorkingDir: root,
    entryPoints: ["src/graph/page/page.ts", "src/graph/page/page.css"],
    outdir: "dist/graph",
    bundle: true,
    minify: true,
    format: "iife",
    target: ["es2022", "chrome123", "firefox120", "safari17.5"],
    logLevel: "warning",
  });
}

/** The licences of the packages that are bundled ask for their text to go along. */
function writeLicenses(inputs) {
  const folders = inputs.map((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
  const texts = [...new Set(folders.filter((folder) => folder !== undefined))].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
    const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} is bundled, and has no licence beside it`);
    return `${name} ${version} (${license})\n\n${readFileSync(join(root, folder, file), "utf8").trim()}\n`;
  });
  writeFileSync(join(dist, "LICENSES-of-bundled-packages.txt"), texts.join(`\n${"-".repeat(80)}\n\n`));
}

function removeOldChunks(current) {
  const chunks = join(dist, "chunks");
  if (!existsSync(chunks)) return;
  for (const file of readdirSync(chunks)) if (!current.includes(file)) rmSync(join(chunks, file));
}

/** Declarations take most of the time, and need it only when a source has changed. */
async function buildTypes() {
  const types = join(dist, "types");
  const stamp = join(types, ".stamp");
  const current = digestSources();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === current) return;
  rmSync(types, { recursive: true, force: true });
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  try {
    await promisify(execFile)(process.execPath, [tsc, "-p", "tsconfig.build.json"], { cwd: root });
  } catch (error) {
    console.error(error.stdout ?? error.message);
    process.exitCode = 1;
    return;
  }
  mkdirSync(types, { recursive: true });
  writeFileSync(stamp, current);
}

function digestSources() {
  const hash = createHash("sha256");
  const files = readdirSync(join(root, "src"), { recursive: true }).filter((file) => file.endsWith(".ts"));
  for (const file of ["tsconfig.json", "tsconfig.build.json", ...files.sort().map((name) => join("src", name))]) {
    hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest("hex");
}

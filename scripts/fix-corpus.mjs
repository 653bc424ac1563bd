// Mends every workflow and action of the repositories in a folder, in memory, and holds that no other push changes.
//   npm run corpus:fix -- <folder> [--diff] [--refused]
import { build } from "esbuild";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const root = join(import.meta.dirname, "..");
// Beside the build, whose catalogue it reads.
const outfile = join(root, "dist/fix-corpus.mjs");
await build({
  absWorkingDir: root,
  entryPoints: ["scripts/fix-corpus/main.ts"],
  outfile,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  packages: "external",
  logLevel: "warning",
});
try {
  const { main } = await import(pathToFileURL(outfile).href);
  process.exitCode = await main(process.argv.slice(2), root);
} finally {
  rmSync(outfile, { force: true });
}

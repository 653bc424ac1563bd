// Imports every workflow and action of a folder, proves each import, type-checks all of them, and prints a table.
//   npm run corpus -- <folder> [--every <n>] [--keep <folder>] [--no-types] [--json]
// It is written in TypeScript: this bundles it, together with the flowkeep that the imported sources get.
import { build } from "esbuild";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const root = join(import.meta.dirname, "..");
const folder = join(root, "node_modules/.cache/flowkeep-corpus");
await build({
  absWorkingDir: root,
  entryPoints: { corpus: "scripts/corpus/main.ts", index: "src/index.ts" },
  outdir: folder,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  // GitHub's own parser imports JSON without attributes, which Node refuses.
  plugins: [{ name: "packages", setup: keepPackages }],
  logLevel: "warning",
});
const { main } = await import(pathToFileURL(join(folder, "corpus.mjs")).href);
process.exitCode = await main(process.argv.slice(2), { root, flowkeep: pathToFileURL(join(folder, "index.mjs")) });

function keepPackages({ onResolve }) {
  onResolve({ filter: /^[^./]/ }, ({ path }) => (path.startsWith("@actions/") ? undefined : { path, external: true }));
}

// Prints how right the verdicts are: the truth table, the labelled files, and the corpus (those two only where they are).
//   npm run bench:verdicts -- [--data <folder>] [--wrong] [--reasons] [--truth | --bench | --corpus | --speed]
import { build } from "esbuild";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const root = join(import.meta.dirname, "..");
const outfile = join(root, "node_modules/.cache/flowkeep-verdicts/main.mjs");
await build({
  absWorkingDir: root,
  entryPoints: ["scripts/verdicts/main.ts"],
  outfile,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  packages: "external",
  logLevel: "warning",
});
const { main } = await import(pathToFileURL(outfile).href);
process.exitCode = await main(process.argv.slice(2), root);

import { build } from "esbuild";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Runs a script that is written in TypeScript on the sources themselves, not on the last build: bundles it, and calls its `main`
 * with the arguments of the command line.
 *
 * @param entry from the project's root: `scripts/verdicts/main.ts`
 * @param outfile where the bundle lies while it runs
 */
export async function runBundled(root, entry, outfile) {
  const bundle = join(root, outfile);
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: bundle,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    logLevel: "warning",
  });
  try {
    const { main } = await import(pathToFileURL(bundle).href);
    process.exitCode = await main(process.argv.slice(2), root);
  } finally {
    rmSync(bundle, { force: true });
  }
}

import { build } from "esbuild";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const ROOT = join(import.meta.dirname, "../..");

/** What src/actions does with manifests and with the packed catalogue, so that a script reads them as the command does. */
export async function importActions() {
  // Inside the repository, where `import("yaml")` finds the package.
  const folder = join(ROOT, "node_modules/.cache/flowkeep");
  const outfile = join(folder, `actions-${process.pid}.mjs`);
  const contents = `
    export { digestInterface } from "./actions/action-interface.ts";
    export { readCatalog } from "./actions/catalog.ts";
    export { readManifest } from "./actions/read-manifest.ts";`;
  mkdirSync(folder, { recursive: true });
  try {
    await build({
      stdin: { contents, resolveDir: join(ROOT, "src"), loader: "ts" },
      outfile,
      bundle: true,
      format: "esm",
      platform: "node",
      packages: "external",
      logLevel: "warning",
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(outfile, { force: true });
  }
}

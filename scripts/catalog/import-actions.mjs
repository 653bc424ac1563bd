import { build } from "esbuild";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const ROOT = join(import.meta.dirname, "../..");

/** What src/actions does with repositories, manifests and the packed catalogue: a script reads them as the command does. */
export const {
  compareVersions,
  digestInterface,
  inParallel,
  parseTag,
  readCatalog,
  RemoteActions,
  RemoteError,
  REMOTE_LIMITS,
} = await importActions();

async function importActions() {
  // Inside the repository, where `import("yaml")` finds the package.
  const folder = join(ROOT, "node_modules/.cache/flowkeep");
  const outfile = join(folder, `actions-${process.pid}.mjs`);
  const contents = `
    export { digestInterface } from "./actions/action-interface.ts";
    export { readCatalog } from "./actions/catalog.ts";
    export { REMOTE_LIMITS } from "./actions/remote/git.ts";
    export { inParallel } from "./actions/remote/in-parallel.ts";
    export { RemoteActions } from "./actions/remote/remote-actions.ts";
    export { RemoteError } from "./actions/remote/remote-error.ts";
    export { compareVersions, parseTag } from "./actions/version-tags.ts";`;
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

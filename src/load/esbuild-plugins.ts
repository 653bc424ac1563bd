import type { Loader, OnResolveArgs, Plugin } from "esbuild";
import { readFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { basename, dirname, extname, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { escapeRegExp } from "./source-positions.ts";

const RESOLVING = "flowkeep:resolving";

/**
 * Packages stay outside the bundle, under the address that they have for the file that imports them: the bundle runs elsewhere.
 * What Node cannot run is bundled: TypeScript of a workspace, JSON.
 */
export const resolvePackages: Plugin = {
  name: "flowkeep-packages",
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, async (args) => {
      if (args.pluginData === RESOLVING || args.kind === "entry-point") return undefined;
      if (args.path === "flowkeep" || args.path.startsWith("file:") || isBuiltin(args.path)) return undefined;
      const found = await build.resolve(args.path, { ...resolveOptions(args), pluginData: RESOLVING });
      if (found.errors.length > 0) return { errors: [{ text: notFound(args.path) }] };
      if (found.namespace !== "file" || found.external || !RUNS_IN_NODE.test(found.path)) return found;
      return { path: args.kind === "require-call" ? found.path : pathToFileURL(found.path).href, external: true };
    });
  },
};

const RUNS_IN_NODE = /\.(?:[cm]?js|node)$/;

function resolveOptions({ importer, namespace, resolveDir, kind }: OnResolveArgs) {
  return { importer, namespace, resolveDir, kind };
}

function notFound(specifier: string): string {
  const name = specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
  return `cannot find the package "${specifier}": is it installed? npm install --save-dev ${name}`;
}

/** `import.meta` is the source's own, not the bundle's. */
export function sourceMeta(root: string): Plugin {
  return {
    name: "flowkeep-source-meta",
    setup(build) {
      build.initialOptions.define = { ...build.initialOptions.define, "import.meta": META };
      build.onResolve({ filter: new RegExp(`^${META}$`) }, ({ importer }) => ({ path: importer, namespace: META }));
      build.onLoad({ filter: /.*/, namespace: META }, ({ path }) => {
        const url = pathToFileURL(path).href;
        const meta = { url, filename: path, dirname: dirname(path) };
        return { contents: `export const ${META} = ${JSON.stringify(meta)};`, loader: "js" };
      });
      build.onLoad({ filter: SCRIPT }, async ({ path }) => {
        const text = await readFile(path, "utf8");
        if (!text.includes("import.meta") || relative(root, path).includes("node_modules")) return undefined;
        // Imports are hoisted: at the end of the file they leave every position where it is.
        return { contents: `${text}\nimport { ${META} } from "${META}";`, loader: loaderOf(path) };
      });
    },
  };
}

/** Also the namespace of the modules that stand for it. */
export const META = "__flowkeep_import_meta";
const SCRIPT = /\.[cm]?[jt]sx?$/;

function loaderOf(path: string): Loader {
  const extension = extname(path);
  if (extension === ".tsx" || extension === ".jsx") return extension === ".tsx" ? "tsx" : "jsx";
  return extension.includes("t") ? "ts" : "js";
}

/** What a broken file throws in a bundle that leaves it out. */
export interface BrokenFile {
  readonly brokenFile: string;
}

/** Leaves broken files out of the bundle: a module that throws stands for each, so that all other sources still run. */
export function stubBroken(root: string, broken: ReadonlySet<string>): Plugin {
  const names = [...new Set([...broken].map((file) => basename(file)))];
  const filter = new RegExp(`(?:^|[\\\\/])(?:${names.map(escapeRegExp).join("|")})$`);
  return {
    name: "flowkeep-broken",
    setup(build) {
      build.onLoad({ filter, namespace: "file" }, ({ path }) => {
        const file = relative(root, path).replaceAll("\\", "/");
        if (!broken.has(file)) return undefined;
        const thrown: BrokenFile = { brokenFile: file };
        // `exports` makes it a CommonJS module: esbuild lets anything be imported from one.
        return { contents: `throw ${JSON.stringify(thrown)}; exports.x = 0;`, loader: "js" };
      });
    },
  };
}

export function isBrokenFile(thrown: unknown): thrown is BrokenFile {
  return typeof thrown === "object" && thrown !== null && "brokenFile" in thrown;
}

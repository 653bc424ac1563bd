import type { BuildOptions, Message, Metafile, Plugin } from "esbuild";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { META, resolvePackages, sourceMeta, stubBroken } from "./esbuild-plugins.ts";

export interface BundleOptions {
  /** The project's folder, as a real path. */
  readonly root: string;
  /** What sources get for `import … from "flowkeep"`: the flowkeep that runs, so that both share every module. */
  readonly flowkeep: URL;
  /** Files whose place a module that throws is to take. */
  readonly broken: ReadonlySet<string>;
}

/** All sources as one module: `sources["workflows-src/ci.ts"]()` runs one of them and gives its exports. */
export interface Bundle {
  readonly code: string;
  /** Source map; its sources are relative to the root. */
  readonly map: string;
  /** By file, relative to the root: the files of the project that it imports. */
  readonly imports: ReadonlyMap<string, readonly string[]>;
}

export type BundleResult = { readonly bundle: Bundle } | { readonly errors: readonly Message[] };

/** The name under which the list of sources stands in esbuild's messages. */
export const SOURCE_LIST = "<sources>";

/**
 * Bundles sources so that each stays a module of its own that runs when it is asked for: esbuild makes lazy modules of what is
 * imported dynamically. One bundle with one source map takes 80 ms for 500 sources, where 500 builds take seconds.
 */
export async function bundleSources(files: readonly string[], options: BundleOptions): Promise<BundleResult> {
  // Most sources import flowkeep and each other, and no plugin is needed for that: asking one for every import of flowkeep would
  // cost half as much again. What it finds to be missing is bundled a second time.
  const plain = await build(files, options, []);
  if ("errors" in plain || !needsPlugins(plain)) return plain;
  return build(files, options, [resolvePackages, sourceMeta(options.root)]);
}

function needsPlugins({ bundle, packages }: Built): boolean {
  return packages.length > 0 || bundle.code.includes("import.meta");
}

interface Built {
  readonly bundle: Bundle;
  /** Imported packages other than flowkeep. */
  readonly packages: readonly string[];
}

async function build(
  files: readonly string[],
  { root, flowkeep, broken }: BundleOptions,
  plugins: readonly Plugin[],
): Promise<Built | { readonly errors: readonly Message[] }> {
  const { build } = await import("esbuild");
  const options = {
    stdin: { contents: listSources(files), resolveDir: root, sourcefile: SOURCE_LIST },
    absWorkingDir: root,
    // Nothing is written there: it makes the source map's paths relative to the root.
    outfile: join(root, "sources.mjs"),
    write: false,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    // Sources that another tool generated may hold `require`.
    banner: {
      js: 'import { createRequire as $createRequire } from "node:module"; const require = $createRequire("/");',
    },
    sourcemap: "external",
    sourcesContent: false,
    metafile: true,
    logLevel: "silent",
    logLimit: 0,
    // esbuild finds the key twice, TypeScript says so only in sources that it checks; one of the two values would be lost.
    logOverride: { "duplicate-object-key": "error" },
    alias: { flowkeep: flowkeep.href },
    external: ["file:///*"],
    ...(plugins.length === 0 ? { packages: "external" } : {}),
    plugins: broken.size === 0 ? [...plugins] : [stubBroken(root, broken), ...plugins],
  } satisfies BuildOptions;
  try {
    const { outputFiles, metafile } = await build(options);
    const code = outputFiles.find(({ path }) => path.endsWith(".mjs"))?.text ?? "";
    const map = outputFiles.find(({ path }) => path.endsWith(".map"))?.text ?? "";
    return {
      bundle: { code, map, imports: importsOf(metafile) },
      packages: packagesOf(metafile, flowkeep),
    };
  } catch (error) {
    if (isBuildFailure(error)) return { errors: error.errors };
    throw error;
  }
}

function listSources(files: readonly string[]): string {
  const entries = files.map((file) => `${JSON.stringify(file)}: () => import(${JSON.stringify(`./${file}`)})`);
  return `export const sources = {\n${entries.join(",\n")}\n};`;
}

/** The source that the list names on a line, counted from 1. */
export function listedSource(files: readonly string[], line: number): string | undefined {
  return files[line - 2];
}

function importsOf({ inputs }: Metafile): ReadonlyMap<string, readonly string[]> {
  const isFile = (path: string): boolean => path !== SOURCE_LIST && !path.startsWith(META);
  const files = Object.entries(inputs).filter(([file]) => isFile(file));
  return new Map(
    files.map(([file, { imports }]) => [
      file,
      imports.filter(({ external, path }) => external !== true && isFile(path)).map(({ path }) => path),
    ]),
  );
}

function packagesOf({ inputs }: Metafile, flowkeep: URL): readonly string[] {
  const imports = Object.values(inputs).flatMap((input) => input.imports);
  const outside = imports.filter(({ external, path }) => external === true && path !== flowkeep.href);
  return outside.map(({ path }) => path).filter((path) => !isBuiltin(path));
}

function isBuildFailure(error: unknown): error is { readonly errors: readonly Message[] } {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}

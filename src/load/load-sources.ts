import type { Message } from "esbuild";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { keepMistakes } from "../define/mistakes.ts";
import type { UserError } from "../ir/errors.ts";
import { isSystemError } from "../ir/system-error.ts";
import { bundleSources, listedSource, SOURCE_LIST, type Bundle } from "./bundle-sources.ts";
import { explainImports } from "./bundle-imports.ts";
import { isBrokenFile } from "./esbuild-plugins.ts";
import { buildError, pointAt, sourceError, thrownError } from "./source-errors.ts";
import type { SourceObserver } from "./source-observer.ts";
import { sourcePositions, type SourcePositions } from "./source-positions.ts";

export interface LoadOptions {
  /** The project's folder, as a real path. */
  readonly root: string;
  /** What sources get for `import … from "flowkeep"`: the entry of the flowkeep that runs. */
  readonly flowkeep: URL;
  /** A folder where the bundle may lie while it is imported. */
  readonly scratch: string;
  /** Is told which source runs. */
  readonly observer?: SourceObserver | undefined;
}

export interface LoadedSource {
  /** Path from the root: `workflows-src/ci.ts`. */
  readonly file: string;
  /** Its default export; undefined where it has none. */
  readonly value: unknown;
  /** The names of all that it exports. */
  readonly exports: readonly string[];
}

export interface FailedSource {
  readonly file: string;
  /** What failed in it, or in a file that it imports. */
  readonly errors: readonly UserError[];
}

export interface LoadResult {
  /** All that ran to their end, also where builders found mistakes in them. */
  readonly loaded: readonly LoadedSource[];
  readonly failed: readonly FailedSource[];
  /** By file: the files of the project that it imports. */
  readonly imports: ReadonlyMap<string, readonly string[]>;
  /** Leads places of builder calls to TypeScript. */
  readonly mapPlace: SourcePositions["mapPlace"];
  /** What was thrown by a function of a source, called later, as its author reads it; undefined where no source threw it. */
  readonly explain: (thrown: unknown) => UserError | undefined;
}

/**
 * Runs sources (paths from the root) and gives their default exports. A source that fails does not hide the others: where it
 * keeps them from being bundled or imported, it is left out and they are tried again.
 */
export async function loadSources(files: readonly string[], options: LoadOptions): Promise<LoadResult> {
  const broken: Broken = new Map();
  options.observer?.starting();
  for (;;) {
    const attempt = await tryLoading(files, broken, options);
    if ("loaded" in attempt) return attempt;
    const known = broken.size;
    for (const error of attempt.errors) {
      const file = error.location?.file;
      if (file !== undefined) broken.set(file, [...(broken.get(file) ?? []), error]);
    }
    // Leaving files out has not helped: then the errors are everybody's.
    if (broken.size === known) for (const file of files) if (!broken.has(file)) broken.set(file, attempt.errors);
  }
}

/** Files that have to be left out, with the reasons. */
type Broken = Map<string, readonly UserError[]>;

/** Why no source could be run. */
interface Obstacle {
  readonly errors: readonly UserError[];
}

async function tryLoading(
  files: readonly string[],
  broken: Broken,
  options: LoadOptions,
): Promise<LoadResult | Obstacle> {
  const listed = files.filter((file) => !broken.has(file));
  const [tracing, built] = await Promise.all([
    import("@jridgewell/trace-mapping"),
    bundleSources(listed, { ...options, broken: new Set(broken.keys()) }),
  ]);
  if ("errors" in built) return { errors: built.errors.map((message) => buildError(placed(message, listed))) };
  const { bundle } = built;
  const trace = (url: string) => sourcePositions(options.root, url, bundle.map, tracing);
  const imported = await withScratchFile(options.scratch, bundle.code, (url) =>
    importSources(url, bundle, trace(url), options.observer),
  );
  if ("errors" in imported) return imported;
  const { sources, positions } = imported;
  const explain = (thrown: unknown) => sourceError(thrown, positions);
  const running = (file: string) => options.observer?.running({ file, explain });
  const results = await runSources(files, sources, broken, positions, running);
  return { ...results, imports: bundle.imports, mapPlace: positions.mapPlace, explain };
}

/** A source that cannot be found or read is an error of the list of sources: it belongs to the source. */
function placed(message: Message, listed: readonly string[]): Message {
  const { location } = message;
  if (location === null || location.file !== SOURCE_LIST) return message;
  const file = listedSource(listed, location.line);
  return file === undefined ? message : { ...message, location: { ...location, file, line: 1, column: 0, length: 0 } };
}

async function withScratchFile<T>(scratch: string, code: string, use: (url: string) => Promise<T>): Promise<T> {
  // A fresh name each time: Node imports one address only once.
  const folder = await mkdtemp(join(scratch, "flowkeep-"));
  try {
    const path = join(folder, "sources.mjs");
    await writeFile(path, code).catch((error: unknown) => {
      // Of a disk that is full Node does not say which.
      throw isSystemError(error) ? Object.assign(error, { path }) : error;
    });
    return await use(pathToFileURL(path).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface ImportedSources {
  readonly sources: Sources;
  readonly positions: SourcePositions;
}

type Sources = Readonly<Record<string, () => Promise<Readonly<Record<string, unknown>>>>>;

async function importSources(
  url: string,
  bundle: Bundle,
  positions: SourcePositions,
  observer: SourceObserver | undefined,
): Promise<ImportedSources | Obstacle> {
  const compiled = observer?.compiling(bundle.code.length);
  try {
    const { sources } = (await import(url)) as { readonly sources: Sources };
    return { sources, positions };
  } catch (error) {
    const errors = await explainImports(bundle.code, positions);
    return { errors: errors.length > 0 ? errors : [thrownError(error, undefined, positions)] };
  } finally {
    compiled?.();
  }
}

async function runSources(
  files: readonly string[],
  sources: Sources,
  broken: Broken,
  positions: SourcePositions,
  running: (file: string) => void,
): Promise<Pick<LoadResult, "loaded" | "failed">> {
  const loaded: LoadedSource[] = [];
  const failed: FailedSource[] = [];
  for (const file of files) {
    const run = sources[file];
    if (run === undefined) {
      failed.push({ file, errors: broken.get(file) ?? [] });
      continue;
    }
    const errors: UserError[] = [];
    const explain = (thrown: unknown): UserError => thrownError(thrown, pointAt({ file }), positions);
    const takeMistakes = keepMistakes();
    try {
      running(file);
      const exports = await run();
      loaded.push({ file, value: exports.default, exports: Object.keys(exports) });
    } catch (thrown) {
      errors.push(...((isBrokenFile(thrown) ? broken.get(thrown.brokenFile) : undefined) ?? [explain(thrown)]));
    } finally {
      errors.unshift(...takeMistakes().map(explain));
    }
    if (errors.length > 0) failed.push({ file, errors });
  }
  return { loaded, failed };
}

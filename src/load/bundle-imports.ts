import { DefinitionError } from "../ir/errors.ts";
import { nearestName } from "../ir/suggest.ts";
import { pointAt } from "./source-errors.ts";
import type { SourcePositions } from "./source-positions.ts";

/** An import of something outside the bundle, as esbuild prints it at the bundle's top level. */
interface OutsideImport {
  readonly url: string;
  /** The exports that it names, each with its offset in the bundle. */
  readonly names: readonly (readonly [name: string, offset: number])[];
  readonly offset: number;
}

/**
 * Why a bundle cannot be imported at all: a package lacks an export that sources name, or fails itself. One such import would
 * take every source down, so each is traced to the sources that hold it.
 */
export async function explainImports(code: string, positions: SourcePositions): Promise<readonly DefinitionError[]> {
  const imports = outsideImports(code);
  const packages = new Map<string, Outcome>();
  for (const { url } of imports) if (!packages.has(url)) packages.set(url, await tryImport(url));
  const at = (offset: number) => {
    const before = code.slice(0, offset).split("\n");
    const place = positions.original(before.length, (before.at(-1)?.length ?? 0) + 1);
    return place && pointAt(place);
  };
  return imports.flatMap(({ url, names, offset }) => {
    const outcome = packages.get(url);
    if (outcome === undefined) return [];
    if ("failure" in outcome) return [new DefinitionError(`the import fails: ${outcome.failure}`, at(offset))];
    return names
      .filter(([name]) => !outcome.exports.includes(name))
      .map(([name, where]) => {
        const near = nearestName(name, outcome.exports);
        const hint = near === undefined ? "" : `; did you mean \`${near}\`?`;
        const what = url.startsWith("file:") && !url.includes("/node_modules/") ? "flowkeep" : nameOf(url);
        return new DefinitionError(`${what} has no export \`${name}\`${hint}`, at(where));
      });
  });
}

type Outcome = { readonly exports: readonly string[] } | { readonly failure: string };

async function tryImport(url: string): Promise<Outcome> {
  try {
    return { exports: Object.keys((await import(url)) as object) };
  } catch (error) {
    return { failure: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

const IMPORT = /^import (?:([^"]*?) from )?"([^"\n]+)";$/gm;

function outsideImports(code: string): readonly OutsideImport[] {
  return [...code.matchAll(IMPORT)].map(({ 0: text, 1: clause = "", 2: url = "", index }) => {
    const braced = /\{([^}]*)\}/.exec(clause);
    const names = [...(braced?.[1] ?? "").matchAll(/([\w$]+)(?: as [\w$]+)?/g)].map(({ 1: name = "" }) => name);
    if (/^[\w$]/.test(clause)) names.push("default");
    return { url, offset: index, names: names.map((name) => [name, index + Math.max(0, text.indexOf(name))] as const) };
  });
}

/** `file:///…/node_modules/@acme/ci/dist/index.js` → `@acme/ci` */
function nameOf(url: string): string {
  const parts = url.slice(url.lastIndexOf("/node_modules/") + "/node_modules/".length).split("/");
  return parts.slice(0, parts[0]?.startsWith("@") ? 2 : 1).join("/");
}

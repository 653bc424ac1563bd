import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { DefinitionError } from "../ir/errors.ts";
import { isSystemError } from "../ir/system-error.ts";
import { wrongName } from "./output-name.ts";
import { pointAt } from "./source-errors.ts";

/** Where a project's sources lie. */
export const SOURCES_FOLDER = "workflows-src";
const ACTIONS_FOLDER = `${SOURCES_FOLDER}/actions`;

/** A file that may define a workflow or an action. */
export interface Source {
  /** Path from the root: `workflows-src/ci.ts`. */
  readonly file: string;
  readonly kind: "workflow" | "action";
  /** What its definition becomes: `.github/workflows/ci.yml`, `.github/actions/cache/action.yml`. */
  readonly output: string;
}

export interface FoundSources {
  readonly sources: readonly Source[];
  /** Files below other folders than `actions`: what sources import lies there. */
  readonly nested: readonly string[];
  /** Files with a source's name behind a dot, which are none. */
  readonly hidden: readonly string[];
  readonly errors: readonly DefinitionError[];
}

const EXTENSIONS = [".ts", ".mts", ".js", ".mjs"];
const OTHER_EXTENSIONS = [".cts", ".cjs", ".tsx", ".jsx"];

/** Finds the sources of a project, in the order of their names. */
export async function findSources(root: string): Promise<FoundSources> {
  const entries = await list(root, SOURCES_FOLDER);
  if (entries instanceof DefinitionError) return { sources: [], nested: [], hidden: [], errors: [entries] };
  if (entries === undefined) return { sources: [], nested: [], hidden: [], errors: [noSources()] };
  const actions = (await list(root, ACTIONS_FOLDER)) ?? [];
  const top = await pickSources(root, SOURCES_FOLDER, "workflow", entries);
  const below = await pickSources(root, ACTIONS_FOLDER, "action", actions instanceof DefinitionError ? [] : actions);
  const sources = [...top.sources, ...below.sources];
  const errors = [...(actions instanceof DefinitionError ? [actions] : []), ...top.errors, ...below.errors];
  if (sources.length === 0 && errors.length === 0) errors.push(noSources());
  return { sources, nested: await listNested(root, entries), hidden: [...top.hidden, ...below.hidden], errors };
}

function noSources(): DefinitionError {
  return new DefinitionError(
    `there is no workflow in ${SOURCES_FOLDER}/: write one there, or run \`npx flowkeep init\``,
    pointAt({ file: SOURCES_FOLDER }),
  );
}

/** A folder's entries; undefined where there is none, and an error where it cannot be read. */
async function list(root: string, folder: string): Promise<readonly Dirent[] | DefinitionError | undefined> {
  try {
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    const reason = isSystemError(error) ? UNREADABLE[error.code ?? ""] : undefined;
    if (reason !== undefined) return new DefinitionError(reason, pointAt({ file: folder }));
    if (isSystemError(error) && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** Why something cannot be read, by the system's code. */
const UNREADABLE: Readonly<Record<string, string>> = {
  ENOTDIR: "this is no folder: sources are files in one",
  ELOOP: "this is a link that leads to itself",
  EACCES: "this may not be read: look at its permissions",
  EPERM: "this may not be read: look at its permissions",
};

async function pickSources(
  root: string,
  folder: string,
  kind: Source["kind"],
  entries: readonly Dirent[],
): Promise<Pick<FoundSources, "sources" | "hidden"> & { readonly errors: DefinitionError[] }> {
  const sources: Source[] = [];
  const hidden: string[] = [];
  const errors: DefinitionError[] = [];
  for (const entry of entries) {
    const file = `${folder}/${entry.name}`;
    const extension = extname(entry.name);
    if (isHiddenSource(entry)) hidden.push(file);
    if (!isSourceName(entry.name)) continue;
    const name = entry.name.slice(0, -extension.length);
    const wrong = OTHER_EXTENSIONS.includes(extension)
      ? `flowkeep reads ${EXTENSIONS.join(", ")}, not ${extension}: rename it`
      : ((await notReadable(root, file, entry)) ?? wrongName(name, kind));
    if (wrong !== undefined) errors.push(new DefinitionError(wrong, pointAt({ file })));
    else sources.push({ file, kind, output: outputOf(name, kind) });
  }
  return { sources, hidden, errors };
}

/** A person's file, not `.#ci.ts` or `._ci.ts`, which Emacs and macOS leave beside others. */
function isHiddenSource(entry: Dirent): boolean {
  return (
    entry.isFile() && /^\.[\w-]+\./.test(entry.name) && !entry.name.startsWith("._") && isSourceName(`x${entry.name}`)
  );
}

/** Declarations are no sources, nor are files that editors and tools hide; `..x.ts` is no hidden file but a slip. */
function isSourceName(name: string): boolean {
  if (name.startsWith(".") && !name.startsWith("..")) return false;
  return [...EXTENSIONS, ...OTHER_EXTENSIONS].includes(extname(name)) && !/\.d\.[cm]?ts$/.test(name);
}

async function notReadable(root: string, file: string, entry: Dirent): Promise<string | undefined> {
  if (entry.isFile()) return undefined;
  if (!entry.isSymbolicLink()) return "this is no file: a source is a TypeScript or JavaScript file";
  try {
    if ((await stat(join(root, file))).isFile()) return undefined;
    return "this links to something that is no file";
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return "this links to a file that does not exist";
    const reason = UNREADABLE[error.code ?? ""];
    if (reason === undefined) throw error;
    return reason;
  }
}

/** `ci.yaml.ts` becomes `ci.yaml`: others may already know the workflow by that name. `ci.yml.ts` and `ci.ts` are one. */
function outputOf(name: string, kind: Source["kind"]): string {
  if (kind === "action") return `.github/actions/${name}/action.yml`;
  return `.github/workflows/${/\.ya?ml$/.test(name) ? name : `${name}.yml`}`;
}

async function listNested(root: string, top: readonly Dirent[]): Promise<readonly string[]> {
  const files: string[] = [];
  const descend = async (folder: string, entries: readonly Dirent[]): Promise<void> => {
    for (const entry of entries) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory() && entry.name !== "node_modules" && !entry.name.startsWith(".")) {
        const below = await list(root, path);
        // A folder that nobody may read holds no source: whoever imports from it is told.
        if (below !== undefined && !(below instanceof DefinitionError)) await descend(path, below);
      } else if (entry.isFile() && folder !== SOURCES_FOLDER && folder !== ACTIONS_FOLDER)
        if (EXTENSIONS.includes(extname(entry.name)) && isSourceName(entry.name)) files.push(path);
    }
  };
  await descend(SOURCES_FOLDER, top);
  return files;
}

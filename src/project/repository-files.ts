import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { normalize } from "node:path/posix";

/** Reads a file of a repository by its path from the repository's root; undefined where there is none. */
export type ReadRepositoryFile = (path: string) => string | undefined;

/** Longer than any script that somebody wrote. */
const MOST_BYTES = 2_000_000;

/**
 * Reads the files of the repository in a folder, each once. A link that leads out of the repository leads nowhere: nothing of the
 * machine gets into what is said of a stranger's workflow.
 *
 * @param made what files will hold, whatever lies on disk
 */
export function repositoryFiles(folder: string, made: (path: string) => string | undefined): ReadRepositoryFile {
  const known = new Map<string, string | undefined>();
  const mayBeThere = listedPaths(folder);
  let root: string | undefined;
  const read = (path: string): string | undefined =>
    mayBeThere(path) ? readInside((root ??= realpathSync.native(folder)), path) : undefined;
  return (path) => {
    if (!known.has(path)) known.set(path, made(path) ?? read(path));
    return known.get(path);
  };
}

/**
 * Whether there may be a file, by the names that its folders hold. Scripts are full of words that look like paths; of nearly all
 * of them the first part is no name of the repository.
 */
function listedPaths(folder: string): (path: string) => boolean {
  const listings = new Map<string, ReadonlySet<string> | undefined>();
  const namesIn = (path: string): ReadonlySet<string> | undefined => {
    if (!listings.has(path)) listings.set(path, listNames(join(folder, path)));
    return listings.get(path);
  };
  return (path) => {
    const names = normalize(path).split("/");
    if (names[0] === "..") return true;
    let at = "";
    for (const name of names) {
      if (name === "" || name === ".") continue;
      if (namesIn(at)?.has(name) === false) return false;
      at = at === "" ? name : `${at}/${name}`;
    }
    return true;
  };
}

/** Undefined where nobody can tell. */
function listNames(folder: string): ReadonlySet<string> | undefined {
  try {
    return new Set(readdirSync(folder));
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return error.code === "ENOTDIR" || error.code === "ENOENT" ? new Set() : undefined;
  }
}

function readInside(root: string, path: string): string | undefined {
  const full = join(root, path);
  try {
    const stats = statSync(full, { throwIfNoEntry: false });
    if (stats?.isFile() !== true || stats.size > MOST_BYTES) return undefined;
    return realpathSync.native(full).startsWith(root + sep) ? readFileSync(full, "utf8") : undefined;
  } catch (error) {
    // No permission, a loop of links, a name that the system does not take.
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}

/** The folder, from the root, of the repository that a workflow or an action belongs to. */
export function repositoryOf(root: string, path: string): string {
  const github = /^(?:(.*)\/)?\.github\//.exec(path);
  if (github !== null) return github[1] ?? "";
  for (let at = dirname(path); at !== "."; at = dirname(at))
    if (existsSync(join(root, at, ".git")) || existsSync(join(root, at, ".github"))) return at;
  return "";
}

import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, sep } from "node:path";

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
  let root: string | undefined;
  return (path) => {
    if (!known.has(path)) known.set(path, made(path) ?? readInside((root ??= realpathSync(folder)), path));
    return known.get(path);
  };
}

function readInside(root: string, path: string): string | undefined {
  const full = join(root, path);
  try {
    const stats = statSync(full, { throwIfNoEntry: false });
    if (stats?.isFile() !== true || stats.size > MOST_BYTES) return undefined;
    return realpathSync(full).startsWith(root + sep) ? readFileSync(full, "utf8") : undefined;
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

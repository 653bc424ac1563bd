import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";

/** What lies in folders, to be compared later. */
export interface Watch {
  /** Paths that were made, changed or removed since. */
  readonly changed: () => Promise<readonly string[]>;
}

export interface WatchedFolder {
  readonly path: string;
  /** How many folders below it are looked into. */
  readonly levels: number;
}

/** More entries than this are not looked at: it is a safety net, not a wall. */
const MOST_ENTRIES = 20_000;

/** Large, and others write there all the time. */
const SKIPPED: ReadonlySet<string> = new Set(["node_modules", ".git", ".cache", ".npm", ".local"]);

/** Remembers what lies in folders: names, sizes, times. */
export async function watchFolders(folders: readonly WatchedFolder[]): Promise<Watch> {
  const before = await listAll(folders);
  return {
    async changed() {
      const after = await listAll(folders);
      const paths = [...after.keys(), ...[...before.keys()].filter((path) => !after.has(path))];
      return paths.filter((path) => before.get(path) !== after.get(path));
    },
  };
}

async function listAll(folders: readonly WatchedFolder[]): Promise<ReadonlyMap<string, string>> {
  const seen = new Map<string, string>();
  for (const { path, levels } of folders) await list(path, levels, seen);
  return seen;
}

async function list(folder: string, levels: number, seen: Map<string, string>): Promise<void> {
  const names = await readdir(folder).catch((): readonly string[] => []);
  for (const name of names) {
    if (seen.size >= MOST_ENTRIES || SKIPPED.has(name)) continue;
    const path = join(folder, name);
    const stats = await lstat(path).catch(() => undefined);
    if (stats === undefined) continue;
    // A folder's own time changes with what is in it, and that is listed.
    if (stats.isDirectory()) {
      seen.set(path, "folder");
      if (levels > 0) await list(path, levels - 1, seen);
    } else seen.set(path, `${stats.size} ${stats.mtimeMs} ${stats.ino}`);
  }
}

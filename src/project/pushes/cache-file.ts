import { hash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";

/** One file of entries, each a line of text by its key. */
export interface CacheFile {
  /** What it holds; nothing where there is none, where it is damaged, or where another program or version has written it. */
  readonly read: () => ReadonlyMap<string, string>;
  /** Adds entries, together with what another run wrote meanwhile. A folder that cannot be written to is no error. */
  readonly add: (made: ReadonlyMap<string, string>, used: ReadonlySet<string>) => void;
}

const HEADER = "flowkeep answers 2";
/** More than any repository has workflows; what was not used goes first. */
const MOST_ENTRIES = 20_000;
/** In characters. 1,600 workflows come to six millions. */
const MOST_TEXT = 32_000_000;
/** Projects of one user, where they share a folder. */
const MOST_FILES = 50;

/**
 * A file in a folder of cached answers. It is written whole or not at all, for its owner only; two runs at once leave one whole
 * file. Of other projects' files in the folder the ones that were written last are left.
 *
 * @param name what tells the projects apart that share the folder
 * @param stamp of whoever made the entries: those of another are none
 */
export function cacheFile(folder: string, name: string, stamp: () => string): CacheFile {
  const prefix = "answers-";
  const file = join(folder, `${prefix}${digest(name).slice(0, 16)}.cache`);
  const read = (): ReadonlyMap<string, string> => readEntries(file, stamp());
  return {
    read,
    add(made, used) {
      const before = [...read()].filter(([key]) => !made.has(key));
      const recent = before.filter(([key]) => used.has(key));
      const older = before.filter(([key]) => !used.has(key));
      const body = printEntries([...made, ...recent, ...older]);
      const temporary = join(folder, `${prefix}${randomUUID()}.tmp`);
      try {
        mkdirSync(folder, { recursive: true });
        writeFileSync(temporary, headerOf(stamp(), body) + body, { mode: 0o600, flag: "wx" });
        renameSync(temporary, file);
        prune(folder, prefix);
      } catch {
        remove(temporary);
      }
    },
  };
}

function readEntries(file: string, stamp: string): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  const text = readWhole(file);
  const end = text.indexOf("\n") + 1;
  const body = text.slice(end);
  // The sum tells a file that is cut off or damaged.
  if (end === 0 || text.slice(0, end) !== headerOf(stamp, body)) return entries;
  for (let start = 0; start < body.length;) {
    const space = body.indexOf(" ", start);
    const stop = body.indexOf("\n", start);
    if (space < 0 || stop < space) break;
    entries.set(body.slice(start, space), body.slice(space + 1, stop));
    start = stop + 1;
  }
  return entries;
}

function readWhole(file: string): string {
  try {
    const stats = statSync(file);
    // A pipe or a device might never end; nothing that this module writes is longer in UTF-8.
    if (!stats.isFile() || stats.size > 3 * MOST_TEXT) return "";
    return isOwnersOnly(stats.mode) ? readFileSync(file, "utf8") : "";
  } catch {
    return "";
  }
}

/**
 * As it was written here. Git keeps no such mode: what somebody has committed as `node_modules/.cache` would say of their workflows
 * what they like. Windows has no modes.
 */
function isOwnersOnly(mode: number): boolean {
  return sep === "\\" || (mode & 0o077) === 0;
}

/** As many of the first as there is room for; in an order of their own, so that equal entries are equal bytes. */
function printEntries(entries: readonly (readonly [key: string, line: string])[]): string {
  let room = MOST_TEXT;
  const left = entries.slice(0, MOST_ENTRIES).filter(([key, line]) => (room -= key.length + line.length + 2) >= 0);
  return left
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, line]) => `${key} ${line}\n`)
    .join("");
}

function headerOf(stamp: string, body: string): string {
  return `${HEADER} ${stamp} ${digest(body)}\n`;
}

function prune(folder: string, prefix: string): void {
  const files = readdirSync(folder).filter((name) => name.startsWith(prefix) && name.endsWith(".cache"));
  if (files.length <= MOST_FILES) return;
  const written = (name: string): number => statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const byAge = files.map((name) => ({ name, at: written(name) })).sort((a, b) => b.at - a.at);
  for (const { name } of byAge.slice(MOST_FILES)) remove(join(folder, name));
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // The folder is none, or is not ours: nothing was written.
  }
}

export function digest(text: string | Buffer): string {
  return hash("sha256", text, "hex");
}

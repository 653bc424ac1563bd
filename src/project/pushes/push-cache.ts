import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { KnownAction } from "../../credentials/actions/action-table.ts";
import type { FileVerdicts } from "../../credentials/analyze-file.ts";
import { holdsToken } from "../../credentials/hide-tokens.ts";

/** A file whose verdicts are asked for, before anybody has parsed it. */
export interface PushSubject {
  /** The folder of its repository: equal files of two repositories may lead to different scripts. */
  readonly folder: string;
  /** From that folder. */
  readonly path: string;
  readonly text: string;
  /** `owner/name`, where the analysis is told. */
  readonly repository?: string | undefined;
  /** What the config says of actions. */
  readonly actions?: readonly KnownAction[] | undefined;
  /** Reads another file of the repository; undefined where there is none. */
  readonly readRepositoryFile: (path: string) => string | undefined;
}

/** What was worked out of a file. */
export interface WorkedOut {
  /** Undefined where the file cannot be read. */
  readonly verdicts: FileVerdicts | undefined;
  /** The repository's files that the answer came from, and those that it missed. */
  readonly asked: readonly string[];
}

/** Verdicts that need not be worked out again. */
export interface PushCache {
  /** What is kept for a file, if that file and every other that the answer came from hold what they held then. */
  readonly kept: (subject: PushSubject) => FileVerdicts | undefined;
  /** Keeps what was worked out; of a file that cannot be read, nothing. */
  readonly keep: (subject: PushSubject, found: WorkedOut) => void;
  /** Writes down what is new. A folder that cannot be written to is no error: the next run works it out again. */
  readonly save: () => void;
}

/** Keeps nothing. */
const NO_CACHE: PushCache = { kept: () => undefined, keep: () => undefined, save: () => undefined };

/**
 * Works out a file's verdicts, and notes which files of its repository they come from.
 *
 * @param workOut with `readRepositoryFile` of its argument and no other
 */
export function noteAsked(subject: PushSubject, workOut: (subject: PushSubject) => WorkedOut["verdicts"]): WorkedOut {
  const asked = new Set<string>();
  const readRepositoryFile = (path: string): string | undefined => {
    asked.add(path);
    return subject.readRepositoryFile(path);
  };
  const verdicts = workOut({ ...subject, readRepositoryFile });
  return { verdicts, asked: [...asked] };
}

/**
 * Opens the verdicts that are kept in a folder. What is asked for is found by its content, so nothing goes stale; a file that is
 * damaged counts as none, and two runs at once leave one whole file.
 *
 * @param folder `node_modules/.cache/flowkeep`, or flowkeep's folder of the user's cache; undefined: nothing is kept
 * @param basis what decides all answers beside the files: `programStamp`. Of another basis nothing is taken. Asked when the first file
 *   is: the stamp reads all of flowkeep
 * @example
 * const cache = openPushCache(join(root, "node_modules/.cache/flowkeep"), () => [programStamp(project.flowkeep)]);
 * const subject = { folder: "", path, text, readRepositoryFile };
 * const found = cache.kept(subject) ?? noteAsked(subject, ({ readRepositoryFile }) => analyze(readRepositoryFile));
 * if ("asked" in found) cache.keep(subject, found);
 * cache.save();
 */
export function openPushCache(folder: string | undefined, basis: () => readonly unknown[]): PushCache {
  if (folder === undefined) return NO_CACHE;
  let stamped: string | undefined;
  const stampOf = (): string => (stamped ??= digest(JSON.stringify(basis())));
  const file = join(folder, "pushes.cache");
  let old: ReadonlyMap<string, string> | undefined;
  const made = new Map<string, string>();
  const used = new Set<string>();
  return {
    kept(subject) {
      old ??= readEntries(file, stampOf());
      const key = keyOf(subject);
      const line = made.get(key) ?? old.get(key);
      const entry = line === undefined ? undefined : readEntry(line);
      if (entry === undefined || !isAsItWas(entry, subject)) return undefined;
      used.add(key);
      return entry.verdicts;
    },
    keep(subject, { verdicts, asked }) {
      if (verdicts === undefined) return;
      const followed = asked.map((path) => [path, digestOf(subject.readRepositoryFile(path))] as const);
      const json = JSON.stringify({ followed, verdicts } satisfies Entry);
      // Nobody's token gets into a second file.
      if (!holdsToken(json)) made.set(keyOf(subject), json);
    },
    save() {
      if (made.size > 0) writeEntries(file, folder, stampOf(), { made, used });
    },
  };
}

function keyOf({ folder, path, text, repository, actions }: PushSubject): string {
  return digest(JSON.stringify([folder, path, repository, actions, text]));
}

/** Stands for the flowkeep that runs, its catalogue too: another build, another stamp. */
export function programStamp(entry: URL): string {
  const folder = fileURLToPath(new URL(".", entry));
  const hash = createHash("sha256");
  for (const below of ["", "chunks", "data"]) {
    for (const name of namesIn(join(folder, below)))
      if (/\.(?:js|ts|json)$/.test(name)) hash.update(`${name}\0`).update(readFileSync(join(folder, below, name)));
  }
  return hash.digest("hex");
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

interface Entry {
  /** The files that the analysis asked for, with what they held: null where there is none. */
  readonly followed: readonly (readonly [path: string, digest: string | null])[];
  readonly verdicts: FileVerdicts;
}

function isAsItWas({ followed }: Entry, { readRepositoryFile }: PushSubject): boolean {
  return followed.every(([path, was]) => digestOf(readRepositoryFile(path)) === was);
}

/** Null stands for no file. */
function digestOf(text: string | undefined): string | null {
  return text === undefined ? null : digest(text);
}

const HEADER = "flowkeep pushes 1";
/** More than any repository has workflows; the oldest go. */
const MOST_ENTRIES = 20_000;

/** Key → entry, still as text: most are not asked for. */
function readEntries(file: string, stamp: string): ReadonlyMap<string, string> {
  const none = new Map<string, string>();
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return none;
  }
  const end = text.indexOf("\n") + 1;
  const body = text.slice(end);
  // The sum tells a file that is cut off or damaged.
  if (text.slice(0, end) !== headerOf(stamp, body)) return none;
  const entries = new Map<string, string>();
  for (const line of body.split("\n")) {
    const space = line.indexOf(" ");
    if (space > 0) entries.set(line.slice(0, space), line.slice(space + 1));
  }
  return entries;
}

function readEntry(line: string): Entry | undefined {
  try {
    // What the header's sum covers, this module has written.
    return JSON.parse(line) as Entry;
  } catch {
    return undefined;
  }
}

function headerOf(stamp: string, body: string): string {
  return `${HEADER} ${stamp} ${digest(body)}\n`;
}

interface Changes {
  readonly made: ReadonlyMap<string, string>;
  readonly used: ReadonlySet<string>;
}

/** Together with what another run wrote meanwhile. */
function writeEntries(file: string, folder: string, stamp: string, { made, used }: Changes): void {
  const before = [...readEntries(file, stamp)].filter(([key]) => !made.has(key));
  const recent = before.filter(([key]) => used.has(key));
  const older = before.filter(([key]) => !used.has(key));
  const left = [...made, ...recent, ...older].slice(0, MOST_ENTRIES).sort(([a], [b]) => (a < b ? -1 : 1));
  const body = left.map(([key, line]) => `${key} ${line}\n`).join("");
  const temporary = join(folder, `pushes.${randomUUID()}.tmp`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(temporary, headerOf(stamp, body) + body, { mode: 0o600, flag: "wx" });
    renameSync(temporary, file);
  } catch {
    remove(temporary);
  }
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // The folder is none, or is not ours: nothing was written.
  }
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

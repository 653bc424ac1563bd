import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ReadRepositoryFile } from "../repository-files.ts";
import { digest } from "./cache-file.ts";

/**
 * What an answer about a file came from, beside the file: a file of its repository (`text ci/push.sh`), whether there is one
 * (`there ci/push.sh`), all of its workflows (`workflows`), a file from the root (`file lib/action.yml`).
 */
export type LookedAt = `text ${string}` | `there ${string}` | `file ${string}` | "workflows";

/** Something that was looked at, and what was there: a digest, or a word; null: nothing. */
export type Seen = readonly [name: LookedAt, was: string | null | undefined];

/** A file's repository, to look once more. */
export interface Surveyed {
  /** From the root. */
  readonly folder: string;
  readonly read: ReadRepositoryFile;
  readonly has: (path: string) => boolean | undefined;
  /** The paths of its workflows. */
  readonly workflows: () => readonly string[];
}

/** Looks once more at what answers came from: at each text once in a run, as what is read then is read once. */
export function lookAgain(root: string): (repository: Surveyed, name: LookedAt) => string | null | undefined {
  const digests = new Map<string, string | null>();
  const once = (key: string, find: () => string | null): string | null => {
    let now = digests.get(key);
    if (now === undefined) digests.set(key, (now = find()));
    return now;
  };
  return ({ folder, read, has, workflows }, name) => {
    const [kind = ""] = name.split(" ", 1);
    const path = name.slice(kind.length + 1);
    const textAt = (at: string): string | null => once(`${folder}\0${at}`, () => digestOf(read(at)));
    switch (kind) {
      case "text":
        return textAt(path);
      case "there":
        return String(has(path));
      case "file":
        return once(path, () => digestOf(readAny(join(root, path))));
      case "workflows":
        return digest(JSON.stringify(workflows().map((at) => [at, textAt(at)])));
      default:
        // Equal to nothing that is kept.
        return undefined;
    }
  };
}

/** Null stands for no file. */
function digestOf(text: string | undefined): string | null {
  return text === undefined ? null : digest(text);
}

function readAny(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

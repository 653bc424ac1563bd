import { dirname, join, normalize } from "node:path/posix";
import type { Field } from "./scope.ts";
import type { ParsedScript } from "./script.ts";
import type { ShellOptions } from "./shell-options.ts";
import { literalOf, type Value } from "./value.ts";

/** Where a command runs, and what can be seen from there. */
export interface FollowContext {
  /** The directory that the command runs in; undefined where it is not known. */
  readonly directory: string | undefined;
  /** The root of the repository's working tree, as `directory` and absolute paths have it. */
  readonly root: string;
  /** The text of a file of the repository, by its path from the root; undefined where there is none. */
  readonly readRepositoryFile: (path: string) => string | undefined;
}

/** What a command runs that is written in the repository. */
export type Followed =
  /** Runs nothing of the repository's, as far as its name tells: `git`, `cargo`. */
  | { readonly kind: "none" }
  /** Each in order; the first that fails ends them. */
  | { readonly kind: "scripts"; readonly scripts: readonly FollowedScript[] }
  | { readonly kind: "out-of-sight"; readonly reason: string };

export interface FollowedScript {
  /** From the repository's root. */
  readonly path: string;
  /** The line of the file that the script's text begins in, from 1; of a script that is written in JSON its own line. */
  readonly line: number;
  readonly dialect: "bash" | "sh";
  readonly options: ShellOptions;
  readonly script: ParsedScript;
  /** `$1`, `$2`, …; undefined where the caller's stay, as with `source file`. */
  readonly positional: readonly Field[] | undefined;
  /** False for `source`: what it changes stays. */
  readonly isProcess: boolean;
  /** The directory that it runs in, where that is another than the caller's. */
  readonly directory: string | undefined;
  /** Its failure does not count: `-` in a Makefile. */
  readonly ignoresErrors: boolean;
}

/** The file of the repository that a path means, or why it is not seen. */
export function findFile(
  written: Value,
  context: FollowContext,
): { readonly path: string; readonly text: string } | { readonly reason: string } {
  const text = literalOf(written);
  if (text === undefined) return { reason: "the path of the script is computed" };
  const path = findPath(text, context);
  if (typeof path !== "string") return path;
  const content = context.readRepositoryFile(path);
  if (content === undefined)
    return { reason: `${path} is not in the repository: it is made or fetched while the job runs` };
  return { path, text: content };
}

/** A path from the repository's root; a reason where it leads out of it. */
export function findPath(path: string, { directory, root }: FollowContext): string | { readonly reason: string } {
  if (!path.startsWith("/") && directory === undefined)
    return { reason: `the directory in which ${path} is looked up is not known` };
  const absolute = normalize(path.startsWith("/") ? path : join(directory ?? root, path));
  const base = normalize(root).replace(/\/$/, "");
  if (absolute !== base && !absolute.startsWith(`${base}/`)) return { reason: `${path} is outside of the repository` };
  return absolute.slice(base.length + 1).replace(/\/$/, "");
}

/** The first of these files that is in a folder or, where none is, in one of those above it up to the repository's root. */
export function findUpward(
  folder: string,
  names: readonly string[],
  { readRepositoryFile }: FollowContext,
): { readonly path: string; readonly text: string } | undefined {
  for (let at = folder === "" ? "." : folder; ; at = dirname(at)) {
    for (const name of names) {
      const path = join(at, name);
      const text = readRepositoryFile(path);
      if (text !== undefined) return { path, text };
    }
    if (at === ".") return undefined;
  }
}

export function outOfSight(reason: string): Followed {
  return { kind: "out-of-sight", reason };
}

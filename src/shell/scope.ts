import type { Command, Script } from "./script.ts";
import type { ExpressionPart } from "./word.ts";
import type { Value } from "./value.ts";

/** What a word's value depends on: who walks the script knows it, place by place. */
export interface Scope {
  /** The value of a variable; undefined where it is not set, which is not the same as unknown. */
  readonly variable: (name: string) => Value | undefined;
  /** The elements of an array, where the name is one and they are known. */
  readonly array?: (name: string) => readonly Value[] | undefined;
  /** An element of an associative array; undefined where the name is none. */
  readonly element?: (name: string, key: string) => Value | undefined;
  /** `$1`, `$2`, …; undefined where they are not known. */
  readonly positional?: readonly Value[] | undefined;
  /** `$?`, where it is known. */
  readonly exitStatus?: Value | undefined;
  readonly expression: (part: ExpressionPart) => Value;
  /** What a command prints, where more is known of it than here: `git remote get-url origin`, `gh auth token`. */
  readonly output?: (command: Command, fields: readonly Field[], input: Value | undefined) => Value | undefined;
  /** What a whole script prints, for whoever can run one; undefined leaves it to the reader here, which sees no changes. */
  readonly printed?: (script: Script) => Value | undefined;
  /** What a file holds: `$(cat file)`, `$(< file)`. */
  readonly file?: (path: Value) => Value | undefined;
  /** In `sh` (dash) `echo` takes backslashes for escapes. */
  readonly dialect?: "bash" | "sh" | undefined;
}

/** One argument as a program gets it. */
export interface Field {
  readonly value: Value;
  /** False where it may be no argument or several: `$FLAGS` of which nothing is known, `*.md`. */
  readonly isOne: boolean;
  /** The word that it came of. */
  readonly start: number;
  readonly end: number;
}

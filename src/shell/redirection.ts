import type { Place } from "./script.ts";
import type { Word } from "./word.ts";

/** Where a command reads from and writes to. */
export type Redirection = FileRedirection | DuplicateRedirection | HereDocument | HereString;

interface RedirectionBase extends Place {
  readonly kind: string;
  /** The number in front, or the name of `{name}>`. */
  readonly descriptor: number | string | undefined;
}

export interface FileRedirection extends RedirectionBase {
  readonly kind: "file";
  /** `&>` also stands for `>& file`. */
  readonly operator: ">" | ">>" | "<" | "<>" | ">|" | "&>" | "&>>";
  readonly target: Word;
}

/** `2>&1`, `>&-` */
export interface DuplicateRedirection extends RedirectionBase {
  readonly kind: "duplicate";
  readonly operator: ">&" | "<&";
  readonly target: Word;
}

/** `<<EOF`: the content is what the command reads. */
export interface HereDocument extends RedirectionBase {
  readonly kind: "here-document";
  /** Stands below the command, outside of the redirection's place. */
  readonly content: Word;
}

/** `<<< word`: the command reads it with a line break behind it. */
export interface HereString extends RedirectionBase {
  readonly kind: "here-string";
  readonly content: Word;
}

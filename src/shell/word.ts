import type { Expression } from "../expressions/ast.ts";
import type { ParsedScript, Place } from "./script.ts";
import type { Value } from "./value.ts";

/** One word as written. `{a,b}` is expanded: the words that come of it share their place. */
export interface Word extends Place {
  readonly parts: readonly Part[];
  /** As an argument of `export`, `declare`, `local`, `readonly`, `typeset`, `alias`: `NAME=value`, which is not split. */
  readonly assignment?: Assignment | undefined;
}

export type Part =
  | LiteralPart
  | VariablePart
  | SubstitutionPart
  | ProcessPart
  | ArithmeticPart
  | ExpressionPart
  | ValuePart
  | GlobPart
  | TildePart
  | BracePart;

interface PartBase extends Place {
  readonly kind: string;
  /** Stands in quotes, so that it is neither split nor a pattern. */
  readonly quoted: boolean;
}

/** Text after quotes and backslashes are gone; empty for `""`. */
export interface LiteralPart extends PartBase {
  readonly kind: "literal";
  readonly text: string;
}

/** `$NAME`, `${NAME:-default}`, `$1`, `"$@"`, `${array[0]}` */
export interface VariablePart extends PartBase {
  readonly kind: "variable";
  /** Has `${{ … }}` in it where the name is computed. */
  readonly name: string;
  readonly index: Word | undefined;
  readonly operation: VariableOperation | undefined;
}

export type VariableOperation =
  | {
      readonly kind: "default";
      readonly operator: "-" | ":-" | "=" | ":=" | "+" | ":+" | "?" | ":?";
      readonly operand: Word;
    }
  | { readonly kind: "remove"; readonly operator: "#" | "##" | "%" | "%%"; readonly pattern: Word }
  | {
      readonly kind: "replace";
      readonly operator: "/" | "//" | "/#" | "/%";
      readonly pattern: Word;
      readonly replacement: Word;
    }
  | { readonly kind: "slice"; readonly offset: Word; readonly length: Word | undefined }
  | { readonly kind: "case"; readonly operator: "^" | "^^" | "," | ",,"; readonly pattern: Word | undefined }
  /** `${#NAME}` */
  | { readonly kind: "length" }
  /** `${!NAME}` */
  | { readonly kind: "indirect" }
  /** `${NAME@Q}`, `${!PREFIX*}`, and what is no expansion. */
  | { readonly kind: "transform" | "names" | "other" };

/** `$(…)` or backticks. */
export interface SubstitutionPart extends PartBase {
  readonly kind: "substitution";
  readonly script: ParsedScript;
}

/** `<(…)`, `>(…)` */
export interface ProcessPart extends PartBase {
  readonly kind: "process";
  readonly operator: "<" | ">";
  readonly script: ParsedScript;
}

export interface ArithmeticPart extends PartBase {
  readonly kind: "arithmetic";
  /** With `$((` and `))`. */
  readonly text: string;
}

/** `${{ … }}`: GitHub puts text there before the shell sees the script. */
export interface ExpressionPart extends PartBase {
  readonly kind: "expression";
  /** What stands in the brackets, without the spaces around it. */
  readonly text: string;
  /** Undefined where it cannot be parsed. */
  readonly expression: Expression | undefined;
}

/** In a script that was put together at run time (`bash -c "…$X…"`, `eval`): what another shell or a file has put there. */
export interface ValuePart extends PartBase {
  readonly kind: "value";
  readonly value: Value;
}

/** `*`, `?`, `[a-z]`, `@(a|b)` outside of quotes. */
export interface GlobPart extends PartBase {
  readonly kind: "glob";
  readonly text: string;
}

/** `~` or `~user` at the beginning of a word. */
export interface TildePart extends PartBase {
  readonly kind: "tilde";
  readonly user: string;
}

/** Braces that were not expanded: a long range, or too many words. */
export interface BracePart extends PartBase {
  readonly kind: "brace";
  readonly text: string;
}

export interface Assignment extends Place {
  /** Has `${{ … }}` in it where the name is computed. */
  readonly name: string;
  readonly index: Word | undefined;
  /** `+=` */
  readonly append: boolean;
  /** The elements of an array where it is `(…)`. */
  readonly value: Word | readonly Word[];
}

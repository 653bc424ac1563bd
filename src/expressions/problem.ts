/** What can be wrong with an expression. The first group stops GitHub from running the workflow at all. */
export type ProblemCode =
  | "unexpected-symbol"
  | "unexpected-end"
  | "too-deep"
  | "too-long"
  | "unclosed"
  | "empty"
  | "directive"
  | "unknown-context"
  | "unknown-function"
  | "unavailable-context"
  | "unavailable-function"
  | "too-few-arguments"
  | "too-many-arguments"
  | "even-arguments"
  | "always-true"
  | "unknown-property"
  | "never-equal"
  | "never-contained"
  | "format-string"
  | "format-arguments"
  | "not-text"
  | "not-boolean";

/** Something wrong in an expression; `start` and `end` are UTF-16 offsets into the text that was given. */
export interface ExpressionProblem {
  readonly code: ProblemCode;
  /** For people. Where GitHub has words of its own for it, they come first, so that a search finds them. */
  readonly message: string;
  readonly start: number;
  readonly end: number;
  /** What to write in the place of `start` to `end`. */
  readonly suggestion?: string;
}

import type { SyntaxProblem } from "../ir/from-value.ts";
import type { Span } from "../ir/span.ts";

/** Something in a file that GitHub refuses, or that does not mean what it seems to. */
export interface ReadProblem {
  readonly code: YamlProblemCode | SyntaxProblem["code"];
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly span: Span;
}

/** `official` is GitHub's published parser's opinion: `officialProblems`. */
type YamlProblemCode =
  | "invalid-yaml"
  | "unknown-tag"
  | "bad-number"
  | "unknown-anchor"
  | "circular-alias"
  | "too-many-aliases"
  | "too-deep"
  | "too-large"
  | "several-documents"
  | "empty-file"
  | "not-a-mapping"
  | "key-not-scalar"
  | "official";

import type { Node } from "./any-node.ts";
import type { Path } from "./origin.ts";

/** Something that GitHub's syntax does not allow. */
export interface SyntaxProblem {
  readonly code:
    | "unknown-key"
    | "wrong-type"
    | "bad-value"
    | "missing-key"
    | "duplicate-key"
    | "expression-not-allowed"
    | "bad-id"
    | "duplicate-id"
    | "bad-needs"
    | "bad-step"
    | "unknown-step"
    | "bad-input"
    | "bad-cron"
    | "bad-uses"
    | "bad-shell"
    | "conflicting-keys";
  /** `warning` where a newer GitHub may know what we do not, or where GitHub takes it and does something else. */
  readonly severity: "error" | "warning";
  /** Whether a known name is so near that a newer GitHub is not the reason: somebody has misspelt it. */
  readonly isSlip?: boolean | undefined;
  readonly message: string;
  readonly node: Node;
  readonly path: Path;
}

/** Nobody reads more of them about one file. GitHub itself stops at ten. */
export const MOST_PROBLEMS = 1000;

/** Takes down one problem. */
export type Report = (
  code: SyntaxProblem["code"],
  message: string,
  node: Node,
  path: Path,
  severity?: SyntaxProblem["severity"],
) => void;

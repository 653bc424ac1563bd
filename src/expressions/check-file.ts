import type { FileNode } from "../ir/any-node.ts";
import type { ExpressionSite } from "../ir/from-value.ts";
import type { Scalar } from "../ir/node.ts";
import type { Path } from "../ir/origin.ts";
import { check } from "./check.ts";
import { explainMissed, type Missed } from "./explain-missed.ts";
import { scopesOf } from "./file-facts.ts";
import { findExpressions } from "./find-expressions.ts";
import type { ExpressionProblem } from "./problem.ts";

/** A problem of an expression, in its file. */
export interface PlacedProblem extends ExpressionProblem {
  /** The scalar; `start` and `end` are offsets into its text. */
  readonly scalar: Scalar;
  readonly path: Path;
  /** `error`: GitHub does not run the workflow. `warning`: it runs, and does not do what was meant. */
  readonly severity: "error" | "warning";
  /** What was meant, where it stands out of reach. */
  readonly related?: Missed["related"];
}

// These GitHub tells before a workflow runs; the rest it evaluates to something that was not meant.
const RUNS_ALL_THE_SAME = new Set<ExpressionProblem["code"]>([
  "always-true",
  "unknown-property",
  "never-equal",
  "never-contained",
  "not-text",
]);

/**
 * Everything that is certainly wrong with the expressions of a file, each checked for what it may use where it stands.
 *
 * @param sites as `workflowFromValue` and `actionFromValue` found them
 */
export function checkExpressions(file: FileNode, sites: readonly ExpressionSite[]): readonly PlacedProblem[] {
  const scopeAt = scopesOf(file);
  return sites.flatMap(({ scalar, shape, path }) => {
    const { parts, problems } = findExpressions(scalar.text, { isCondition: shape.condition === true });
    const found = [...problems];
    for (const part of parts) {
      if (part.kind !== "expression" || part.expression === undefined) continue;
      const isWhole = parts.length === 1;
      found.push(...check(part.expression, scopeAt(path), { availability: shape.available, isText: !isWhole }));
    }
    found.sort((a, b) => a.start - b.start);
    return found.map((problem): PlacedProblem => {
      const severity = RUNS_ALL_THE_SAME.has(problem.code) ? "warning" : "error";
      return { ...problem, scalar, path, severity, ...explainMissed(file, problem, parts, path) };
    });
  });
}

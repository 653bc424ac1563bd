import type { FileNode } from "../ir/any-node.ts";
import type { ExpressionSite } from "../ir/from-value.ts";
import type { Scalar } from "../ir/node.ts";
import type { Path } from "../ir/origin.ts";
import type { Step, Workflow } from "../ir/workflow.ts";
import { visitExpressions, propertyName, type Expression } from "./ast.ts";
import { check } from "./check.ts";
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
  /** The step that a reference missed: where the id does exist. */
  readonly related?: Step | undefined;
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
      return { ...problem, scalar, path, severity, related: missedStep(file, problem, parts) };
    });
  });
}

/** Where a step that is out of reach does stand: in another job, or further down. */
function missedStep(
  file: FileNode,
  problem: ExpressionProblem,
  parts: ReturnType<typeof findExpressions>["parts"],
): Step | undefined {
  if (problem.code !== "unknown-property" || file.kind !== "workflow") return undefined;
  let id: string | undefined;
  for (const part of parts) {
    if (part.kind !== "expression" || part.expression === undefined) continue;
    visitExpressions(part.expression, (inner: Expression) => {
      if (inner.kind !== "index" || inner.index.start !== problem.start) return;
      if (inner.object.kind === "context" && inner.object.name.toLowerCase() === "steps") id = propertyName(inner);
    });
  }
  return id === undefined ? undefined : stepWithId(file, id);
}

function stepWithId(workflow: Workflow, id: string): Step | undefined {
  for (const { value: job } of workflow.jobs?.entries ?? []) {
    if (job.kind !== "job") continue;
    const step = job.steps?.items.find((each) => each.kind !== "parallel-step" && each.id?.text === id);
    if (step !== undefined) return step;
  }
  return undefined;
}

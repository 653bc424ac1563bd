import type { Scalar } from "../ir/node.ts";
import type { Expression } from "./ast.ts";
import { evaluate, type Contexts } from "./evaluate.ts";
import { findExpressions } from "./find-expressions.ts";
import { print } from "./print.ts";
import { openObject, UNKNOWN } from "./values.ts";

/** What the conditions around a step say of the runs that get to it. */
export interface Guards {
  /** Whether a run of the event may get to it; of a pull request, whether one from a fork may, or one whose author is a stranger. */
  readonly lets: (event: string, by: Who) => boolean;
  /** Whether a context's value is one of some texts of the author: `github.ref == 'refs/heads/main'`. */
  readonly fixes: (path: string) => boolean;
}

type Who = "anybody" | "outsider" | "author";

/** Reads conditions that all must be true: the job's `if` and the step's. What cannot be decided lets everything through. */
export function guardsOf(conditions: readonly (Scalar | undefined)[]): Guards {
  const read = conditions.flatMap((condition) => {
    const { parts, problems } = findExpressions(condition?.text ?? "", { isCondition: condition !== undefined });
    const [part] = parts;
    // A text around `${{ }}` is true whatever it holds.
    if (parts.length !== 1 || problems.length > 0 || part?.kind !== "expression" || part.expression === undefined)
      return [];
    return [part.expression];
  });
  return {
    lets: (event, by) => read.every((condition) => isPossible(condition, event, by)),
    fixes: (path) => read.some((condition) => isFixed(condition, path)),
  };
}

function isPossible(condition: Expression, event: string, by: Who): boolean {
  const mayBeOwn = isPullRequest(event) && by === "anybody";
  const asked = by === "author" ? withoutTrusted(condition) : condition;
  const result = evaluate(mayBeOwn ? asked : withoutOwn(asked), runOf(event));
  if (result.kind === "unknown") return result.truthy !== false;
  return result.kind === "error" || Boolean(result.value);
}

/** What every run of an event has in common. Source: docs.github.com, "github context"; GitHub's webhook schemas. */
function runOf(event: string): Contexts {
  return {
    github: openObject({
      event_name: event,
      ...(isPullRequest(event) ? {} : { head_ref: "", base_ref: "" }),
      event: openObject({
        pull_request: isPullRequest(event) ? UNKNOWN : null,
        ...(/^issue/.test(event) ? {} : { issue: null }),
        ...(event === "workflow_run" ? {} : { workflow_run: null }),
      }),
    }),
  };
}

function isPullRequest(event: string): boolean {
  return /^pull_request/.test(event);
}

/**
 * The repository of a pull request's branch, and the workflow's own. `head.repo.fork` says less: it is null, which is as good as
 * false, once the fork has been deleted.
 */
const OF_HEAD = /^github\.event\.pull_request\.head\.repo\.(?:full_name|id|node_id)$/i;
const OF_OWN =
  /^github\.(?:repository(?:_id)?|event\.(?:repository|pull_request\.base\.repo)\.(?:full_name|id|node_id))$/i;

/** A repository that is written out: no stranger's. */
const NAMED = /^'[\w.-]+\/[\w.-]+'$/;

/** The condition where the branch is none of the own repository: such comparisons are false, whatever that is called. */
function withoutOwn(condition: Expression): Expression {
  switch (condition.kind) {
    case "logical":
      return { ...condition, operands: condition.operands.map(withoutOwn) };
    case "not":
      return { ...condition, operand: withoutOwn(condition.operand) };
    case "comparison": {
      const { operator, left, right, start, end } = condition;
      const sides = [print(left), print(right)];
      const isAsked =
        sides.some((side) => OF_HEAD.test(side)) && sides.some((side) => OF_OWN.test(side) || NAMED.test(side));
      if (!isAsked || (operator !== "==" && operator !== "!=")) return condition;
      return { kind: "literal", value: operator === "!=", start, end };
    }
    default:
      return condition;
  }
}

/** How the author of a pull request stands to the repository; a comment's author is somebody else. */
const ASSOCIATION = /^github\.event\.(?:issue|pull_request)\.author_association$/i;

const TRUSTED: ReadonlySet<unknown> = new Set(["owner", "member", "collaborator"]);

/** The condition where a stranger wrote the code: comparisons with those who may write are false. */
function withoutTrusted(condition: Expression): Expression {
  const { start, end } = condition;
  switch (condition.kind) {
    case "logical":
      return { ...condition, operands: condition.operands.map(withoutTrusted) };
    case "not":
      return { ...condition, operand: withoutTrusted(condition.operand) };
    case "comparison": {
      const { operator, left, right } = condition;
      const isAsked = [left, right].some((side) => ASSOCIATION.test(print(side)));
      const isTrusted = [left, right].some((side) => side.kind === "literal" && isTrustedName(side.value));
      if (!isAsked || !isTrusted || (operator !== "==" && operator !== "!=")) return condition;
      return { kind: "literal", value: operator === "!=", start, end };
    }
    case "call": {
      const [list, item] = condition.args;
      if (condition.name.toLowerCase() !== "contains" || list === undefined || item === undefined) return condition;
      const names = evaluate(list);
      const isAsked = ASSOCIATION.test(print(item)) && names.kind === "value" && Array.isArray(names.value);
      return isAsked && names.value.every(isTrustedName) ? { kind: "literal", value: false, start, end } : condition;
    }
    default:
      return condition;
  }
}

function isTrustedName(value: unknown): boolean {
  return typeof value === "string" && TRUSTED.has(value.toLowerCase());
}

function isFixed(condition: Expression, path: string): boolean {
  switch (condition.kind) {
    case "logical":
      return condition.operator === "&&"
        ? condition.operands.some((operand) => isFixed(operand, path))
        : condition.operands.every((operand) => isFixed(operand, path));
    case "comparison": {
      const { operator, left, right } = condition;
      if (operator !== "==") return false;
      return (isPath(left, path) && isText(right)) || (isPath(right, path) && isText(left));
    }
    case "call": {
      const [list, item] = condition.args;
      if (condition.name.toLowerCase() !== "contains" || list === undefined || item === undefined) return false;
      // In a text `contains` finds any part of it.
      const texts = evaluate(list);
      return isPath(item, path) && texts.kind === "value" && Array.isArray(texts.value);
    }
    default:
      return false;
  }
}

function isPath(expression: Expression, path: string): boolean {
  return print(expression).toLowerCase() === path.toLowerCase();
}

function isText(expression: Expression): boolean {
  return expression.kind === "literal" && typeof expression.value === "string";
}

import { visitExpressions, type Expression } from "../../expressions/ast.ts";
import { findExpressions } from "../../expressions/find-expressions.ts";
import { evaluate, type Contexts, type EvaluateOptions } from "../../expressions/evaluate.ts";
import { isTruthy, toText, type Value } from "../../expressions/values.ts";

/** An expression that GitHub would fail on, or whose value nobody here can know. */
export class EvaluationError extends Error {
  override readonly name = "EvaluationError";
}

/** What `${{ }}` sees at one point of a job. */
export interface Scene {
  readonly contexts: Contexts;
  readonly status: EvaluateOptions["status"];
}

/**
 * A text with its expressions replaced by their values.
 *
 * @throws EvaluationError
 */
export function evaluateText(text: string, scene: Scene): string {
  if (!text.includes("${{")) return text;
  const { parts, problems } = findExpressions(text);
  const [problem] = problems;
  if (problem !== undefined) throw new EvaluationError(problem.message);
  return parts
    .map((part) => {
      if (part.kind === "text") return text.slice(part.start, part.end);
      if (part.kind === "directive" || part.expression === undefined)
        throw new EvaluationError(`${text} cannot be read`);
      return toText(valueOf(part.expression, text.slice(part.innerStart, part.innerEnd), scene));
    })
    .join("");
}

/** The value of a text that is one expression and nothing else; undefined for any other. */
export function evaluateValue(text: string, scene: Scene): Value | undefined {
  const { parts } = findExpressions(text);
  const [part] = parts;
  if (parts.length !== 1 || part?.kind !== "expression" || part.expression === undefined) return undefined;
  return valueOf(part.expression, text.slice(part.innerStart, part.innerEnd), scene);
}

/**
 * Whether an `if:` holds. Without one of `success()`, `failure()`, `cancelled()` and `always()` it asks for `success()` as well:
 * docs.github.com, "Expressions", Status check functions.
 *
 * @throws EvaluationError
 */
export function evaluateCondition(text: string | undefined, scene: Scene): boolean {
  const succeeded = scene.status?.success !== false;
  if (text === undefined || text.trim() === "") return succeeded;
  const { parts, problems } = findExpressions(text, { isCondition: true });
  const [problem] = problems;
  if (problem !== undefined) throw new EvaluationError(problem.message);
  const asksForStatus = parts.some(
    (part) => part.kind === "expression" && part.expression !== undefined && asksForStatusIn(part.expression),
  );
  if (!asksForStatus && !succeeded) return false;
  const [part] = parts;
  // Text beside `${{ }}` makes a text of it all, and that is true.
  if (parts.length !== 1 || part?.kind !== "expression") return true;
  if (part.expression === undefined) throw new EvaluationError(`${text} cannot be read`);
  return isTruthy(valueOf(part.expression, text.slice(part.innerStart, part.innerEnd), scene));
}

const STATUS_FUNCTIONS: ReadonlySet<string> = new Set(["success", "failure", "cancelled", "always"]);

function asksForStatusIn(expression: Expression): boolean {
  let asks = false;
  visitExpressions(expression, (inner) => {
    if (inner.kind === "call") asks ||= STATUS_FUNCTIONS.has(inner.name.toLowerCase());
  });
  return asks;
}

function valueOf(expression: Expression, written: string, { contexts, status = {} }: Scene): Value {
  const found = evaluate(expression, contexts, { status });
  if (found.kind === "value") return found.value;
  if (found.kind === "error") throw new EvaluationError(`\${{ ${written} }}: ${found.message}`);
  throw new EvaluationError(`the value of \${{ ${written} }} is not known here`);
}

import { findExpressions, type Part } from "../../expressions/find-expressions.ts";
import { parse } from "../../expressions/parse.ts";
import type { Expression } from "../../expressions/ast.ts";
import { remember } from "../../ir/remember.ts";

/** The pieces of a text with `${{ }}` in it. */
export function partsOf(text: string): readonly Part[] {
  return findExpressions(text).parts;
}

/** The same of an `if:`. */
export function partsOfCondition(text: string): readonly Part[] {
  return findExpressions(text, { isCondition: true }).parts;
}

/** An expression without brackets; undefined where it is none. */
export const expressionOf = remember((text): Expression | undefined => {
  const parsed = parse(text);
  return parsed.kind === "expression" ? parsed.expression : undefined;
});

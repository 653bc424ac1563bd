import { findExpressions, type Part } from "../../expressions/find-expressions.ts";
import { parse } from "../../expressions/parse.ts";
import type { Expression } from "../../expressions/ast.ts";

/** More texts than this are not remembered: a run asks for the same few thousand time and again. */
const MOST_TEXTS = 10_000;

const parts = new Map<string, readonly Part[]>();
const conditions = new Map<string, readonly Part[]>();
const expressions = new Map<string, Expression | undefined>();

/** The pieces of a text with `${{ }}` in it; each text is parsed once, whatever step, world or job asks. */
export function partsOf(text: string): readonly Part[] {
  return remember(parts, text, () => findExpressions(text).parts);
}

/** The same of an `if:`. */
export function partsOfCondition(text: string): readonly Part[] {
  return remember(conditions, text, () => findExpressions(text, { isCondition: true }).parts);
}

/** An expression without brackets; undefined where it is none. */
export function expressionOf(text: string): Expression | undefined {
  return remember(expressions, text, () => {
    const parsed = parse(text);
    return parsed.kind === "expression" ? parsed.expression : undefined;
  });
}

function remember<V>(known: Map<string, V>, text: string, make: () => V): V {
  const found = known.get(text);
  if (found !== undefined) return found;
  if (known.size >= MOST_TEXTS) known.clear();
  const made = make();
  known.set(text, made);
  return made;
}

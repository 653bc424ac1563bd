import { findExpressions } from "../expressions/find-expressions.ts";
import type { Expression } from "../expressions/ast.ts";
import type { TextValue, Value } from "./value.ts";

/** A piece of a script whose text is not known when it is parsed. */
export type Hole = ExpressionHole | ValueHole;

interface ExpressionHole {
  readonly kind: "expression";
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly expression: Expression | undefined;
}

interface ValueHole {
  readonly kind: "value";
  readonly start: number;
  readonly end: number;
  readonly value: Value;
}

/** A script, and the same with letters in place of its holes, so that offsets are equal. */
export interface HoledText {
  readonly text: string;
  readonly masked: string;
  readonly holes: readonly Hole[];
}

/** No keyword, and good in every place: a name, a word, a number in arithmetic. */
const MASK = "Q";

/** The text of a `run:`, with its `${{ }}` as holes. */
export function maskExpressions(text: string): HoledText {
  const holes: Hole[] = [];
  for (const part of findExpressions(text).parts) {
    if (part.kind === "text") continue;
    const { start, end } = part;
    if (part.kind === "directive")
      holes.push({ kind: "expression", start, end, text: part.name, expression: undefined });
    else {
      const inner = text.slice(part.innerStart, part.innerEnd);
      holes.push({ kind: "expression", start, end, text: inner, expression: part.expression });
    }
  }
  return { text, masked: mask(text, holes), holes };
}

/** A text that is known in pieces; the others are holes, shown as `<…>`. */
export function maskValue(value: TextValue): HoledText {
  const holes: Hole[] = [];
  let text = "";
  for (const fragment of value.fragments) {
    if (fragment.kind === "literal") {
      text += fragment.text;
      continue;
    }
    const start = text.length;
    text += fragment.kind === "reference" ? `<${fragment.id}>` : `<${fragment.kind}>`;
    holes.push({ kind: "value", start, end: text.length, value: { kind: "text", fragments: [fragment] } });
  }
  return { text, masked: mask(text, holes), holes };
}

function mask(text: string, holes: readonly Hole[]): string {
  if (holes.length === 0) return text;
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end } of holes) {
    pieces.push(text.slice(at, start), MASK.repeat(end - start));
    at = end;
  }
  pieces.push(text.slice(at));
  return pieces.join("");
}

/** The holes that begin in a piece of the text. */
export function holesIn(holes: readonly Hole[], start: number, end: number): readonly Hole[] {
  if (holes.length === 0) return holes;
  let low = 0;
  let high = holes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((holes[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  let last = low;
  while (last < holes.length && (holes[last]?.start ?? 0) < end) last++;
  return low === last ? [] : holes.slice(low, last);
}

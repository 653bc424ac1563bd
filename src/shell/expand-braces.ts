import type { Part } from "./word.ts";

/** `{`, `,` and `}` that are not quoted; each is a literal again where no braces are expanded. */
export interface BraceMark {
  readonly mark: "{" | "," | "}";
  readonly start: number;
}

/** `{1..3}` */
export interface BraceRange {
  readonly alternatives: readonly Part[];
}

export type BraceItem = Part | BraceMark | BraceRange;

/** More words than this do not come of one. */
const MOST_WORDS = 64;

/** Expands braces as bash does, from left to right; undefined where too many words would come of it. */
export function expandBraces(items: readonly BraceItem[]): readonly (readonly Part[])[] | undefined {
  const budget = { left: MOST_WORDS * 4 };
  const words = expand(items, budget);
  return words.length > MOST_WORDS || budget.left < 0 ? undefined : words;
}

function expand(items: readonly BraceItem[], budget: { left: number }): readonly (readonly Part[])[] {
  if (--budget.left < 0) return [];
  for (const [index, item] of items.entries()) {
    if ("alternatives" in item) {
      const middle = item.alternatives.map((part) => [part]);
      return combine(items.slice(0, index), middle, items.slice(index + 1), budget);
    }
    if (!("mark" in item) || item.mark !== "{") continue;
    const group = readGroup(items, index);
    if (group === undefined) continue;
    const middle = group.pieces.flatMap((piece) => expand(piece, budget));
    return combine(items.slice(0, index), middle, items.slice(group.end), budget);
  }
  return [items.map(asPart)];
}

function combine(
  before: readonly BraceItem[],
  middle: readonly (readonly Part[])[],
  after: readonly BraceItem[],
  budget: { left: number },
): readonly (readonly Part[])[] {
  const prefix = before.map(asPart);
  const tails = expand(after, budget);
  if (middle.length * tails.length > MOST_WORDS) budget.left = -1;
  if (budget.left < 0) return [];
  return middle.flatMap((parts) => tails.map((tail) => [...prefix, ...parts, ...tail]));
}

/** The pieces between the commas of the group that opens here; undefined where it does not close or has no comma. */
function readGroup(items: readonly BraceItem[], open: number) {
  const pieces: BraceItem[][] = [];
  let piece: BraceItem[] = [];
  let depth = 0;
  for (let at = open + 1; at < items.length; at++) {
    const item = items[at];
    if (item === undefined) break;
    const mark = "mark" in item ? item.mark : undefined;
    if (mark === "}" && depth === 0) {
      if (pieces.length === 0) return undefined;
      return { pieces: [...pieces, piece], end: at + 1 };
    }
    if (mark === "," && depth === 0) {
      pieces.push(piece);
      piece = [];
      continue;
    }
    if (mark === "{") depth++;
    if (mark === "}") depth--;
    piece.push(item);
  }
  return undefined;
}

function asPart(item: BraceItem): Part {
  if ("mark" in item)
    return { kind: "literal", start: item.start, end: item.start + 1, quoted: false, text: item.mark };
  if ("alternatives" in item) throw new TypeError("a range has its own words");
  return item;
}

/** The words of `{1..5}`, `{a..e}`, `{01..10..2}`; undefined where it is none, or a long one. */
export function readRange(text: string): readonly string[] | undefined {
  const numbers = /^\{(-?\d{1,9})\.\.(-?\d{1,9})(?:\.\.(-?\d{1,9}))?\}$/.exec(text);
  const letters = numbers === null ? /^\{([A-Za-z])\.\.([A-Za-z])(?:\.\.(-?\d{1,9}))?\}$/.exec(text) : null;
  const [, from = "", to = "", by = "1"] = numbers ?? letters ?? [];
  if (from === "") return undefined;
  const first = letters === null ? Number(from) : from.charCodeAt(0);
  const last = letters === null ? Number(to) : to.charCodeAt(0);
  const step = Math.abs(Number(by)) || 1;
  if (Math.abs(last - first) / step >= MOST_WORDS) return undefined;
  const isPadded = /^-?0\d/.test(from) || /^-?0\d/.test(to);
  const width = isPadded ? Math.max(from.length, to.length) : 0;
  const words: string[] = [];
  for (let at = first; first <= last ? at <= last : at >= last; at += first <= last ? step : -step)
    words.push(letters === null ? pad(at, width) : String.fromCharCode(at));
  return words;
}

function pad(number: number, width: number): string {
  const digits = String(Math.abs(number));
  return number < 0 ? `-${digits.padStart(width - 1, "0")}` : digits.padStart(width, "0");
}

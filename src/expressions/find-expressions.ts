import type { Expression } from "./ast.ts";
import { depthOf } from "./ast.ts";
import { MOST_ARGUMENTS } from "./function-names.ts";
import { remember } from "../ir/remember.ts";
import { MOST_CHARACTERS, MOST_LEVELS, parse } from "./parse.ts";
import type { ExpressionProblem } from "./problem.ts";
import { dropSpaces, isWhiteSpace, skipSpaces } from "./white-space.ts";

/** Text outside of `${{ }}`. */
export interface TextPart {
  readonly kind: "text";
  readonly start: number;
  readonly end: number;
}

/** An expression in its place: with `${{` and `}}`, or a whole condition that has none. */
export interface ExpressionPart {
  readonly kind: "expression";
  readonly start: number;
  readonly end: number;
  /** The expression itself, without brackets and the spaces around it. */
  readonly innerStart: number;
  readonly innerEnd: number;
  /** Undefined where it cannot be parsed: a problem says why. */
  readonly expression: Expression | undefined;
}

/** `${{ insert }}`, which GitHub knows as the key of a mapping. */
export interface DirectivePart {
  readonly kind: "directive";
  readonly start: number;
  readonly end: number;
  readonly name: "insert";
}

export type Part = TextPart | ExpressionPart | DirectivePart;

export interface FoundExpressions {
  /** The text in its pieces, in order and without a gap; empty where it holds no expression. */
  readonly parts: readonly Part[];
  /** Everything that is wrong, not only the first. */
  readonly problems: readonly ExpressionProblem[];
}

export interface FindOptions {
  /** The text is an `if:`, which is an expression even without `${{ }}`. */
  readonly isCondition?: boolean;
}

const OPEN = "${{";
const QUOTE = 39;
const BRACE = 125;
const NONE: FoundExpressions = { parts: [], problems: [] };

/**
 * Cuts the text of a scalar into plain text and expressions, and parses each. Offsets are those of the text.
 *
 * @example
 * findExpressions("v${{ matrix.node }}").parts; // text "v", expression `matrix.node`
 * findExpressions("success()", { isCondition: true }).parts; // expression `success()`
 */
export function findExpressions(text: string, { isCondition = false }: FindOptions = {}): FoundExpressions {
  if (isCondition) return findInCondition(text);
  return text.includes(OPEN) ? findInText(text) : NONE;
}

const findInCondition = remember((text) => find(text, true));
const findInText = remember((text) => find(text, false));

function find(text: string, isCondition: boolean): FoundExpressions {
  const first = text.indexOf(OPEN);
  if (first < 0) return isCondition ? readBareCondition(text) : NONE;
  const parts: Part[] = [];
  const problems: ExpressionProblem[] = [];
  const closing = closeFinder(text);
  let at = 0;
  let open = first;
  while (open >= 0) {
    const close = closing(open);
    if (close < 0) {
      problems.push(unclosed(open, text.length));
      // GitHub stops here. The rest may hold more that is wrong, and a stray quote is no reason to keep it back.
      open = text.indexOf(OPEN, open + OPEN.length);
      continue;
    }
    if (open > at) parts.push({ kind: "text", start: at, end: open });
    parts.push(readPlaceholder(text, open, close, problems));
    at = close;
    open = text.indexOf(OPEN, close);
  }
  if (at < text.length) parts.push({ kind: "text", start: at, end: text.length });
  if (problems.length === 0) checkWhole(text, parts, isCondition, problems);
  return { parts, problems };
}

/**
 * Finds where a placeholder ends: behind the first `}}` that is not in a string; -1 where there is none. Places must be
 * asked for in order. Two searches for nothing are the most there can be: one for each way in which the quotes may pair.
 */
function closeFinder(text: string): (open: number) => number {
  const isHopeless = [false, false];
  let counted = 0;
  let parity = 0;
  return (open) => {
    for (; counted < open; counted++) if (text.charCodeAt(counted) === QUOTE) parity ^= 1;
    if (isHopeless[parity] === true) return -1;
    const close = findClose(text, open);
    if (close < 0) isHopeless[parity] = true;
    return close;
  };
}

function findClose(text: string, open: number): number {
  let isInString = false;
  for (let at = open + OPEN.length; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // A quote that is escaped by another ends the string and begins it anew.
    if (code === QUOTE) isInString = !isInString;
    else if (!isInString && code === BRACE && text.charCodeAt(at - 1) === BRACE) return at + 1;
  }
  return -1;
}

function readPlaceholder(text: string, start: number, end: number, problems: ExpressionProblem[]): Part {
  const innerStart = skipSpaces(text, start + OPEN.length, end - 2);
  const innerEnd = dropSpaces(text, innerStart, end - 2);
  if (isInsert(text, innerStart, innerEnd)) {
    if (innerEnd - innerStart > "insert".length) {
      const message = "Exactly 0 parameter(s) were expected following the directive 'insert'.";
      problems.push({ code: "directive", message, start: innerStart, end: innerEnd });
    } else if (start > 0 || end < text.length) {
      const message =
        "The directive 'insert' is not allowed in this context. Directives are not supported for expressions that are embedded within a string. Directives are only supported when the entire value is an expression.";
      problems.push({ code: "directive", message, start: innerStart, end: innerEnd });
    }
    return { kind: "directive", start, end, name: "insert" };
  }
  const parsed = parse(text, { start: innerStart, end: innerEnd });
  if (parsed.kind === "empty")
    problems.push({ code: "empty", message: "An expression was expected between ${{ and }}", start, end });
  if (parsed.kind === "error") problems.push(parsed.problem);
  const expression = parsed.kind === "expression" ? parsed.expression : undefined;
  return { kind: "expression", start, end, innerStart, innerEnd, expression };
}

function isInsert(text: string, start: number, end: number): boolean {
  if (!text.startsWith("insert", start)) return false;
  const after = start + "insert".length;
  return after === end || (after < end && isWhiteSpace(text.charCodeAt(after)));
}

/** An `if:` without `${{ }}`; an empty one is `success()`, and holds no expression. */
function readBareCondition(text: string): FoundExpressions {
  const innerStart = skipSpaces(text, 0, text.length);
  const innerEnd = dropSpaces(text, innerStart, text.length);
  const parsed = parse(text, { start: innerStart, end: innerEnd });
  if (parsed.kind === "empty") return NONE;
  const expression = parsed.kind === "expression" ? parsed.expression : undefined;
  const part: ExpressionPart = { kind: "expression", start: 0, end: text.length, innerStart, innerEnd, expression };
  return { parts: [part], problems: parsed.kind === "error" ? [parsed.problem] : [] };
}

/** What goes wrong when GitHub makes one `format(…)` of text and placeholders. */
function checkWhole(text: string, parts: readonly Part[], isCondition: boolean, problems: ExpressionProblem[]): void {
  const texts = parts.filter((part) => part.kind === "text");
  if (isCondition && texts.length > 0) problems.push(alwaysTrue(text, texts));
  if (parts.length < 2) return;
  const whole = { start: 0, end: text.length };
  let length = "format('')".length;
  let index = 0;
  for (const part of parts) {
    if (part.kind === "text") length += escapedLength(text, part.start, part.end);
    if (part.kind !== "expression") continue;
    length += part.innerEnd - part.innerStart + ", {}".length + String(index++).length;
    if (part.expression !== undefined && depthOf(part.expression) >= MOST_LEVELS) {
      const message = `Exceeded max expression depth ${MOST_LEVELS}: text around the expression adds a level`;
      problems.push({ code: "too-deep", message, start: part.innerStart, end: part.innerEnd });
    }
  }
  if (length > MOST_CHARACTERS) {
    const message = `Exceeded max expression length ${MOST_CHARACTERS}: GitHub makes one expression of a text with \${{ }} in it, and this one has ${length} characters. Pass the values in environment variables, and the text may be as long as you like`;
    problems.push({ code: "too-long", message, ...whole });
  }
  if (index + 1 > MOST_ARGUMENTS) {
    const message = `Too many parameters supplied: GitHub makes one format() of a text with \${{ }} in it, and that takes ${MOST_ARGUMENTS - 1} values, not ${index}`;
    problems.push({ code: "too-many-arguments", message, ...whole });
  }
}

/** GitHub doubles the quotes and the braces of the text. */
function escapedLength(text: string, start: number, end: number): number {
  let length = end - start;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 39 || code === 123 || code === 125) length++;
  }
  return length;
}

function unclosed(start: number, end: number): ExpressionProblem {
  const message =
    "The expression is not closed. An unescaped ${{ sequence was found, but the closing }} sequence was not found.";
  return { code: "unclosed", message, start, end };
}

function alwaysTrue(text: string, texts: readonly TextPart[]): ExpressionProblem {
  const isBlank = texts.every(({ start, end }) => skipSpaces(text, start, end) === end);
  const culprit = isBlank ? "the space or line break" : "the text";
  const advice = isBlank
    ? "leave ${{ and }} out, or write `if: >-` to drop the line break"
    : "put the whole condition into one ${{ }}, or leave ${{ and }} out";
  const message = `This condition is always true: ${culprit} outside of \${{ }} makes it a text that is not empty. To mend it, ${advice}`;
  return { code: "always-true", message, start: 0, end: text.length };
}

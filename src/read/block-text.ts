import { CHOMPING_MODE, type ScalarEvent } from "js-yaml";

/** Where the lines of a block scalar end that are part of it: empty ones at its end are not, unless it keeps them. */
export function blockEnd(text: string, { valueStart, valueEnd, indent, chomping }: ScalarEvent): number {
  if (chomping === CHOMPING_MODE.KEEP) return valueEnd;
  let end = valueEnd;
  while (end > valueStart) {
    const lineStart = text.lastIndexOf("\n", end - 2) + 1;
    let at = lineStart;
    while (text.charCodeAt(at) === SPACE) at++;
    const isEmpty = at === end || (at === end - 1 && text.charCodeAt(at) === NEWLINE);
    if (!isEmpty || at - lineStart > indent) break;
    end = lineStart;
  }
  return end;
}

/** The text of a literal block scalar (`|`) whose lines end at an offset. */
export function literalText(text: string, { valueStart, indent, chomping }: ScalarEvent, end: number): string {
  let result = "";
  let at = valueStart;
  while (at < end) {
    const found = text.indexOf("\n", at);
    const lineEnd = found < 0 || found >= end ? end : found + 1;
    // A line of spaces may have fewer of them than the indentation.
    const from = Math.min(at + indent, found < 0 ? lineEnd : lineEnd - 1);
    result += text.slice(from, lineEnd);
    at = lineEnd;
  }
  const hasBreak = result.endsWith("\n");
  if (chomping === CHOMPING_MODE.STRIP) return hasBreak ? result.slice(0, -1) : result;
  return hasBreak ? result : `${result}\n`;
}

const SPACE = 32;
const NEWLINE = 10;

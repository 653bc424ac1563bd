import { ESCAPED, LINE_BREAK, LONE_SURROGATE } from "./text-traits.ts";

const SPACE = 0x20;
const LINE_FEED = 0x0a;

/** The levels of indentation are two columns each, as prettier indents. */
const INDENT = 2;

/**
 * Whether `|` can hold a text: it has several lines, nothing to escape, and its last line that is not empty holds more than
 * blanks. Readers disagree whether a last line of blanks belongs to the text (js-yaml: yes, `yaml`: no).
 */
export function fitsLiteral(text: string, traits: number): boolean {
  if ((traits & LINE_BREAK) === 0 || (traits & (ESCAPED | LONE_SURROGATE)) !== 0) return false;
  let at = text.length - 1;
  while (at >= 0 && text.charCodeAt(at) === LINE_FEED) at--;
  for (; at >= 0; at--) {
    const code = text.charCodeAt(at);
    if (code === LINE_FEED) return false;
    if (code !== SPACE && code !== 9) return true;
  }
  return false;
}

/** `|`, `|-`, `|+`, with the indentation where a reader could not find it by itself: `|2-`. */
export function literalHeader(text: string): string {
  const indicator = needsIndicator(text) ? String(INDENT) : "";
  if (!text.endsWith("\n")) return `|${indicator}-`;
  return keepsBlankLines(text) ? `|${indicator}+` : `|${indicator}`;
}

/** Whether blank lines behind the block would become part of the text. */
export function keepsBlankLines(text: string): boolean {
  return text.endsWith("\n\n");
}

/** A reader takes the indentation of the first line that is not empty. */
function needsIndicator(text: string): boolean {
  let at = 0;
  while (text.charCodeAt(at) === LINE_FEED) at++;
  return text.charCodeAt(at) === SPACE;
}

/** The lines of the block, each indented and ended. */
export function literalLines(text: string, indent: string): string {
  const end = text.endsWith("\n") ? text.length - 1 : text.length;
  let out = "";
  for (let start = 0; start <= end;) {
    let stop = text.indexOf("\n", start);
    if (stop === -1 || stop > end) stop = end;
    out += start === stop ? "\n" : `${indent}${text.slice(start, stop)}\n`;
    start = stop + 1;
  }
  return out;
}

import type { Node } from "../ir/any-node.ts";
import type { Scalar } from "../ir/node.ts";
import { numericEscape } from "./print-scalar.ts";
import { ESCAPED, LINE_BREAK, LONE_SURROGATE, traitsOf } from "./text-traits.ts";

/** Lines of comment, without `#`; `null` is an empty line. */
export type CommentLines = readonly (string | null)[];

/** What stands above an entry or item: a blank line, comments. Undefined: nothing. */
export function linesAbove(key: Scalar | undefined, value: Node): CommentLines | undefined {
  const own = key?.comments?.before;
  const inner = value.comments?.before;
  const space = (key ?? (value.kind === "scalar" ? value : undefined))?.spaceBefore === true;
  if (own === undefined && inner === undefined && !space) return undefined;
  return [...(space ? [null] : []), ...(own ?? []), ...(inner ?? [])];
}

/** A comment as it stands in the file. What no YAML file can hold stands there as an escape. */
export function printComment(text: string): string {
  let line = text;
  if ((traitsOf(text) & (LINE_BREAK | ESCAPED | LONE_SURROGATE)) !== 0) line = escapeUnprintable(text);
  return `#${line.trimEnd()}`;
}

/** A comment that was given with line breaks is several lines of comment. */
export function splitLines(lines: CommentLines): CommentLines {
  return lines.some((line) => line?.includes("\n")) ? lines.flatMap((line) => line?.split("\n") ?? [null]) : lines;
}

const UNPRINTABLE =
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function escapeUnprintable(text: string): string {
  return text.replaceAll("\n", " ").replace(UNPRINTABLE, (char) => numericEscape(char.charCodeAt(0)));
}

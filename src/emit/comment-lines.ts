import type { Node } from "../ir/any-node.ts";
import type { Scalar } from "../ir/node.ts";
import { entriesOfAny, isEmpty, itemsOf } from "./entries.ts";
import { numericEscape } from "./print-scalar.ts";
import { ESCAPED, LINE_BREAK, LONE_SURROGATE, traitsOf } from "./text-traits.ts";

/** Lines of comment, without `#`; `null` is an empty line. */
export type CommentLines = readonly (string | null)[];

/**
 * What stands above an entry or item: blank lines and comments. Undefined: nothing.
 *
 * @param lists how many lists, each an item of the one before, the item is in; 0 for an entry
 */
export function linesAbove(key: Scalar | undefined, value: Node, lists: number): CommentLines | undefined {
  const spaced = key ?? (value.kind === "scalar" ? value : undefined);
  const hasSpace = spaced?.spaceBefore === true;
  if (!hasSpace && key?.comments === undefined && value.comments === undefined) return undefined;
  const { before = [], end = [] } = value.comments ?? {};
  return [
    ...(hasSpace ? [null] : []),
    ...(key?.comments?.before ?? []),
    ...before,
    ...(end.length > 0 && !mayEndWithComments(value, lists) ? end : []),
  ];
}

/**
 * Whether comments may stand behind a collection's last entry; else they stand above the collection. They cannot inside `[]` and
 * `{}`. In a list of lists prettier takes them for those of another list, and behind a block scalar that ends with blank lines
 * or with blanks, it adds a line each time it runs, or takes away the file's last line break.
 */
export function mayEndWithComments(node: Node, lists: number): boolean {
  if (node.kind === "sequence") lists++;
  return lists <= 1 && node.kind !== "scalar" && !isEmpty(node) && !endsWithBlanks(node);
}

function endsWithBlanks(node: Node): boolean {
  if (node.kind === "scalar") return typeof node.value === "string" && /\n\n$|[ \t]\n$|\n.*[ \t]$/.test(node.value);
  const last = node.kind === "sequence" ? itemsOf(node).at(-1) : entriesOfAny(node).at(-1)?.value;
  return last !== undefined && endsWithBlanks(last);
}

/** Whether comments stand behind the last entry of an item. */
export function itemEndsWithComments(item: Node): boolean {
  return item.kind !== "sequence" && !!item.comments?.end?.length;
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

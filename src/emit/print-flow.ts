import type { Node } from "../ir/any-node.ts";
import type { Scalar } from "../ir/node.ts";
import { isAscii, surelyFits } from "./columns.ts";
import { entriesOfAny, itemsOf } from "./entries.ts";

/** How what stands inside `[ ]` and `{ }` is written. */
export interface FlowWords {
  readonly key: (key: Scalar) => string;
  readonly scalar: (node: Scalar) => string;
}

/** Whether everything in a collection can stand in flow style: no comments, anchors, aliases or scripts. */
export function fitsFlow(node: Node): boolean {
  if (node.comments?.end?.length) return false;
  switch (node.kind) {
    case "scalar":
      return typeof node.value !== "string" || !node.value.includes("\n");
    case "sequence":
      return itemsOf(node).every(fitsInside);
    default:
      return entriesOfAny(node).every(({ key, value }) => key.comments === undefined && fitsInside(value));
  }
}

function fitsInside(node: Node): boolean {
  if (node.anchor !== undefined || node.alias !== undefined) return false;
  return node.comments?.trailing === undefined && !node.comments?.before?.length && fitsFlow(node);
}

/**
 * A collection in flow style, as prettier writes it: on one line within 80 columns, else one item a line. Undefined where
 * the columns cannot be counted.
 *
 * @param column where its line begins
 * @param indent the columns before its closing bracket, if it takes several lines
 * @param lead what stands before it on its line
 */
export function printFlow(node: Node, words: FlowWords, column: number, indent: number, lead = ""): string | undefined {
  const flat = printFlat(node, words);
  if (surelyFits(lead + flat, column)) return flat;
  return isAscii(lead + flat) ? printExpanded(node, words, indent) : undefined;
}

/** On one line, however long. */
function printFlat(node: Node, words: FlowWords): string {
  if (node.kind === "scalar") return words.scalar(node);
  if (node.kind === "sequence") {
    return `[${itemsOf(node)
      .map((item) => printFlat(item, words) || "null")
      .join(", ")}]`;
  }
  const entries = entriesOfAny(node);
  return entries.length === 0 ? "{}" : `{ ${entries.map((entry) => printEntry(entry, words)).join(", ")} }`;
}

function printEntry({ key, value }: { readonly key: Scalar; readonly value: Node }, words: FlowWords): string {
  const text = printFlat(value, words);
  return text === "" ? words.key(key) : `${words.key(key)}: ${text}`;
}

/** One item a line; the last one has a comma too. */
function printExpanded(node: Node, words: FlowWords, indent: number): string {
  if (node.kind === "scalar") return printFlat(node, words);
  const inner = indent + 2;
  const lines =
    node.kind === "sequence"
      ? itemsOf(node).map((item) => printWithin(item, words, inner))
      : entriesOfAny(node).map(({ key, value }) => {
          const flat = printEntry({ key, value }, words);
          if (!isCollection(value) || surelyFits(flat, inner + 1)) return flat;
          return `${words.key(key)}:\n${" ".repeat(inner + 2)}${printWithin(value, words, inner + 2)}`;
        });
  const margin = `\n${" ".repeat(inner)}`;
  const [open, close] = node.kind === "sequence" ? "[]" : "{}";
  return `${open}${lines.map((line) => `${margin}${line},`).join("")}\n${" ".repeat(indent)}${close}`;
}

/** On one line if a comma has room behind it. */
function printWithin(node: Node, words: FlowWords, indent: number): string {
  const flat = printFlat(node, words) || "null";
  return isCollection(node) && !surelyFits(flat, indent + 1) ? printExpanded(node, words, indent) : flat;
}

function isCollection(node: Node): boolean {
  return node.kind !== "scalar";
}

import type { FileNode } from "../ir/any-node.ts";
import { headerOf, withoutHeader } from "./header.ts";
import { printValue, type Printed } from "./print-value.ts";

export interface EmitOptions {
  /** The path of the TypeScript source, which the header names. */
  readonly source: string;
}

/**
 * Prints a workflow or action file, with the header. What was defined gets blank lines between jobs; what was read keeps its
 * own, and a header that it had gives way to this one.
 */
export function emitFile(node: FileNode, { source }: EmitOptions): Printed {
  const header = `${headerOf(source)}\n`;
  const firstLine = header.split("\n").length;
  const wasRead = node.span !== undefined;
  const { text, places } = printValue(node, { firstLine, separate: !wasRead });
  return { text: header + (wasRead ? withoutHeader(text) : text), places };
}

import type { FileNode } from "../ir/any-node.ts";
import { headerOf } from "./header.ts";
import { printValue, type Printed } from "./print-value.ts";

export interface EmitOptions {
  /** The path of the TypeScript source, which the header names. */
  readonly source: string;
}

/**
 * Prints a workflow or action file, with the header. What was defined gets blank lines between jobs; what was read keeps its
 * own.
 */
export function emitFile(node: FileNode, { source }: EmitOptions): Printed {
  const header = `${headerOf(source)}\n`;
  const firstLine = header.split("\n").length;
  const { text, places } = printValue(node, { firstLine, separate: node.span === undefined });
  return { text: header + text, places };
}

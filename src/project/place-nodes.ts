import type { FileNode } from "../ir/any-node.ts";
import type { BuilderCall } from "../ir/origin.ts";
import type { SourceFile, Span } from "../ir/span.ts";
import { rewrite } from "../ir/walk.ts";
import type { Positions } from "./lint/findings.ts";

/**
 * Gives the nodes of a definition the place of the builder call that they come from, for analyses that tell places. What they are
 * and where they were defined stays.
 *
 * @param texts by path: the sources, and the modules that they import
 */
export function placeNodes<T extends FileNode>(
  file: T,
  positions: Positions,
  texts: ReadonlyMap<string, SourceFile>,
): T {
  const known = new Map<BuilderCall, Span | undefined>();
  const spanOf = (call: BuilderCall): Span | undefined => {
    if (!known.has(call)) known.set(call, findSpan(call, positions, texts));
    return known.get(call);
  };
  return rewrite(file, (node) => {
    const span = node.origin?.call && spanOf(node.origin.call);
    return span === undefined ? node : { ...node, span };
  });
}

/** Where a builder's name stands in a source. */
export function findSpan(
  { builder, place }: BuilderCall,
  { mapPlace }: Positions,
  texts: ReadonlyMap<string, SourceFile>,
): Span | undefined {
  const captured = place();
  const found = captured && mapPlace(captured);
  const file = found && texts.get(found.file);
  const lineStart = found && file?.lineStarts()[found.line - 1];
  if (found === undefined || file === undefined || lineStart === undefined) return undefined;
  const start = lineStart + found.column - 1;
  return { file, start, end: file.text.startsWith(builder, start) ? start + builder.length : start };
}

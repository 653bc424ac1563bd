import type { Scalar, Value } from "../ir/node.ts";
import type { SourceFile, Span } from "../ir/span.ts";

/**
 * How many values, and ends of lists and mappings, a file may have once its aliases are written out: `c_maxYamlNodes` in
 * actions/runner, src/Sdk/WorkflowParser/Conversion/YamlObjectReader.cs.
 */
export const MOST_NODES = 50_000;

/** What an anchor names. */
export interface Anchored {
  /** Undefined while the anchored node is still being read. */
  value: Value | undefined;
  /** Nodes in it, aliases expanded. */
  size: number;
}

/** The anchored node's content under the alias's name and place. The content is shared, not copied. */
export function aliasNode(anchored: Value, name: string, span: Span): Value {
  return { ...anchored, span, alias: name, anchor: undefined, comments: undefined };
}

/** Nothing, where a value could be. */
export function nullNode(file: SourceFile, at: number): Scalar<null> {
  return {
    kind: "scalar",
    value: null,
    text: "",
    raw: undefined,
    style: "plain",
    tag: undefined,
    spaceBefore: undefined,
    span: { file, start: at, end: at },
    comments: undefined,
    anchor: undefined,
    alias: undefined,
  };
}

import type { Node } from "./any-node.ts";
import type { Mapping, Sequence, Value } from "./node.ts";
import { entriesOf, isNode } from "./walk.ts";

/** The content of a node, as it is written in YAML: keys in the author's order, what is unknown included. */
export function toValue(node: Node): Value {
  switch (node.kind) {
    case "scalar":
      return node;
    case "sequence":
      return { ...node, items: node.items.map(valueOf) } satisfies Sequence;
    case "mapping":
      return {
        ...node,
        entries: node.entries.map(({ key, value }) => ({ key, value: valueOf(value) })),
      } satisfies Mapping;
    default: {
      const { span, origin, comments, anchor, alias, flow } = node;
      const entries = entriesOf(node).map(({ key, value }) => ({ key, value: toValue(value) }));
      return { kind: "mapping", span, origin, comments, anchor, alias, flow, entries };
    }
  }
}

function valueOf(child: unknown): Value {
  if (!isNode(child)) throw new TypeError("a sequence or mapping of the IR holds something that is no node");
  return toValue(child);
}

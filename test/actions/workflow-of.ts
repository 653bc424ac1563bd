import { isMap, isScalar, isSeq, parseDocument, type Node } from "yaml";
import { workflowFromValue } from "../../src/ir/from-value.ts";
import { scalar, type Mapping, type ScalarValue, type Value } from "../../src/ir/node.ts";
import type { Workflow } from "../../src/ir/workflow.ts";

/** A workflow from YAML, without spans; comments behind scalars are kept. */
export function workflowOf(text: string): Workflow {
  return workflowFromValue(valueOf(parseDocument(text).contents) as Mapping).node;
}

function valueOf(node: unknown): Value {
  if (isSeq<Node>(node)) return { kind: "sequence", items: node.items.map(valueOf) };
  if (isMap<Node, Node>(node)) {
    const entries = node.items.map(({ key, value }) => ({ key: scalar(String(key)), value: valueOf(value) }));
    return { kind: "mapping", entries };
  }
  if (!isScalar(node)) return scalar(null);
  return scalar(node.value as ScalarValue, node.comment ? { comments: { trailing: node.comment } } : {});
}

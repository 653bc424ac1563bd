import type { Node } from "../ir/any-node.ts";
import type { Entry } from "../ir/node.ts";
import { fieldName } from "../ir/shapes/shape.ts";
import { entriesOf, isNode } from "../ir/walk.ts";

/** A mapping or a record of GitHub's syntax. */
export type KeyedNode = Exclude<Node, { readonly kind: "scalar" | "sequence" }>;
export type ListNode = Extract<Node, { readonly kind: "sequence" }>;

/** The keys and values of either kind, in the author's order. */
export function entriesOfAny(node: KeyedNode): readonly Entry<Node>[] {
  return node.kind === "mapping" ? (node.entries as readonly Entry<Node>[]) : entriesOf(node);
}

/** The first of them. */
export function firstEntryOf(node: KeyedNode): Entry<Node> | undefined {
  if (node.kind === "mapping") return node.entries[0] as Entry<Node> | undefined;
  const [key] = node.keys;
  const value: unknown = key && node.unknown.length === 0 ? Reflect.get(node, fieldName(key.text)) : undefined;
  return key !== undefined && isNode(value) ? { key, value } : entriesOf(node)[0];
}

export function itemsOf(node: ListNode): readonly Node[] {
  return node.items as readonly Node[];
}

/** Whether a node is `[]` or `{}`. */
export function isEmpty(node: Node): boolean {
  switch (node.kind) {
    case "scalar":
      return false;
    case "sequence":
      return node.items.length === 0;
    case "mapping":
      return node.entries.length === 0;
    default:
      return node.keys.length === 0;
  }
}

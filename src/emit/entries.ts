import type { Node } from "../ir/any-node.ts";
import type { Entry } from "../ir/node.ts";
import { entriesOf } from "../ir/walk.ts";

/** A mapping or a record of GitHub's syntax. */
export type KeyedNode = Exclude<Node, { readonly kind: "scalar" | "sequence" }>;
export type ListNode = Extract<Node, { readonly kind: "sequence" }>;

/** The keys and values of either kind, in the author's order. */
export function entriesOfAny(node: KeyedNode): readonly Entry<Node>[] {
  return node.kind === "mapping" ? (node.entries as readonly Entry<Node>[]) : entriesOf(node);
}

export function itemsOf(node: ListNode): readonly Node[] {
  return node.items as readonly Node[];
}

/** Whether a node is `[]` or `{}`. */
export function isEmpty(node: Node): boolean {
  if (node.kind === "scalar") return false;
  return (node.kind === "sequence" ? node.items : entriesOfAny(node)).length === 0;
}

import type { Node, RecordNode } from "./any-node.ts";
import type { Entry, Mapping, Scalar, Sequence } from "./node.ts";
import type { Path } from "./origin.ts";
import { fieldName } from "./shapes/shape.ts";

export type Kind = Node["kind"];
export type NodeOf<K extends Kind> = Extract<Node, { readonly kind: K }>;

/** One function a kind: a forgotten kind does not compile. */
export type Visitor<R> = { readonly [K in Kind]: (node: NodeOf<K>) => R };

/** Calls the visitor's function for the node's kind. */
export function visit<R>(node: Node, visitor: Visitor<R>): R {
  const handle = visitor[node.kind] as (node: Node) => R;
  return handle(node);
}

/** Whether a node has GitHub's keys rather than the author's. */
export function isRecord(node: Node): node is RecordNode {
  return node.kind !== "scalar" && node.kind !== "sequence" && node.kind !== "mapping";
}

/** The value of a record's key, known or unknown. */
export function fieldOf(node: RecordNode, key: string): Node | undefined {
  const known: unknown = Reflect.get(node, fieldName(key));
  if (isNode(known)) return known;
  return node.unknown.find((entry) => entry.key.text === key)?.value;
}

/** A record's keys and values in the author's order. A key that is written twice appears twice. */
export function entriesOf(node: RecordNode): readonly Entry<Node>[] {
  const entries: Entry<Node>[] = [];
  let unknown = 0;
  for (const key of node.keys) {
    // `unknown` is in the order of `keys`.
    const entry = node.unknown[unknown];
    if (entry?.key === key) {
      entries.push(entry);
      unknown++;
      continue;
    }
    const value: unknown = Reflect.get(node, fieldName(key.text));
    if (isNode(value)) entries.push({ key, value });
  }
  return entries;
}

/** The nodes directly below, each with its key or index. Keys themselves are not among them. */
export function childrenOf(node: Node): readonly (readonly [string | number, Node])[] {
  const children: (readonly [string | number, Node])[] = [];
  switch (node.kind) {
    case "scalar":
      break;
    case "sequence":
      node.items.forEach((item, index) => isNode(item) && children.push([index, item]));
      break;
    case "mapping":
      for (const { key, value } of node.entries) if (isNode(value)) children.push([key.text, value]);
      break;
    default:
      for (const { key, value } of entriesOf(node)) children.push([key.text, value]);
  }
  return children;
}

/** Visits a node and all below it, parents first, in the author's order. */
export function walk(node: Node, each: (node: Node, path: Path) => void, path: Path = []): void {
  each(node, path);
  for (const [part, child] of childrenOf(node)) walk(child, each, [...path, part]);
}

/** The same for those that need no path: it takes a third of the time. */
export function visitNodes(node: Node, each: (node: Node) => void): void {
  each(node);
  if (node.kind === "scalar") return;
  if (node.kind === "sequence") {
    for (const item of node.items) if (isNode(item)) visitNodes(item, each);
  } else {
    const entries: readonly Entry<unknown>[] = node.kind === "mapping" ? node.entries : entriesOf(node);
    for (const { value } of entries) if (isNode(value)) visitNodes(value, each);
  }
}

/**
 * Rebuilds a tree, children first: `change` gets each node with its children already changed. What does not change stays the
 * same object.
 */
export function rewrite<T extends Node>(node: T, change: (node: Node, path: Path) => Node, path: Path = []): T {
  return change(rewriteChildren(node, change, path), path) as T;
}

function rewriteChildren(node: Node, change: (node: Node, path: Path) => Node, path: Path): Node {
  const below = (child: unknown, part: string | number) =>
    isNode(child) ? rewrite(child, change, [...path, part]) : child;
  switch (node.kind) {
    case "scalar":
      return node;
    case "sequence": {
      const items = node.items.map(below);
      return items.every((item, index) => item === node.items[index])
        ? node
        : ({ ...node, items } satisfies Sequence<unknown>);
    }
    case "mapping": {
      const entries = node.entries.map((entry) => {
        const value = below(entry.value, entry.key.text);
        return value === entry.value ? entry : { key: entry.key, value };
      });
      return entries.every((entry, index) => entry === node.entries[index])
        ? node
        : ({ ...node, entries } satisfies Mapping<unknown>);
    }
    default: {
      const changed: Record<string, unknown> = {};
      for (const { key, value } of entriesOf(node)) {
        const after = below(value, key.text);
        const field = fieldName(key.text);
        if (after !== value && Reflect.get(node, field) === value) changed[field] = after;
      }
      return Object.keys(changed).length === 0 ? node : ({ ...node, ...changed } as RecordNode);
    }
  }
}

/** Whether something is a node of the IR. */
export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "kind" in value;
}

/** One scalar, or those of a list: `needs`, `branches`, `types`. What is no scalar has been reported and does not count. */
export function scalarsOf(node: Scalar | Sequence<Scalar> | undefined): readonly Scalar[] {
  return node === undefined ? [] : node.kind === "scalar" ? [node] : node.items.filter(({ kind }) => kind === "scalar");
}

import type { Mapping, Scalar, Sequence, Value } from "../../src/ir/node.ts";
import { scalar } from "../../src/ir/node.ts";
import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type Node as YamlNode } from "yaml";

/** JSON-like data. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/** A tree from JSON-like data, as definitions give it. */
export function treeOf(plain: Plain): Value {
  if (Array.isArray(plain)) return { kind: "sequence", items: plain.map(treeOf) } satisfies Sequence;
  if (typeof plain === "object" && plain !== null) {
    const entries = Object.entries(plain).map(([key, value]) => ({ key: scalar(key), value: treeOf(value as Plain) }));
    return { kind: "mapping", entries } satisfies Mapping;
  }
  return scalar(plain as string | number | boolean | null);
}

/** What a reader makes of a tree: objects, lists, scalars. Keys are text. */
export function plainOf(value: Value): unknown {
  switch (value.kind) {
    case "scalar":
      return value.value;
    case "sequence":
      return value.items.map(plainOf);
    case "mapping":
      return Object.fromEntries(value.entries.map(({ key, value }) => [key.text, plainOf(value)]));
  }
}

/** The tree that the `yaml` package reads: content, flow style, anchors and aliases; no comments. */
export function readTree(text: string): Value {
  const document = parseDocument(text, { keepSourceTokens: true, uniqueKeys: false });
  const [error] = document.errors;
  if (error !== undefined) throw error;
  return fromYaml(document.contents, document);
}

function fromYaml(node: YamlNode | null, document: Document): Value {
  if (node === null) return scalar(null);
  if (isAlias(node)) {
    const anchored = fromYaml(node.resolve(document) ?? null, document);
    return { ...anchored, anchor: undefined, alias: node.source };
  }
  const anchor = node.anchor;
  if (isSeq(node)) {
    const items = node.items.map((item) => fromYaml(item as YamlNode | null, document));
    return { kind: "sequence", items, anchor, flow: node.flow === true };
  }
  if (isMap(node)) {
    const entries = node.items.map((pair) => ({
      key: fromYaml(pair.key as YamlNode | null, document) as Scalar,
      value: fromYaml(pair.value as YamlNode | null, document),
    }));
    return { kind: "mapping", entries, anchor, flow: node.flow === true };
  }
  if (!isScalar(node)) throw new TypeError("no such node");
  const value = node.value as Scalar["value"];
  return scalar(value, { anchor, raw: typeof value === "string" ? undefined : node.source });
}

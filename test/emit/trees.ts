import type { Mapping, Sequence, Value } from "../../src/ir/node.ts";
import { scalar } from "../../src/ir/node.ts";
import { sourceFile } from "../../src/ir/span.ts";
import { yamlToValue } from "../../src/read/yaml-to-value.ts";

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

/** The tree that flowkeep's reader makes of a text, comments included. */
export function readTree(text: string): Value {
  const { value, problems } = yamlToValue(sourceFile("test.yml", text));
  if (value === undefined || problems.length > 0) throw new Error(problems.map(({ message }) => message).join("; "));
  return value;
}

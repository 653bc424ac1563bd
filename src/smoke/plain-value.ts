import { entryOf } from "../import/needed-jobs.ts";
import type { Value as Data } from "../expressions/values.ts";
import { scalar, type Entry, type Mapping, type ScalarValue, type Sequence, type Value } from "../ir/node.ts";

/** A mapping for a YAML file. Keys without a value are left out. */
export function mapping(values: Readonly<Record<string, Value | ScalarValue | undefined>>): Mapping {
  const entries = Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key: scalar(key), value: isScalarValue(value) ? scalar(value) : value }],
  );
  return { kind: "mapping", entries };
}

export function sequence(items: readonly Value[]): Sequence {
  return { kind: "sequence", items };
}

function isScalarValue(value: Value | ScalarValue): value is ScalarValue {
  return value === null || typeof value !== "object";
}

/** The value of an expression. */
export function fromData(data: Data): Value {
  if (data === null || typeof data !== "object") return scalar(data);
  if (Array.isArray(data)) return sequence(data.map((item: Data) => fromData(item)));
  return mapping(Object.fromEntries(Object.entries(data).map(([key, value]) => [key, fromData(value)])));
}

/** A value that was read, without its comments, anchors and places. */
export function bare(value: Value): Value {
  switch (value.kind) {
    case "scalar": {
      const { kind, value: content, text, raw, style, tag } = value;
      return { kind, value: content, text, raw, style, tag };
    }
    case "sequence":
      return { kind: value.kind, flow: value.flow, items: value.items.map(bare) };
    case "mapping":
      return {
        kind: value.kind,
        flow: value.flow,
        entries: value.entries.map(({ key, value: inner }) => ({ key: bareKey(key), value: bare(inner) })),
      };
  }
}

function bareKey({ value, text, style }: Entry["key"]): Entry["key"] {
  return { kind: "scalar", value, text, style };
}

/** The value of a key, bare; undefined where there is none. */
export function take(value: Value | undefined, key: string): Value | undefined {
  const found = value === undefined ? undefined : entryOf(value, key);
  return found && bare(found);
}

/** The text of a key's scalar. */
export function textAt(value: Value | undefined, key: string): string | undefined {
  const found = value === undefined ? undefined : entryOf(value, key);
  return found?.kind === "scalar" ? found.text : undefined;
}

/** A mapping with some of its keys, bare; undefined where nothing is left. */
export function only(value: Value | undefined, isKept: (key: string, value: Value) => boolean): Value | undefined {
  if (value?.kind !== "mapping") return value && bare(value);
  const entries = value.entries.filter((entry) => isKept(entry.key.text, entry.value));
  return entries.length === 0 ? undefined : bare({ ...value, entries });
}

/** Every scalar's text. */
export function textsOf(value: Value | undefined): readonly string[] {
  switch (value?.kind) {
    case undefined:
      return [];
    case "scalar":
      return [value.text];
    case "sequence":
      return value.items.flatMap(textsOf);
    case "mapping":
      return value.entries.flatMap((entry) => textsOf(entry.value));
  }
}

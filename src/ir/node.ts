import type { Origin } from "./origin.ts";
import type { Span } from "./span.ts";

/** What every node has. Nodes are plain, readonly data; passes make new ones. */
export interface NodeBase {
  readonly kind: string;
  /** Where the node was read. Nodes that were defined have none until they are emitted. */
  readonly span?: Span | undefined;
  /** Where the node was defined. Nodes that were read have none. */
  readonly origin?: Origin | undefined;
  readonly comments?: Comments | undefined;
  /** `&name` on this node. */
  readonly anchor?: string | undefined;
  /** This node stands here as `*name`; its content is the anchored node's. */
  readonly alias?: string | undefined;
}

/** Comments around a node, without `#` but with the space that follows it; `""` is a bare `#`. */
export interface Comments {
  /**
   * Lines above the node; `null` is an empty line among them or above them. What stands above an entry of a mapping is its
   * key's, what stands above a `-` is the item's.
   */
  readonly before?: readonly (string | null)[];
  /** Behind the node on its first line, or behind the `-` or `key:` (then it is the key's) whose value follows below. */
  readonly trailing?: string;
  /** Behind the last entry of a mapping or sequence, at its indentation. */
  readonly end?: readonly (string | null)[];
}

export type ScalarStyle = "plain" | "single" | "double" | "literal" | "folded";
export type ScalarValue = string | number | boolean | null;

/** A scalar. Expressions are text here (`${{ … }}`): `src/expressions` takes them apart. */
export interface Scalar<V extends ScalarValue = ScalarValue> extends NodeBase {
  readonly kind: "scalar";
  /** What GitHub's YAML schema makes of it. */
  readonly value: V;
  /** The text a key that wants a string gets: `3.10` is `"3.1"`, null is `""`. */
  readonly text: string;
  /** As written, where that differs from `text`: `3.10`, `0o7`, `~`. */
  readonly raw?: string | undefined;
  readonly style?: ScalarStyle | undefined;
  /** A tag that was written out: `!!str`. */
  readonly tag?: string | undefined;
  /** A blank line above this key or item, where no comment stands there; items that are no scalars have a `null` in `before`. */
  readonly spaceBefore?: boolean | undefined;
}

export interface Sequence<T = Value> extends NodeBase {
  readonly kind: "sequence";
  readonly items: readonly T[];
  /** Written as `[a, b]`. */
  readonly flow?: boolean | undefined;
}

/** Keys that the author chooses: `env`, `with`, `jobs`, matrix axes. */
export interface Mapping<T = Value> extends NodeBase {
  readonly kind: "mapping";
  readonly entries: readonly Entry<T>[];
  /** Written as `{ a: b }`. */
  readonly flow?: boolean | undefined;
}

export interface Entry<T = Value> {
  readonly key: Scalar;
  readonly value: T;
}

/** A file's content before GitHub's syntax is laid over it. */
export type Value = Scalar | Sequence | Mapping;

/**
 * Keys that GitHub chooses: each known key is a field, in camel case. `keys` holds all keys in the author's order;
 * what GitHub's syntax does not know, or has in another shape, survives in `unknown`.
 */
export interface RecordBase extends NodeBase {
  readonly keys: readonly Scalar[];
  readonly unknown: readonly Entry[];
  readonly flow?: boolean | undefined;
}

/** A scalar with no place of its own, for passes and tests. */
export function scalar<const V extends ScalarValue>(value: V, more: Partial<Scalar<V>> = {}): Scalar<V> {
  return { kind: "scalar", value, text: scalarText(value), ...more };
}

/** The text GitHub makes of a scalar where a string is wanted. */
export function scalarText(value: ScalarValue): string {
  return value === null ? "" : String(value);
}

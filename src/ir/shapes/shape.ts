import type { RecordKind, RecordOf } from "../any-node.ts";
import type { Availability } from "../availability.ts";
import type { RecordBase, Value } from "../node.ts";
import { remember } from "../remember.ts";
import { nearestName } from "../suggest.ts";
import type { SyntaxProblem } from "../syntax-problem.ts";

/** What may stand at a place of the syntax. */
export type Shape = ScalarShape | ListShape | MapShape | RecordShape | EitherShape | AnyShape;

export interface ScalarShape {
  readonly shape: "scalar";
  readonly type: "string" | "boolean" | "number" | "null" | "any";
  /** Undefined: no expression may stand here. */
  readonly available?: Availability | undefined;
  /** An `if`: an expression without `${{ }}`. */
  readonly condition?: boolean | undefined;
  readonly nonEmpty?: boolean | undefined;
  readonly oneOf?: readonly string[] | undefined;
}

export interface ListShape {
  readonly shape: "list";
  readonly of: Shape;
  /** Where given, one `${{ … }}` may stand for the whole list. */
  readonly available?: Availability | undefined;
  /** What is missing in a list without items; undefined where it may have none. */
  readonly needs?: string | undefined;
}

/** Keys that the author chooses. None may be empty: every such mapping of GitHub's schema says so. */
export interface MapShape {
  readonly shape: "map";
  readonly of: Shape | ((key: string) => Shape | undefined);
  readonly available?: Availability | undefined;
  /** What is wrong with a key, or undefined. */
  readonly wrongKey?: ((key: string) => WrongKey | undefined) | undefined;
  /** What is missing in a mapping without entries; undefined where it may have none. */
  readonly needs?: string | undefined;
}

export type WrongKey = Pick<SyntaxProblem, "code" | "severity" | "message" | "isSlip">;

/** A name that is none of those that GitHub gives: a newer GitHub may know it, if no known one is near. */
export function unknownName(message: string, name: string, known: Iterable<string>): WrongKey {
  const near = nearestName(name, known);
  const hint = near === undefined ? "" : `; did you mean \`${near}\`?`;
  return { code: "unknown-key", severity: "warning", message: message + hint, isSlip: near !== undefined };
}

export interface Field {
  /** The record's property. */
  readonly name: string;
  readonly shape: Shape;
}

export interface RecordShape {
  readonly shape: "record";
  readonly kind: RecordKind;
  readonly fields: ReadonlyMap<string, Field>;
  readonly required: readonly string[];
  readonly available?: Availability | undefined;
  /** The key that makes it this kind of record, and the kind that it is where that key has no value of the right shape. */
  readonly madeBy?: { readonly key: string; readonly otherwise: RecordKind } | undefined;
  /** Why a key does not belong here, where more can be said than that it is unknown. */
  readonly foreignKey?: ((key: string) => string | undefined) | undefined;
}

/** One of several, told apart by the value alone. */
export interface EitherShape {
  readonly shape: "either";
  /** For messages: "a string, a list of strings, or a mapping". */
  readonly expected: string;
  readonly choose: (value: Value) => Shape | undefined;
}

export interface AnyShape {
  readonly shape: "any";
  readonly available?: Availability | undefined;
}

type Kebab<S extends string> = S extends `${infer Head}${infer Tail}`
  ? `${Head extends Lowercase<Head> ? Head : `-${Lowercase<Head>}`}${Kebab<Tail>}`
  : S;

/** The YAML keys of a record. GitHub spells all in kebab case but `deprecationMessage`. */
export type KeysOf<K extends RecordKind> = {
  [P in Exclude<keyof RecordOf<K>, keyof RecordBase>]: P extends "deprecationMessage"
    ? P
    : P extends string
      ? Kebab<P>
      : never;
}[Exclude<keyof RecordOf<K>, keyof RecordBase>];

type Options = Pick<ScalarShape, "nonEmpty" | "oneOf">;

export const text = (available?: Availability, options?: Options): ScalarShape => ({
  shape: "scalar",
  type: "string",
  available,
  ...options,
});
export const flag = (available?: Availability): ScalarShape => ({ shape: "scalar", type: "boolean", available });
export const amount = (available?: Availability): ScalarShape => ({ shape: "scalar", type: "number", available });
export const anyScalar = (available?: Availability): ScalarShape => ({ shape: "scalar", type: "any", available });
export const nothing: ScalarShape = { shape: "scalar", type: "null" };
export const condition = (available: Availability): ScalarShape => ({
  shape: "scalar",
  type: "string",
  available,
  condition: true,
});
export const anything = (available?: Availability): AnyShape => ({ shape: "any", available });
export const list = (of: Shape, available?: Availability, options?: Pick<ListShape, "needs">): ListShape => ({
  shape: "list",
  of,
  available,
  ...options,
});
export const map = (of: MapShape["of"], options?: Omit<MapShape, "shape" | "of">): MapShape => ({
  shape: "map",
  of,
  ...options,
});

/** For a key that records of this kind have elsewhere, but not here. */
export const NOWHERE = Symbol("nowhere");

/** A shape for every field of the record: a forgotten one does not compile. */
export function record<K extends RecordKind>(
  kind: K,
  fields: { readonly [P in KeysOf<K>]: Shape | typeof NOWHERE },
  options: {
    readonly required?: readonly KeysOf<K>[];
    readonly available?: Availability;
    readonly madeBy?: { readonly key: KeysOf<K>; readonly otherwise: RecordKind };
    readonly foreignKey?: RecordShape["foreignKey"];
  } = {},
): RecordShape {
  const byKey = new Map<string, Field>();
  for (const [key, shape] of Object.entries<Shape | typeof NOWHERE>(fields)) {
    if (shape !== NOWHERE) byKey.set(key, { name: fieldName(key), shape });
  }
  return { shape: "record", kind, fields: byKey, ...options, required: options.required ?? [] };
}

/**
 * Chooses among records as GitHub does: the first key that only some of them have rules out the others, and so on. Where no
 * single one is left, it is `otherwise`.
 */
export function byFirstKey(expected: string, records: readonly RecordShape[], otherwise: RecordShape): EitherShape {
  return {
    shape: "either",
    expected,
    choose(value) {
      if (value.kind !== "mapping") return undefined;
      let left = records;
      for (const { key } of value.entries) {
        if (left.length === 1) break;
        const having = left.filter(({ fields }) => fields.has(key.text));
        if (having.length > 0) left = having;
      }
      return left.length === 1 ? left[0] : otherwise;
    },
  };
}

/** Chooses by the value's YAML kind. */
export function either(expected: string, byKind: { readonly [K in Value["kind"]]?: Shape }): EitherShape {
  return { shape: "either", expected, choose: (value) => byKind[value.kind] };
}

/** One string, or a list of strings. */
export const texts = (available?: Availability, options?: Options & Pick<ListShape, "needs">): EitherShape =>
  either("a string or a list of strings", {
    scalar: text(available, options),
    sequence: list(text(available, options), undefined, { needs: options?.needs }),
  });

/** `timeout-minutes` → `timeoutMinutes` */
export function fieldName(key: string): string {
  return key.includes("-") ? camelCased(key) : key;
}

const camelCased = remember((key) => key.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()));

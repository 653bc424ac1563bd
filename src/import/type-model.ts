import type { Value } from "../ir/node.ts";

/** What a type of the definition language takes, as far as a YAML file can hold it. */
export type Accepted = EitherType | ComputedType | Picked;

/** What a value is to the type. */
export type Picked = ScalarType | ListType | MapType | RecordType | AnyType | WrittenType;

export interface ScalarType {
  readonly is: "scalar";
  readonly takes: (value: string | number | boolean | null) => boolean;
  /** Whether it takes what `secret(…)` and handles give. */
  readonly expressions: boolean;
}

interface ListType {
  readonly is: "list";
  readonly of: Accepted;
}

/** Keys of the author's own; undefined where the type knows no such key. */
interface MapType {
  readonly is: "map";
  readonly of: (key: string) => Accepted | undefined;
}

interface RecordType {
  readonly is: "record";
  readonly fields: Fields;
  readonly required: readonly string[];
}

interface AnyType {
  readonly is: "anything";
}

/** What has a writer of its own. */
interface WrittenType {
  readonly is: "jobs" | "needs" | "steps" | "step" | "script";
}

interface EitherType {
  readonly is: "either";
  readonly of: readonly Accepted[];
}

/** What is taken depends on the value itself. */
interface ComputedType {
  readonly is: "computed";
  readonly of: (value: Value) => Accepted;
}

export interface Fields {
  readonly [key: string]: Accepted;
}

const scalar = (takes: ScalarType["takes"], expressions = false): Accepted => ({ is: "scalar", takes, expressions });
const isInterpolation: ScalarType["takes"] = (value) => typeof value === "string" && value.includes("${{");

// Named as in src/define/expressions/expression-types.ts.
export const text = scalar(() => true, true);
export const flag = scalar((value) => typeof value === "boolean" || isInterpolation(value), true);
export const amount = scalar((value) => typeof value === "number" || isInterpolation(value), true);
export const condition = scalar(() => true);
export const interpolation = scalar(isInterpolation, true);

export const string = scalar((value) => typeof value === "string");
export const boolean = scalar((value) => typeof value === "boolean");
export const nothing = scalar((value) => value === null);
export const anyScalar = scalar(() => true);
export const anything: AnyType = { is: "anything" };
export const jobs: WrittenType = { is: "jobs" };
export const needs: WrittenType = { is: "needs" };
export const steps: WrittenType = { is: "steps" };
export const step: WrittenType = { is: "step" };
export const script: WrittenType = { is: "script" };
export const oneOf = (...words: readonly string[]): Accepted =>
  scalar((value) => typeof value === "string" && words.includes(value));
export const list = (of: Accepted): Accepted => ({ is: "list", of });
export const map = (of: Accepted | ((key: string) => Accepted | undefined)): MapType => ({
  is: "map",
  of: typeof of === "function" ? of : () => of,
});
export const record = (fields: Fields, ...required: readonly string[]): RecordType => ({
  is: "record",
  fields,
  required,
});
export const either = (...of: readonly Accepted[]): Accepted => ({ is: "either", of });
export const computed = (of: (value: Value) => Accepted): Accepted => ({ is: "computed", of });
export const oneOrMore = (of: Accepted): Accepted => either(of, list(of));
export const orNothing = (of: Accepted): Accepted => either(of, nothing);

/** The part of a type that takes a value, by the value's kind and, of a scalar, by what it is. */
export function pick(accepted: Accepted, value: Value): Picked | undefined {
  switch (accepted.is) {
    case "either":
      for (const each of accepted.of) {
        const picked = pick(each, value);
        if (picked !== undefined) return picked;
      }
      return undefined;
    case "computed":
      return pick(accepted.of(value), value);
    case "scalar":
      return value.kind === "scalar" && accepted.takes(value.value) ? accepted : undefined;
    case "script":
      return value.kind === "scalar" && value.value !== null ? accepted : undefined;
    case "needs":
      return isString(value) || (value.kind === "sequence" && value.items.every(isString)) ? accepted : undefined;
    case "list":
    case "steps":
      return value.kind === "sequence" ? accepted : undefined;
    case "map":
    case "record":
    case "jobs":
    case "step":
      return value.kind === "mapping" ? accepted : undefined;
    case "anything":
      return accepted;
  }
}

/** Whether a mapping has all keys that its type requires. */
export function isComplete(picked: Picked, value: Value): boolean {
  if (picked.is !== "record" || value.kind !== "mapping") return true;
  return picked.required.every((key) => value.entries.some((entry) => entry.key.text === key));
}

function isString(value: Value): boolean {
  return value.kind === "scalar" && typeof value.value === "string";
}

/** What the type takes under a key, or undefined where it knows none. */
export function fieldOf(picked: Picked, key: string): Accepted | undefined {
  if (picked.is === "record") return Object.hasOwn(picked.fields, key) ? picked.fields[key] : undefined;
  return picked.is === "map" ? picked.of(key) : anything;
}

/** Whether the type takes a value and all that is in it. */
export function fits(accepted: Accepted, value: Value): boolean {
  const picked = pick(accepted, value);
  if (picked === undefined || !isComplete(picked, value)) return false;
  if (value.kind === "sequence") return picked.is !== "list" || value.items.every((item) => fits(picked.of, item));
  if (value.kind === "scalar") return true;
  return value.entries.every((entry) => {
    const field = fieldOf(picked, entry.key.text);
    return field !== undefined && fits(field, entry.value);
  });
}

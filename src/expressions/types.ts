import type { Value } from "./values.ts";

/** Nothing is known: it may be used as anything. */
export interface AnyType {
  readonly kind: "any";
}
export interface TextType {
  readonly kind: "string";
  /** What it begins with, where that is known. */
  readonly prefix?: string;
}
export interface NumberType {
  readonly kind: "number";
}
export interface LiteralType {
  readonly kind: "literal";
  readonly value: null | boolean | number | string;
}
export interface ObjectType {
  readonly kind: "object";
  /** By name in lower case, since names have no case. */
  readonly properties: ReadonlyMap<string, Property>;
  /** The type of every name that is not listed. Without it there is no such name, and reading one is a mistake. */
  readonly rest: Type | undefined;
}
export interface Property {
  /** As GitHub, or the user, writes it. */
  readonly name: string;
  readonly type: Type;
}
export interface ListType {
  readonly kind: "list";
  readonly items: Type;
  /** Made by `.*`: the next property is that of each item. */
  readonly isFiltered: boolean;
}
/** One of several; never a union itself, never `any`, and no literal twice. */
export interface UnionType {
  readonly kind: "union";
  readonly members: readonly Exclude<Type, UnionType | AnyType>[];
}

/** What an expression may evaluate to. True or false is the union of the two literals. */
export type Type = AnyType | TextType | NumberType | LiteralType | ObjectType | ListType | UnionType;

export const ANY: AnyType = { kind: "any" };
export const STRING: TextType = { kind: "string" };
export const NUMBER: NumberType = { kind: "number" };
export const NULL: LiteralType = { kind: "literal", value: null };

/** One of these values. */
export function literals(...values: readonly (null | boolean | number | string)[]): Type {
  return union(...values.map((value): LiteralType => ({ kind: "literal", value })));
}

export const BOOLEAN: Type = literals(true, false);

/** One of these types; of no type at all, null. */
export function union(...types: readonly Type[]): Type {
  const members: Exclude<Type, UnionType | AnyType>[] = [];
  for (const type of types) {
    if (type.kind === "any") return ANY;
    for (const member of type.kind === "union" ? type.members : [type]) {
      if (!members.some((known) => isCovered(member, known))) members.push(member);
    }
  }
  const [only] = members;
  if (only === undefined) return NULL;
  return members.length === 1 ? only : { kind: "union", members };
}

function isCovered(type: Type, by: Type): boolean {
  if (type.kind === "literal" && by.kind === "literal") return Object.is(type.value, by.value);
  if (type.kind === "string" && by.kind === "string") return by.prefix === undefined || by.prefix === type.prefix;
  return type === by || (type.kind === "number" && by.kind === "number");
}

/** A type or null: of a property that is sometimes absent. */
export function orNull(type: Type): Type {
  return union(type, NULL);
}

/**
 * An object with these properties and no others, or with `rest` any others of that type.
 *
 * @example
 * objectOf({ result: literals("success", "failure") }, STRING);
 */
export function objectOf(properties: { readonly [name: string]: Type }, rest?: Type): ObjectType {
  const entries = Object.entries(properties).map(([name, type]) => [name.toLowerCase(), { name, type }] as const);
  return { kind: "object", properties: new Map(entries), rest };
}

export function listOf(items: Type, isFiltered = false): ListType {
  return { kind: "list", items, isFiltered };
}

/** The type of a value that is known: its literals, and of objects and lists what is in them. */
export function typeOfValue(value: Value): Type {
  if (typeof value !== "object" || value === null) return { kind: "literal", value };
  if (isValueList(value)) return listOf(value.length === 0 ? ANY : union(...value.map(typeOfValue)));
  return objectOf(Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, typeOfValue(inner)])));
}

function isValueList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** The members of a union, or the type itself; empty where nothing is known. */
export function alternativesOf(type: Type): readonly Exclude<Type, UnionType | AnyType>[] {
  if (type.kind === "any") return [];
  return type.kind === "union" ? type.members : [type];
}

/** The word that GitHub writes for an object or a list in a text; undefined for what may be written as it is. */
export function wordInText(type: Type): "Object" | "Array" | undefined {
  const members = alternativesOf(type);
  const [first] = members;
  if (first === undefined || !members.every(({ kind }) => kind === "object" || kind === "list")) return undefined;
  return first.kind === "list" ? "Array" : "Object";
}

/** A type in words: `'success', 'failure' or 'skipped'`. */
export function describeType(type: Type): string {
  const members = alternativesOf(type);
  const isNull = (member: Type) => member.kind === "literal" && member.value === null;
  const sorted = [...members.filter((member) => !isNull(member)), ...members.filter(isNull)];
  const words = [...new Set(sorted.map(describeMember))];
  const rest = words.length > 12 ? [...words.slice(0, 12), "…"] : words;
  const last = rest.at(-1) ?? "anything";
  return rest.length < 2 ? last : `${rest.slice(0, -1).join(", ")} or ${last}`;
}

function describeMember(type: Exclude<Type, UnionType | AnyType>): string {
  switch (type.kind) {
    case "literal":
      return typeof type.value === "string" ? `'${type.value}'` : String(type.value);
    case "string":
      return type.prefix === undefined ? "a text" : `a text that begins with '${type.prefix}'`;
    case "number":
      return "a number";
    case "object":
      return "an object";
    case "list":
      return "a list";
  }
}

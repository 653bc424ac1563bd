import { formatNumber, parseNumber } from "./number-text.ts";

/** Stands in the data for a value that is not known yet. */
export const UNKNOWN: unique symbol = Symbol("unknown");

/** Marks an object of which only some properties are known: any other name may be there or not. */
export const OPEN: unique symbol = Symbol("open");

/** What expressions compute with, where parts of it may be unknown. */
export type Data = null | boolean | number | string | DataList | DataObject;
export type DataList = readonly (Data | typeof UNKNOWN)[];
export interface DataObject {
  readonly [name: string]: Data | typeof UNKNOWN;
  readonly [OPEN]?: true;
}

/** A value that is known throughout. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [name: string]: Value };

/**
 * An object that may have more properties than these.
 *
 * @example
 * evaluate(expression, { github: openObject({ repository: "octo/app" }) }); // github.actor is unknown
 */
export function openObject(known: { readonly [name: string]: Data | typeof UNKNOWN }): DataObject {
  return { ...known, [OPEN]: true };
}

export function isList(data: Data): data is DataList {
  return Array.isArray(data);
}

export function isObject(data: Data): data is DataObject {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}

export function isPrimitive(data: Data): data is null | boolean | number | string {
  return typeof data !== "object" || data === null;
}

export function isTruthy(data: Data): boolean {
  return typeof data === "number" ? data !== 0 && !Number.isNaN(data) : isPrimitive(data) ? Boolean(data) : true;
}

export function toNumber(data: Data): number {
  if (data === null) return 0;
  switch (typeof data) {
    case "number":
      return data;
    case "boolean":
      return data ? 1 : 0;
    case "string":
      return parseNumber(data);
    default:
      return NaN;
  }
}

export function toText(data: Data): string {
  if (data === null) return "";
  switch (typeof data) {
    case "string":
      return data;
    case "number":
      return formatNumber(data);
    case "boolean":
      return data ? "true" : "false";
    default:
      return isList(data) ? "Array" : "Object";
  }
}

/** GitHub's `==`: JavaScript's, but texts have no case, and objects are only equal to themselves. */
export function areEqual(left: Data, right: Data): boolean {
  if (typeof left === "string" && typeof right === "string")
    return left === right || foldCase(left) === foldCase(right);
  if (!isPrimitive(left) || !isPrimitive(right)) return left === right;
  if (typeof left === typeof right && left !== null && right !== null) return left === right;
  if (left === null && right === null) return true;
  return toNumber(left) === toNumber(right);
}

/** GitHub's `<` and `>`: below 0, 0 or above 0; NaN where the two have no order. */
export function compare(left: Data, right: Data): number {
  if (typeof left === "string" && typeof right === "string") {
    const [a, b] = [foldCase(left), foldCase(right)];
    return a === b ? 0 : a < b ? -1 : 1;
  }
  if (!isPrimitive(left) || !isPrimitive(right)) return NaN;
  const [a, b] = [toNumber(left), toNumber(right)];
  return a === b ? 0 : a < b ? -1 : a > b ? 1 : NaN;
}

/** A text without its case, as .NET's `OrdinalIgnoreCase` sees it: each character by itself, in upper case. */
export function foldCase(text: string): string {
  if (isAscii(text)) return text.toUpperCase();
  let folded = "";
  for (const character of text) {
    const upper = character.toUpperCase();
    // .NET keeps the dotless i and the long s, and has no mapping from one character to two.
    const isKept = character === "ı" || character === "ſ" || upper.length !== character.length;
    folded += isKept ? character : upper;
  }
  return folded;
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
}

/** The property of this name, whatever its case; undefined where the object has none. */
export function readProperty(object: DataObject, name: string): Data | typeof UNKNOWN | undefined {
  const wanted = foldCase(name);
  for (const key of Object.keys(object)) {
    if (key.length === name.length && foldCase(key) === wanted) return object[key];
  }
  return undefined;
}

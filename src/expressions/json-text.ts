import type { Data, DataObject, Value } from "./values.ts";
import { formatNumber } from "./number-text.ts";
import { isList, OPEN, UNKNOWN } from "./values.ts";

/** How deep GitHub's reader of JSON goes (Newtonsoft.Json, `JsonReader.MaxDepth`). */
const MOST_LEVELS = 64;

/** What `toJSON` writes; undefined where a part is unknown. */
export function writeJson(data: Data, indent = ""): string | undefined {
  if (data === null || typeof data === "boolean") return String(data);
  if (typeof data === "number") return formatNumber(data);
  if (typeof data === "string") return quote(data);
  const inner = `${indent}  `;
  const lines: string[] = [];
  if (isList(data)) {
    for (const item of data) {
      const text = item === UNKNOWN ? undefined : writeJson(item, inner);
      if (text === undefined) return undefined;
      lines.push(inner + text);
    }
    return lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n${indent}]`;
  }
  if (data[OPEN] === true || hasLostOrder(data)) return undefined;
  for (const [name, item] of Object.entries(data)) {
    const text = item === UNKNOWN ? undefined : writeJson(item, inner);
    if (text === undefined) return undefined;
    lines.push(`${inner}${quote(name)}: ${text}`);
  }
  return lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n${indent}}`;
}

/** Newtonsoft.Json escapes three line ends that `JSON.stringify` leaves. */
function quote(text: string): string {
  return JSON.stringify(text).replace(
    /[\u0085\u2028\u2029]/g,
    (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** JavaScript moves names that are numbers to the front; GitHub keeps the order in which they came. */
export function hasLostOrder(object: DataObject): boolean {
  const names = Object.keys(object);
  return names.length > 1 && names.some((name) => /^\d+$/.test(name));
}

/** What Newtonsoft.Json can begin with. */
const LENIENT_START = /^(["'\d.{}[\](),/-]|null|true|false|NaN|Infinity|undefined|new\s)/;

export type JsonValue =
  { readonly kind: "value"; readonly value: Value } | { readonly kind: "error" } | { readonly kind: "unknown" };

/**
 * What `fromJSON` reads. GitHub's reader is more lenient than JSON (single quotes, comments, a comma at the end), so what
 * JSON refuses is an error only where that reader cannot begin with it either, and else unknown.
 */
export function readJson(text: string): JsonValue {
  const trimmed = text.trim();
  try {
    const value: unknown = JSON.parse(trimmed);
    return isJson(value, 0) ? { kind: "value", value } : { kind: "error" };
  } catch {
    return { kind: LENIENT_START.test(trimmed) ? "unknown" : "error" };
  }
}

function isJson(value: unknown, level: number): value is Value {
  if (typeof value !== "object" || value === null) return true;
  if (level >= MOST_LEVELS) return false;
  return Object.values(value).every((inner) => isJson(inner, level + 1));
}

import { readFormat } from "./format-text.ts";
import { readJson, writeJson } from "./json-text.ts";
import type { Result } from "./result.ts";
import { failed, known, unknown } from "./result.ts";
import { areEqual, foldCase, isList, isPrimitive, toText, UNKNOWN } from "./values.ts";

/** What a function gets to work with. GitHub evaluates an argument only when the function asks for it, and so do we. */
export interface Call {
  readonly argument: (at: number) => Result;
  readonly status: { readonly [name: string]: boolean };
  /** Accounts for a text that was made; false when there is no memory left. */
  readonly spend: (text: string) => boolean;
}

/** Long before a text of this length is made, GitHub has given up; without a stop, nested calls could fill our memory. */
const MOST_TEXT = 64 * 1024 * 1024;
const OUT_OF_MEMORY = "The maximum allowed memory size was exceeded";

/** Calls a function by its name in lower case. One that we do not know has an unknown result. */
export function callFunction(name: string, count: number, call: Call): Result {
  switch (name) {
    case "format":
      return spend(format(count, call), call);
    case "join":
      return spend(join(count, call), call);
    case "tojson":
      return spend(toJson(call.argument(0)), call);
    case "fromjson":
      return fromJson(call.argument(0));
    case "contains":
      return contains(call);
    case "startswith":
      return compareTexts(call, (text, part) => text.startsWith(part));
    case "endswith":
      return compareTexts(call, (text, part) => text.endsWith(part));
    case "case":
      return chooseCase(count, call);
    case "always":
      return known(true);
    case "success":
    case "failure":
    case "cancelled":
      // With the names of jobs as arguments they ask about those, which nobody can tell us.
      return count === 0 ? known(call.status[name] ?? UNKNOWN) : unknown();
    default:
      return unknown();
  }
}

function spend(result: Result, call: Call): Result {
  if (result.kind !== "value" || call.spend(toText(result.data))) return result;
  return failed(OUT_OF_MEMORY);
}

function format(count: number, call: Call): Result {
  const text = call.argument(0);
  if (text.kind !== "value") return text.kind === "unknown" ? unknown() : text;
  const read = readFormat(toText(text.data), count - 1);
  if (read.kind === "error") return failed(read.message);
  let made: string | undefined = "";
  let isNonEmpty = false;
  for (const segment of read.segments) {
    const piece = typeof segment === "string" ? known(segment) : call.argument(segment + 1);
    if (piece.kind === "error") return piece;
    if (piece.kind === "unknown") {
      made = undefined;
      continue;
    }
    const added = toText(piece.data);
    isNonEmpty ||= added !== "";
    if (made === undefined) continue;
    made += added;
    if (made.length > MOST_TEXT) return failed(OUT_OF_MEMORY);
  }
  return made === undefined ? unknown(isNonEmpty ? true : undefined) : known(made);
}

function join(count: number, call: Call): Result {
  const list = call.argument(0);
  if (list.kind !== "value") return list.kind === "unknown" ? unknown() : list;
  if (isPrimitive(list.data)) return known(toText(list.data));
  if (!isList(list.data)) return known("");
  const items: string[] = [];
  let length = 0;
  for (const item of list.data) {
    if (item === UNKNOWN) return unknown();
    const text = toText(item);
    length += text.length;
    items.push(text);
  }
  const separator = items.length < 2 || count < 2 ? known(",") : call.argument(1);
  if (separator.kind !== "value") return separator.kind === "unknown" ? unknown() : separator;
  const between = isPrimitive(separator.data) ? toText(separator.data) : ",";
  if (length + between.length * items.length > MOST_TEXT) return failed(OUT_OF_MEMORY);
  return known(items.join(between));
}

function toJson(value: Result): Result {
  if (value.kind === "error") return value;
  const text = value.kind === "unknown" ? undefined : writeJson(value.data);
  return text === undefined ? unknown(true) : known(text);
}

function fromJson(text: Result): Result {
  if (text.kind !== "value") return text.kind === "unknown" ? unknown() : text;
  const json = readJson(toText(text.data));
  if (json.kind === "error") return failed("Error parsing fromJson");
  return json.kind === "unknown" ? unknown() : known(json.value);
}

function contains(call: Call): Result {
  const left = call.argument(0);
  if (left.kind !== "value") return left.kind === "unknown" ? unknown() : left;
  if (isPrimitive(left.data)) {
    const right = call.argument(1);
    if (right.kind !== "value") return right.kind === "unknown" ? unknown() : right;
    if (!isPrimitive(right.data)) return known(false);
    return known(foldCase(toText(left.data)).includes(foldCase(toText(right.data))));
  }
  if (!isList(left.data) || left.data.length === 0) return known(false);
  const wanted = call.argument(1);
  if (wanted.kind !== "value") return wanted.kind === "unknown" ? unknown() : wanted;
  if (left.data.some((item) => item !== UNKNOWN && areEqual(item, wanted.data))) return known(true);
  return left.data.includes(UNKNOWN) ? unknown() : known(false);
}

function compareTexts(call: Call, compare: (text: string, part: string) => boolean): Result {
  const text = call.argument(0);
  if (text.kind !== "value") return text.kind === "unknown" ? unknown() : text;
  if (!isPrimitive(text.data)) return known(false);
  const part = call.argument(1);
  if (part.kind !== "value") return part.kind === "unknown" ? unknown() : part;
  return known(isPrimitive(part.data) && compare(foldCase(toText(text.data)), foldCase(toText(part.data))));
}

function chooseCase(count: number, call: Call): Result {
  for (let at = 0; at < count - 1; at += 2) {
    const predicate = call.argument(at);
    if (predicate.kind === "error") return predicate;
    if (predicate.kind === "unknown") return unknown();
    if (typeof predicate.data !== "boolean") return failed("case predicate must evaluate to a boolean value");
    if (predicate.data) return call.argument(at + 1);
  }
  return call.argument(count - 1);
}

import type { FunctionCall, Range } from "./ast.ts";
import { canBeEqual } from "./can-equal.ts";
import { readFormat } from "./format-text.ts";
import { readJson } from "./json-text.ts";
import { print } from "./print.ts";
import type { ProblemCode } from "./problem.ts";
import type { Type } from "./types.ts";
import { alternativesOf, ANY, BOOLEAN, describeType, NULL, STRING, typeOfValue, union, wordInText } from "./types.ts";
import { foldCase, toText } from "./values.ts";

type Report = (code: ProblemCode, message: string, at: Range) => void;

/** Checks the arguments of a call, and gives the type of its value. `name` is in GitHub's spelling. */
export function checkArguments(name: string, call: FunctionCall, types: readonly Type[], report: Report): Type {
  switch (name) {
    case "format":
      checkFormat(call, types, report);
      return STRING;
    case "contains":
      checkContains(call, types, report);
      return BOOLEAN;
    case "startsWith":
    case "endsWith":
      checkTexts(name, call, types, report);
      return BOOLEAN;
    case "join":
    case "toJSON":
    case "hashFiles":
      return STRING;
    case "fromJSON":
      return fromJsonType(call, types, report);
    case "case":
      return caseType(call, types, report);
    default:
      return BOOLEAN;
  }
}

function checkFormat({ args }: FunctionCall, types: readonly Type[], report: Report): void {
  const [first, ...values] = args;
  values.forEach((value, at) => {
    const word = wordInText(types[at + 1] ?? ANY);
    if (word !== undefined)
      report("not-text", `format() writes ${print(value)} as the word ${word}. Use toJSON(${print(value)})`, value);
  });
  if (first?.kind !== "literal") return;
  const text = toText(first.value);
  const read = readFormat(text, values.length);
  if (read.kind === "error") {
    const isMissing = read.message.includes("references more arguments");
    return report(isMissing ? "format-arguments" : "format-string", read.message, first);
  }
  const used = new Set(read.segments);
  values.forEach((value, at) => {
    if (!used.has(at)) report("format-arguments", `The text of format() has no {${at}} for ${print(value)}`, value);
  });
}

function checkContains(call: FunctionCall, types: readonly Type[], report: Report): void {
  const [where, what] = call.args;
  const [left, right] = types;
  if (where === undefined || what === undefined || left === undefined || right === undefined) return;
  const members = alternativesOf(left);
  if (members.length === 0) return;
  if (members.every(({ kind }) => kind === "object")) {
    const message = `${print(call)} is never true: ${print(where)} is an object, and contains() looks into texts and lists. Its values are ${print(where)}.*`;
    return report("never-contained", message, call);
  }
  const items = members.flatMap((member) => (member.kind === "list" ? [member.items] : []));
  if (items.length === members.length) {
    const item = union(...items);
    if (canBeEqual(item, right)) return;
    const message = `${print(call)} is never true: an item of ${print(where)} is ${describeType(item)}, and never ${print(what)}`;
    return report("never-contained", message, call);
  }
  checkTexts("contains", call, types, report);
}

/** Texts of which all are known, and a part that is in none of them. */
function checkTexts(name: string, call: FunctionCall, types: readonly Type[], report: Report): void {
  const [where, what] = call.args;
  const [left, right] = types;
  if (where === undefined || what === undefined || left === undefined) return;
  if (wordInText(left) !== undefined) {
    const message = `${print(call)} is never true: ${print(where)} is ${describeType(left)}, not a text`;
    return report("never-contained", message, call);
  }
  if (where.kind === "literal" || right?.kind !== "literal") return;
  const members = alternativesOf(left);
  const part = foldCase(toText(right.value));
  const isPossible = members.some((member) => canHold(name, member, part));
  if (members.length === 0 || isPossible) return;
  report("never-contained", `${print(call)} is never true: ${print(where)} is ${describeType(left)}`, call);
}

function canHold(name: string, member: Type, part: string): boolean {
  if (member.kind === "literal") return holds(name, foldCase(toText(member.value)), part);
  if (member.kind !== "string" || member.prefix === undefined || name !== "startsWith") return true;
  const prefix = foldCase(member.prefix);
  return part.startsWith(prefix) || prefix.startsWith(part);
}

function holds(name: string, text: string, part: string): boolean {
  if (name === "startsWith") return text.startsWith(part);
  return name === "endsWith" ? text.endsWith(part) : text.includes(part);
}

function fromJsonType({ args: [text] }: FunctionCall, [type]: readonly Type[], report: Report): Type {
  if (text === undefined || type === undefined) return ANY;
  if (wordInText(type) !== undefined)
    report("not-text", `fromJSON() fails: ${print(text)} is ${describeType(type)} already, not a text with JSON`, text);
  if (text.kind !== "literal") return ANY;
  const json = readJson(toText(text.value));
  if (json.kind === "error") report("not-text", `fromJSON() fails: ${print(text)} is not JSON`, text);
  return json.kind === "value" ? typeOfValue(json.value) : ANY;
}

function caseType(call: FunctionCall, types: readonly Type[], report: Report): Type {
  const { args } = call;
  if (args.length >= 3 && args.length % 2 === 0) {
    const rule = "Even number of parameters supplied, requires an odd number of parameters";
    report("even-arguments", `${rule}: case() ends with the value for when no condition is true`, call);
  }
  for (let at = 0; at < args.length - 1; at += 2) {
    const [predicate, type] = [args[at], types[at]];
    if (predicate === undefined || type === undefined || canBeBoolean(type)) continue;
    const message = `case predicate must evaluate to a boolean value: ${print(predicate)} is ${describeType(type)}`;
    report("not-boolean", message, predicate);
  }
  const values = types.filter((_, at) => at % 2 === 1 || at === types.length - 1);
  return values.length === 0 ? NULL : union(...values);
}

function canBeBoolean(type: Type): boolean {
  if (type.kind === "any") return true;
  return alternativesOf(type).some((member) => member.kind === "literal" && typeof member.value === "boolean");
}

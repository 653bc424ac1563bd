import { literalGlob, readGlob, removeMatch, replaceMatch, type Glob } from "./glob.ts";
import type { Scope } from "./scope.ts";
import type { VariableOperation, VariablePart, Word } from "./script.ts";
import {
  bothHold,
  choice,
  concatenate,
  emptiness,
  EMPTY,
  literal,
  literalOf,
  mapValue,
  optionsOf,
  textOf,
  unknown,
  type TextValue,
  type Value,
} from "./value.ts";
import { evaluateWord } from "./words.ts";

/** Variables that bash sets itself, time and again. */
const DYNAMIC = new Set([
  "RANDOM",
  "SRANDOM",
  "SECONDS",
  "LINENO",
  "BASHPID",
  "EPOCHSECONDS",
  "EPOCHREALTIME",
  "PIPESTATUS",
]);

/** The value of `$NAME` or `${NAME…}`, before it is split. */
export function evaluateVariable(part: VariablePart, scope: Scope): Value {
  const { operation } = part;
  const value = operation?.kind === "default" ? undefined : lookUp(part, scope);
  if (operation === undefined) return value ?? EMPTY;
  switch (operation.kind) {
    case "default":
      return evaluateDefault(part, operation.operand, scope);
    case "remove":
    case "replace":
    case "slice":
    case "case":
    case "length":
      return mapValue(value ?? EMPTY, (text) => change(part.name, text, operation, scope));
    case "indirect": {
      const name = literalOf(value ?? EMPTY);
      if (name === undefined || !isName(name)) return unknown(`\${!${part.name}} names a variable that is computed`);
      return scope.variable(name) ?? EMPTY;
    }
    case "transform":
    case "names":
    case "other":
      return unknown(`\${${part.name}} is changed in a way that is not followed`);
  }
}

function lookUp({ name, index, operation }: VariablePart, scope: Scope): Value | undefined {
  if (/^\d+$/.test(name) && name !== "0") {
    if (scope.positional === undefined) return unknown(`the argument $${name} is not known`);
    return scope.positional[Number(name) - 1];
  }
  if (name === "@" || name === "*") return joinAll(scope.positional, "the script's arguments are not known");
  if (name === "#" && operation === undefined)
    return scope.positional === undefined ? unknown("$# is not known") : literal(String(scope.positional.length));
  if (!isName(name)) return unknown(name.includes("${{") ? "the variable's name is computed" : `$${name} is not known`);
  if (index !== undefined) return lookUpElement(name, index, scope);
  const value = scope.variable(name) ?? scope.array?.(name)?.[0];
  return value === undefined && DYNAMIC.has(name) ? unknown(`$${name} is another each time`) : value;
}

function lookUpElement(name: string, index: Word, scope: Scope): Value | undefined {
  const elements = scope.array?.(name);
  const which = literalOf(evaluateWord(index, scope));
  const keyed = which === undefined || which === "@" || which === "*" ? undefined : scope.element?.(name, which);
  if (keyed !== undefined) return keyed;
  if (elements === undefined) return which === "0" ? scope.variable(name) : unknown(`the array ${name} is not known`);
  if (which === "@" || which === "*") return joinAll(elements, "");
  const at = which === undefined || !/^-?\d+$/.test(which) ? undefined : Number(which);
  return at === undefined ? unknown(`which element of ${name} it is, is computed`) : elements.at(at);
}

function joinAll(values: readonly Value[] | undefined, reason: string): Value | undefined {
  if (values === undefined) return unknown(reason);
  if (values.length === 0) return undefined;
  return concatenate(values.flatMap((value, index) => (index === 0 ? [value] : [literal(" "), value])));
}

export function isName(text: string): boolean {
  return /^[A-Za-z_]\w*$/.test(text);
}

/** Which text `${NAME:-operand}` is: the variable's, the operand's, or none. */
export interface DefaultChoice {
  readonly is: TextValue | "operand";
  readonly when?: string | undefined;
}

/** Says between what `${NAME:-operand}` and its kind choose; undefined for other expansions. */
export function chooseDefault(part: VariablePart, scope: Scope): readonly DefaultChoice[] | undefined {
  const { name, operation } = part;
  if (operation?.kind !== "default") return undefined;
  const isReplacement = operation.operator.endsWith("+");
  const missing = isReplacement || operation.operator.endsWith("?") ? EMPTY : "operand";
  const value = lookUp(part, scope);
  if (value === undefined) return [{ is: missing }];
  return optionsOf(value).flatMap(({ value: text, when }): readonly DefaultChoice[] => {
    const there = isReplacement ? "operand" : text;
    const empty = operation.operator.startsWith(":") ? emptiness(text) : "never";
    if (empty === "never") return [{ is: there, when }];
    if (empty === "always") return [{ is: missing, when }];
    return [
      { is: there, when: bothHold(when, `\`${name}\` is set and not empty`) },
      { is: missing, when: bothHold(when, `\`${name}\` is empty`) },
    ];
  });
}

function evaluateDefault(part: VariablePart, operand: Word, scope: Scope): Value {
  const choices = chooseDefault(part, scope) ?? [];
  return choice(
    choices.flatMap(({ is, when }) =>
      optionsOf(is === "operand" ? evaluateWord(operand, scope) : is).map((option) => ({
        value: option.value,
        when: bothHold(when, option.when),
      })),
    ),
  );
}

type Change = Extract<VariableOperation, { kind: "remove" | "replace" | "slice" | "case" | "length" }>;

function change(name: string, text: TextValue, operation: Change, scope: Scope): Value {
  const known = literalOf(text);
  const changed = known === undefined ? changeFragments(text, operation, scope) : changeText(known, operation, scope);
  return changed ?? unknown(`a part of \${${name}} is taken, and its text is not known`);
}

function changeText(text: string, operation: Change, scope: Scope): Value | undefined {
  switch (operation.kind) {
    case "length":
      return literal(String([...text].length));
    case "remove": {
      const glob = evaluateGlob(operation.pattern, scope);
      const left = glob === undefined ? undefined : removeMatch(glob, text, operation.operator);
      return left === undefined ? undefined : literal(left);
    }
    case "replace": {
      const glob = evaluateGlob(operation.pattern, scope);
      const replacement = literalOf(evaluateWord(operation.replacement, scope));
      if (glob === undefined || replacement === undefined) return undefined;
      // An unquoted `&` stands for the match in bash 5.2 and for itself before.
      if (replacement.includes("&")) return undefined;
      const made = replaceMatch(glob, text, operation.operator, replacement);
      return made === undefined ? undefined : literal(made);
    }
    case "slice":
      return slice(text, operation.offset, operation.length, scope);
    case "case":
      return operation.pattern === undefined ? literal(changeCase(text, operation.operator)) : undefined;
  }
}

/** `${URL#https://}` of `https://…$REPO`: what goes is in the literal beginning or end. */
function changeFragments(text: TextValue, operation: Change, scope: Scope): Value | undefined {
  if (operation.kind !== "remove") return undefined;
  const isStart = operation.operator.startsWith("#");
  const pattern = literalOf(evaluateWord(operation.pattern, scope));
  if (pattern === undefined || operation.pattern.parts.some(({ kind }) => kind === "glob")) return undefined;
  const edge = text.fragments.at(isStart ? 0 : -1);
  if (edge?.kind !== "literal") return undefined;
  const isThere = isStart ? edge.text.startsWith(pattern) : edge.text.endsWith(pattern);
  // A pattern that is longer than the literal may go on in what is not known.
  if (!isThere) return edge.text.length >= pattern.length ? text : undefined;
  const left = isStart ? edge.text.slice(pattern.length) : edge.text.slice(0, edge.text.length - pattern.length);
  const others = isStart ? text.fragments.slice(1) : text.fragments.slice(0, -1);
  const kept = { kind: "literal", text: left } as const;
  return textOf(isStart ? [kept, ...others] : [...others, kept]);
}

function slice(text: string, offset: Word, length: Word | undefined, scope: Scope): Value | undefined {
  const from = numberOf(offset, scope);
  const count = length === undefined ? Infinity : numberOf(length, scope);
  if (from === undefined || count === undefined) return undefined;
  const start = from < 0 ? text.length + from : from;
  if (start < 0) return EMPTY;
  const end = count < 0 ? text.length + count : start + count;
  return end < start ? undefined : literal(text.slice(start, end));
}

function numberOf(word: Word, scope: Scope): number | undefined {
  const text = literalOf(evaluateWord(word, scope))?.trim();
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;
}

function changeCase(text: string, operator: "^" | "^^" | "," | ",,"): string {
  const change = (piece: string): string => (operator.startsWith("^") ? piece.toUpperCase() : piece.toLowerCase());
  return operator.length === 2 ? change(text) : change(text.slice(0, 1)) + text.slice(1);
}

/** The pattern that a word is: what is quoted stands for itself. Undefined where it is not known. */
export function evaluateGlob(word: Word, scope: Scope): Glob | undefined {
  const tokens: Glob[number][] = [];
  for (const part of word.parts) {
    const text = part.kind === "glob" ? part.text : literalOf(evaluateWord({ ...word, parts: [part] }, scope));
    if (text === undefined) return undefined;
    const isPattern = part.kind === "glob" || (!part.quoted && part.kind !== "literal" && part.kind !== "tilde");
    const glob = isPattern ? readGlob(text) : literalGlob(text);
    if (glob === undefined) return undefined;
    tokens.push(...glob);
  }
  return tokens;
}

import { editValues, type Edited } from "./edit-text.ts";
import { literalGlob, readGlob, removeMatch, replaceMatch, type Glob } from "./glob.ts";
import type { Scope } from "./scope.ts";
import type { VariableOperation, VariablePart, Word } from "./word.ts";
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
  unknown,
  UNSEEN,
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
  if (name === "?" && scope.exitStatus !== undefined) return scope.exitStatus;
  if (name === "0") return scope.variable(name) ?? unknown("$0 is not known");
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
    if (isUnseen(text)) return [{ is: missing, when }];
    // `${NAME:-}` is the variable, whatever it holds.
    if (missing === "operand" && operation.operand.parts.length === 0) return [{ is: text, when }];
    const shown = shownName(name, text);
    return [
      { is: there, when: bothHold(when, `${shown} is set and not empty`) },
      { is: missing, when: bothHold(when, `${shown} is empty`) },
    ];
  });
}

/** Who writes a default expects that nothing sets the variable. */
function isUnseen({ fragments: [first] }: TextValue): boolean {
  return first?.kind === "unknown" && first.reason.startsWith(UNSEEN);
}

/** What stands in the workflow says more than `1` does: `secrets.PAT`. */
function shownName(name: string, { fragments }: TextValue): string {
  const [only, ...others] = fragments;
  return /^\d+$/.test(name) && only?.kind === "reference" && others.length === 0 ? only.id : `\`${name}\``;
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
  const changed = editFor(text, operation, scope);
  return changed ?? unknown(`a part of \${${name}} is taken, and its text is not known`);
}

/** Letters that a token may have: what depends on them is not known. */
const ANY_LETTERS = ["aB"];

function editFor(text: TextValue, operation: Change, scope: Scope): Value | undefined {
  switch (operation.kind) {
    case "length": {
      const known = literalOf(text);
      return known === undefined ? undefined : literal(String([...known].length));
    }
    case "remove": {
      const glob = evaluateGlob(operation.pattern, scope);
      if (glob === undefined) return undefined;
      const sought = soughtBy(operation.pattern, scope);
      return editValues([text], ([letters = ""]) => asEdited(removeMatch(glob, letters, operation.operator), sought));
    }
    case "replace": {
      const { pattern, operator } = operation;
      const glob = evaluateGlob(pattern, scope);
      if (glob === undefined) return undefined;
      const sought = soughtBy(pattern, scope);
      return editValues([text, evaluateWord(operation.replacement, scope)], ([letters = "", replacement = ""]) =>
        // An unquoted `&` stands for the match in bash 5.2 and for itself before.
        replacement.includes("&") ? undefined : asEdited(replaceMatch(glob, letters, operator, replacement), sought),
      );
    }
    case "slice": {
      const from = numberOf(operation.offset, scope);
      const count = operation.length === undefined ? Infinity : numberOf(operation.length, scope);
      if (from === undefined || count === undefined) return undefined;
      return editValues([text], ([letters = ""]) => asEdited(slice(letters, from, count), ANY_LETTERS));
    }
    case "case": {
      const { operator } = operation;
      if (operation.pattern !== undefined) return undefined;
      return editValues([text], ([letters = ""]) => asEdited(changeCase(letters, operator), ANY_LETTERS));
    }
  }
}

function asEdited(made: string | undefined, sought: readonly string[]): Edited | undefined {
  return made === undefined ? undefined : { made, sought };
}

/** The letters that a pattern looks for. */
function soughtBy({ parts }: Word, scope: Scope): readonly string[] {
  const texts = parts.map((part) =>
    part.kind === "glob" ? "" : (literalOf(evaluateWord({ parts: [part], start: 0, end: 0 }, scope)) ?? ""),
  );
  return [...new Set([texts.join(""), ...texts])];
}

function slice(text: string, from: number, count: number): string | undefined {
  const start = from < 0 ? text.length + from : from;
  if (start < 0) return "";
  const end = count < 0 ? text.length + count : start + count;
  return end < start ? undefined : text.slice(start, end);
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

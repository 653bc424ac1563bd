import { formatPrintf, printEcho, removeCharacters, toBase64, fromBase64 } from "./print-commands.ts";
import type { Field, Scope } from "./scope.ts";
import type { Redirection } from "./redirection.ts";
import type { AndOr, Command, ParsedScript, Statement } from "./script.ts";
import type { Word } from "./word.ts";
import { TEXT_PROGRAMS } from "./text-programs.ts";
import { choice, concatenate, EMPTY, literal, literalOf, optionsOf, unknown, type Value } from "./value.ts";
import { evaluateArguments, evaluateWord, literalsOf } from "./words.ts";

/** What a script prints, as `$(…)` sees it before it drops the last line breaks. */
export function evaluateOutput(script: ParsedScript, scope: Scope): Value {
  if (script.kind === "unreadable") return unknown(`the script in $(…) cannot be read: ${script.reason}`);
  const isPlain = script.statements.every(({ kind }) => kind === "command" || kind === "pipeline");
  const printed = isPlain && script.statements.length < 2 ? undefined : scope.printed?.(script);
  return printed ?? outputOfList(script.statements, scope, undefined);
}

function outputOfList(statements: readonly Statement[], scope: Scope, input: Value | undefined): Value {
  const changed = statements.slice(0, -1).some(mayAssign);
  if (changed) return unknown("what a script prints that changes variables");
  return concatenate(statements.map((statement) => outputOf(statement, scope, input)));
}

const ASSIGNING = new Set([
  "export",
  "declare",
  "local",
  "typeset",
  "readonly",
  "unset",
  "read",
  "mapfile",
  "readarray",
  "eval",
  "source",
  ".",
  "let",
  "shift",
  "set",
  "cd",
]);

/** Words that follow would be worth something else than the scope says. */
function mayAssign(statement: Statement): boolean {
  switch (statement.kind) {
    case "command": {
      const [part] = statement.words[0]?.parts ?? [];
      if (statement.words.length === 0) return statement.assignments.length > 0;
      if (part?.kind !== "literal") return true;
      return ASSIGNING.has(part.text) || (part.text === "printf" && isLiteral(statement.words[1], "-v"));
    }
    case "and-or":
      return mayAssign(statement.first) || statement.rest.some((next) => mayAssign(next.statement));
    case "not":
      return mayAssign(statement.statement);
    case "if":
      return [
        ...statement.branches.flatMap(({ condition, body }) => [...condition, ...body]),
        ...(statement.otherwise ?? []),
      ].some(mayAssign);
    case "group":
      return statement.body.some(mayAssign);
    case "pipeline":
    case "subshell":
    case "background":
    case "function":
    case "test":
      return false;
    default:
      return true;
  }
}

function isLiteral(word: Word | undefined, text: string): boolean {
  const [part, ...others] = word?.parts ?? [];
  return part?.kind === "literal" && others.length === 0 && part.text === text;
}

/** What a statement prints. What it changes is not seen by the next: who walks the script knows better. */
export function outputOf(statement: Statement, scope: Scope, input?: Value): Value {
  switch (statement.kind) {
    case "command": {
      const lists = evaluateArguments(statement.words, scope);
      return choice(
        lists.flatMap(({ fields, when }) =>
          optionsOf(outputOfCommand(statement, fields, scope, input)).map((option) => ({
            value: option.value,
            when: option.when ?? when,
          })),
        ),
      );
    }
    case "pipeline": {
      let flowing = input;
      for (const part of statement.statements) flowing = outputOf(part, scope, flowing);
      return flowing ?? EMPTY;
    }
    case "subshell":
    case "group":
      return redirected(statement.redirections) ?? outputOfList(statement.body, scope, input);
    case "and-or":
      return outputOfAndOr(statement, scope, input);
    case "if": {
      if (statement.branches.some(({ condition }) => condition.some(mayAssign)))
        return unknown("what a script prints that changes variables");
      const bodies = [...statement.branches.map(({ body }) => body), statement.otherwise ?? []];
      return choice(bodies.flatMap((body) => optionsOf(outputOfList(body, scope, input))));
    }
    case "test":
    case "arithmetic":
    case "function":
      return EMPTY;
    case "not":
      return outputOf(statement.statement, scope, input);
    default:
      return unknown("what a loop or a choice of the script's prints");
  }
}

/** `[ … ] && echo a || echo b` prints one or the other. */
function outputOfAndOr({ first, rest }: AndOr, scope: Scope, input: Value | undefined): Value {
  interface Way {
    readonly value: Value;
    readonly succeeds: boolean;
  }
  if (mayAssign(first) || rest.slice(0, -1).some(({ statement }) => mayAssign(statement)))
    return unknown("what a script prints that changes variables");
  const run = (statement: Statement, before: Value): readonly Way[] => {
    const value = concatenate([before, outputOf(statement, scope, input)]);
    const always = alwaysSucceeds(statement);
    return always ? [{ value, succeeds: true }] : [true, false].map((succeeds) => ({ value, succeeds }));
  };
  let ways = run(first, EMPTY);
  for (const { operator, statement } of rest.slice(0, 8))
    ways = ways.flatMap((way) => (way.succeeds === (operator === "&&") ? run(statement, way.value) : [way]));
  return choice(ways.flatMap(({ value }) => optionsOf(value)));
}

function alwaysSucceeds(statement: Statement): boolean {
  if (statement.kind !== "command") return false;
  return ["echo", "printf", ":", "true"].some((name) => isLiteral(statement.words[0], name));
}

/** What a command prints, given its arguments and what it reads; redirections that send it elsewhere count. */
export function outputOfCommand(command: Command, fields: readonly Field[], scope: Scope, piped?: Value): Value {
  const elsewhere = redirected(command.redirections);
  if (elsewhere !== undefined) return elsewhere;
  const input = evaluateInput(command.redirections, scope) ?? piped;
  const known = scope.output?.(command, fields, input);
  if (known !== undefined) return known;
  const [name, ...texts] = literalsOf(fields);
  const args = fields.slice(1);
  if (fields.length === 0) return input ?? EMPTY;
  switch (name) {
    case "echo":
      return printEcho(args, scope.dialect);
    case "printf":
      return formatPrintf(args);
    case "cat":
      return catenate(args, scope, input);
    case "base64":
      return encode(texts, input, (path) => readFile(literal(path), scope));
    case "openssl":
      return encodeWithOpenssl(texts, input);
    case "tr":
      if (texts.length !== 2 || texts[0] === undefined || texts[1] === undefined || input === undefined) break;
      if (texts[0] === "-d") return removeCharacters(input, texts[1]);
      return changeCase(input, texts[0], texts[1]) ?? unknown(`what \`${describe(fields)}\` prints`);
    case ":":
    case "true":
    case "test":
    case "[":
    case "export":
    case "set":
    case "cd":
      return EMPTY;
  }
  const print = name === undefined || !Object.hasOwn(TEXT_PROGRAMS, name) ? undefined : TEXT_PROGRAMS[name];
  const call = { args, input, file: (path: Value) => readFile(path, scope), variable: scope.variable };
  return print?.(call) ?? unknown(`what \`${describe(fields)}\` prints`);
}

/** The first words of a command, for people. */
export function describe(fields: readonly Field[]): string {
  const words = literalsOf(fields.slice(0, 3)).map((text) => text ?? "…");
  const text = words.join(" ").replaceAll("\n", " ");
  return (text.length > 60 ? `${text.slice(0, 60)}…` : text) + (fields.length > 3 ? " …" : "");
}

function redirected(redirections: readonly Redirection[]): Value | undefined {
  const isGone = redirections.some(
    (redirection) =>
      redirection.kind === "file" &&
      !redirection.operator.startsWith("<") &&
      (redirection.descriptor === undefined || redirection.descriptor === 1),
  );
  return isGone ? EMPTY : undefined;
}

/** What a command reads by its own redirections: a heredoc, `<<< word`, `< file`; undefined where there is none. */
export function evaluateInput(redirections: readonly Redirection[], scope: Scope): Value | undefined {
  const last = redirections.findLast(
    (redirection) =>
      (redirection.descriptor === undefined || redirection.descriptor === 0) &&
      (redirection.kind !== "file" || redirection.operator === "<"),
  );
  switch (last?.kind) {
    case "here-document":
      return evaluateWord(last.content, scope);
    case "here-string":
      return concatenate([evaluateWord(last.content, scope), literal("\n")]);
    case "file": {
      const [part, ...others] = last.target.parts;
      // `< <(command)`
      if (part?.kind === "process" && part.operator === "<" && others.length === 0)
        return evaluateOutput(part.script, scope);
      return readFile(evaluateWord(last.target, scope), scope);
    }
    default:
      return undefined;
  }
}

/** `tr a-z A-Z` and back, of letters that are known. */
function changeCase(input: Value, from: string, to: string): Value | undefined {
  const text = literalOf(input);
  const isLower = (set: string): boolean => set === "a-z" || set === "[:lower:]" || set === "[a-z]";
  const isUpper = (set: string): boolean => set === "A-Z" || set === "[:upper:]" || set === "[A-Z]";
  if (text === undefined) return undefined;
  if (isLower(from) && isUpper(to)) return literal(text.toUpperCase());
  return isUpper(from) && isLower(to) ? literal(text.toLowerCase()) : undefined;
}

function readFile(path: Value, scope: Scope): Value {
  if (literalOf(path) === "/dev/null") return EMPTY;
  return scope.file?.(path) ?? unknown(`what the file ${literalOf(path) ?? ""} holds`);
}

function catenate(args: readonly Field[], scope: Scope, input: Value | undefined): Value {
  const fromInput = input ?? unknown("what the step reads");
  if (args.length === 0) return fromInput;
  return concatenate(args.map(({ value }) => (literalOf(value) === "-" ? fromInput : readFile(value, scope))));
}

/** `base64 -w0`, `base64 -d`; GNU's breaks lines after 76 characters unless told otherwise, Apple's does not. */
function encode(
  texts: readonly (string | undefined)[],
  piped: Value | undefined,
  file: (path: string) => Value,
): Value {
  let input = piped;
  let width = "76";
  let isDecoding = false;
  for (let at = 0; at < texts.length; at++) {
    const option = texts[at] ?? "…";
    const given = /^(?:-w|--wrap=|-b|--break=)(\d+)$/.exec(option)?.[1];
    if (given !== undefined) width = given;
    else if (option === "-w" || option === "--wrap" || option === "-b") width = texts[++at] ?? "…";
    else if (/^(?:-d|-D|-di|--decode)$/.test(option)) isDecoding = true;
    else if (/^[^-]/.test(option) && at === texts.length - 1) input = file(option);
    else if (option !== "-i" && option !== "-") return unknown(`what \`base64 ${option}\` prints`);
  }
  if (input === undefined || !/^\d+$/.test(width)) return unknown("what `base64` reads");
  if (isDecoding) return fromBase64(input);
  return width === "0" || width === "76"
    ? toBase64(input, width === "0" ? 0 : 76)
    : unknown(`what \`base64 -w${width}\` prints`);
}

/** `openssl base64 -A`, `openssl enc -base64 -A`. */
function encodeWithOpenssl(texts: readonly (string | undefined)[], input: Value | undefined): Value {
  const isBase64 = texts[0] === "base64" || (texts[0] === "enc" && (texts[1] === "-base64" || texts[1] === "-a"));
  const options = texts.slice(texts[0] === "enc" ? 2 : 1);
  if (!isBase64 || input === undefined || options.some((option) => option !== "-A" && option !== "-e"))
    return unknown(`what \`openssl ${texts.map((text) => text ?? "…").join(" ")}\` prints`);
  return toBase64(input, options.includes("-A") ? 0 : 64);
}

import type { Redirection } from "../../src/shell/redirection.ts";
import type { Condition, Script, Statement } from "../../src/shell/script.ts";
import type { Part, Word } from "../../src/shell/word.ts";
import { visitStatement, type ParsedScript, type StatementVisitor } from "../../src/shell/script.ts";
import type { Field } from "../../src/shell/scope.ts";
import { optionsOf, type Fragment, type Value } from "../../src/shell/value.ts";

/** A script's tree on one line, as lists with the kind in front. */
export function show(script: ParsedScript): string {
  return script.kind === "unreadable" ? `unreadable(${script.reason})` : showList(script.statements);
}

const showList = (statements: readonly Statement[]): string => statements.map(showStatement).join("; ");
const showWords = (words: readonly Word[]): string => words.map(showWord).join(" ");

const visitor: StatementVisitor<string, undefined> = {
  command: ({ assignments, words }) =>
    [...assignments.map((assignment) => showWord({ ...assignment, parts: [], assignment })), showWords(words)]
      .filter((text) => text !== "")
      .join(" "),
  pipeline: ({ statements }) => `pipe(${statements.map(showStatement).join(" | ")})`,
  not: ({ statement }) => `not(${showStatement(statement)})`,
  "and-or": ({ first, rest }) =>
    `(${showStatement(first)}${rest.map(({ operator, statement }) => ` ${operator} ${showStatement(statement)}`).join("")})`,
  if: ({ branches, otherwise }) =>
    [
      ...branches.map(({ condition, body }) => `if(${showList(condition)}){${showList(body)}}`),
      ...(otherwise === undefined ? [] : [`else{${showList(otherwise)}}`]),
    ].join(""),
  for: ({ name, words, body }) => `for ${name} in ${words === undefined ? "$@" : showWords(words)}{${showList(body)}}`,
  loop: ({ body }) => `loop{${showList(body)}}`,
  while: ({ isUntil, condition, body }) => `${isUntil ? "until" : "while"}(${showList(condition)}){${showList(body)}}`,
  case: ({ word, items }) =>
    `case ${showWord(word)}{${items.map(({ patterns, body, terminator }) => `${patterns.map(showWord).join("|")}) ${showList(body)} ${terminator}`).join(" ")}}`,
  function: ({ name, body }) => `function ${name} ${showStatement(body)}`,
  subshell: ({ body }) => `subshell{${showList(body)}}`,
  group: ({ body }) => `group{${showList(body)}}`,
  test: ({ condition }) => `test(${showCondition(condition)})`,
  arithmetic: ({ text }) => `arithmetic(${text})`,
  background: ({ statement }) => `background(${showStatement(statement)})`,
};

function showStatement(statement: Statement): string {
  const redirections = statement.redirections.map((redirection) => ` ${showRedirection(redirection)}`).join("");
  return visitStatement(statement, visitor, undefined) + redirections;
}

function showCondition(condition: Condition): string {
  switch (condition.kind) {
    case "unary":
      return `${condition.operator} ${showWord(condition.operand)}`;
    case "binary":
      return `${showWord(condition.left)} ${condition.operator} ${showWord(condition.right)}`;
    case "not":
      return `not(${showCondition(condition.condition)})`;
    default:
      return `${condition.kind}(${condition.conditions.map(showCondition).join(", ")})`;
  }
}

function showRedirection(redirection: Redirection): string {
  const descriptor = redirection.descriptor ?? "";
  if (redirection.kind === "here-document") return `${descriptor}<<[${showWord(redirection.content)}]`;
  if (redirection.kind === "here-string") return `${descriptor}<<<[${showWord(redirection.content)}]`;
  return `${descriptor}${redirection.operator}[${showWord(redirection.target)}]`;
}

function showWord({ parts, assignment }: Word): string {
  if (assignment === undefined) return parts.map(showPart).join("+");
  const { name, index, append, value } = assignment;
  const written = "parts" in value ? showWord(value) : `(${showWords(value)})`;
  return `${name}${index === undefined ? "" : `[${showWord(index)}]`}${append ? "+=" : "="}${written}`;
}

function showPart(part: Part): string {
  const quote = part.quoted ? '"' : "";
  switch (part.kind) {
    case "literal":
      return `${quote}${part.text.replaceAll("\n", "⏎")}${quote}`;
    case "variable":
      return `${quote}$${part.name}${part.index === undefined ? "" : `[${showWord(part.index)}]`}${part.operation === undefined ? "" : `:${part.operation.kind}`}${quote}`;
    case "substitution":
      return `${quote}$(${show(part.script)})${quote}`;
    case "process":
      return `${part.operator}(${show(part.script)})`;
    case "expression":
      return `${quote}{{${part.text}}}${quote}`;
    case "value":
      return `${quote}<${showValue(part.value)}>${quote}`;
    case "tilde":
      return `~${part.user}`;
    default:
      return `${quote}${part.kind}(${part.text})${quote}`;
  }
}

export function showValue(value: Value): string {
  return optionsOf(value)
    .map(
      ({ value: { fragments }, when }) =>
        fragments.map(showFragment).join("") + (when === undefined ? "" : ` when ${when}`),
    )
    .join(" or ");
}

function showFragment(fragment: Fragment): string {
  switch (fragment.kind) {
    case "literal":
      return fragment.text.replaceAll("\n", "⏎");
    case "reference":
      return `<${fragment.id}>`;
    case "base64":
      return `base64${fragment.isWrapped ? "-wrapped" : ""}(${showValue(fragment.value)})`;
    case "unknown":
      return `?(${fragment.reason})`;
  }
}

export function showFields(fields: readonly Field[]): string {
  return fields.map(({ value, isOne }) => `[${showValue(value)}]${isOne ? "" : "*"}`).join(" ");
}

/** Every part of every word, with the script whose text its place is in. */
export function* everyPart(script: Script): Generator<{ readonly part: Part; readonly text: string }> {
  yield* partsIn(script.statements, script.text);
}

/** Finds parts by their shape, so that a kind of statement that is added is not left out. */
function* partsIn(node: unknown, text: string): Generator<{ readonly part: Part; readonly text: string }> {
  if (Array.isArray(node)) {
    for (const item of node) yield* partsIn(item, text);
    return;
  }
  if (typeof node !== "object" || node === null) return;
  const own = "text" in node && "statements" in node && typeof node.text === "string" ? node.text : text;
  if ("quoted" in node) yield { part: node as Part, text: own };
  for (const [name, field] of Object.entries(node)) if (name !== "expression") yield* partsIn(field, own);
}

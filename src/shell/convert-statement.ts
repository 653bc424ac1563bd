import { convertArgument, convertWord, type Conversion } from "./convert-word.ts";
import type { Redirection } from "./redirection.ts";
import type { CaseItem, Command, Condition, Statement } from "./script.ts";
import type { Assignment, Word } from "./word.ts";
import type * as unbash from "./unbash.ts";

const NONE: readonly Redirection[] = [];

export function convertStatements(list: readonly unbash.Statement[], conversion: Conversion): readonly Statement[] {
  return list.map((written) => {
    const statement = convertNode(written.command, conversion);
    if (written.background !== true) return statement;
    return { kind: "background", start: written.pos, end: written.end, redirections: NONE, statement };
  });
}

type StatementNode = unbash.PipelineNode | unbash.AndOr | unbash.CompoundList;

function convertNode(node: StatementNode, conversion: Conversion): Statement {
  const place = { start: node.pos, end: node.end, redirections: NONE };
  const statements = (list: unbash.CompoundList): readonly Statement[] => convertStatements(list.commands, conversion);
  switch (node.type) {
    case "Command":
      return convertCommand(node, conversion);
    case "Pipeline":
      return convertPipeline(node, conversion);
    case "AndOr":
      return convertAndOr(node, conversion);
    case "Redirected": {
      const redirections = node.redirects.flatMap((redirect) => convertRedirection(redirect, conversion));
      return { ...convertNode(node.command, conversion), start: node.pos, end: node.end, redirections };
    }
    case "If": {
      const branches = [node, ...node.elif].map(({ clause, then }) => ({
        condition: statements(clause),
        body: statements(then),
      }));
      return { kind: "if", ...place, branches, otherwise: node.else === undefined ? undefined : statements(node.else) };
    }
    case "For":
    case "Select": {
      const words = node.wordlist?.flatMap((word) => convertArgument(word, conversion));
      const name = conversion.text.slice(node.name.pos, node.name.end);
      return { kind: "for", ...place, name, words, body: statements(node.body) };
    }
    case "ArithmeticFor":
      return { kind: "loop", ...place, body: statements(node.body) };
    case "While": {
      const [condition, body] = [statements(node.clause), statements(node.body)];
      return { kind: "while", ...place, isUntil: node.kind === "until", condition, body };
    }
    case "Case": {
      const items = node.items.map((item) => convertCaseItem(item, conversion));
      return { kind: "case", ...place, word: convertWord(node.word, conversion), items };
    }
    case "Function": {
      const name = conversion.text.slice(node.name.pos, node.name.end);
      return { kind: "function", ...place, name, body: convertNode(node.body, conversion) };
    }
    case "Subshell":
      return { kind: "subshell", ...place, body: statements(node.body) };
    case "BraceGroup":
      return { kind: "group", ...place, body: statements(node.body) };
    case "CompoundList":
      return { kind: "group", ...place, body: convertStatements(node.commands, conversion) };
    case "TestCommand":
      return { kind: "test", ...place, condition: convertCondition(node.expression, conversion) };
    case "ArithmeticCommand":
      return { kind: "arithmetic", ...place, text: conversion.text.slice(node.pos, node.end) };
    case "Coproc":
      return { kind: "background", ...place, statement: convertNode(node.body, conversion) };
  }
}

function convertCommand(node: unbash.Command, conversion: Conversion): Command {
  const assignments: Assignment[] = [];
  const redirections: Redirection[] = [];
  const words: Word[] = node.name === undefined ? [] : [...convertArgument(node.name, conversion)];
  for (const item of node.prefix) {
    if (item.type === "Assignment") assignments.push(convertAssignment(item, conversion));
    else redirections.push(...convertRedirection(item, conversion));
  }
  for (const item of node.suffix) {
    if (item.type === "Word") words.push(...convertArgument(item, conversion));
    else if (item.type === "Assignment") words.push(assignmentWord(convertAssignment(item, conversion)));
    else redirections.push(...convertRedirection(item, conversion));
  }
  return { kind: "command", start: node.pos, end: node.end, assignments, words, redirections };
}

function convertAssignment(node: unbash.Assignment, conversion: Conversion): Assignment {
  const { value, index, append } = node;
  return {
    start: node.pos,
    end: node.end,
    // As written: the name that unbash gives has letters in place of `${{ }}`.
    name: conversion.text.slice(node.pos, node.pos + node.name.length),
    index: index === undefined ? undefined : convertWord(index, conversion),
    append: append === true,
    value:
      value.type === "Word"
        ? convertWord(value, conversion)
        : value.elements.flatMap((element) => convertArgument(element, conversion)),
  };
}

/** An argument of `export` and its kind. */
function assignmentWord(assignment: Assignment): Word {
  return { start: assignment.start, end: assignment.end, parts: [], assignment };
}

function convertPipeline(node: unbash.Pipeline, conversion: Conversion): Statement {
  const place = { start: node.pos, end: node.end, redirections: NONE };
  const statements = node.commands.map((command) => convertNode(command, conversion));
  const [only, ...others] = statements;
  const statement: Statement =
    only !== undefined && others.length === 0 ? only : { kind: "pipeline", ...place, statements };
  const negations = node.prefixes.filter(({ type }) => type === "Negation").length;
  return negations % 2 === 0 ? statement : { kind: "not", ...place, statement };
}

function convertAndOr(node: unbash.AndOr, conversion: Conversion): Statement {
  const [first, ...others] = node.commands.map((command) => convertNode(command, conversion));
  const place = { start: node.pos, end: node.end, redirections: NONE };
  if (first === undefined) return { kind: "group", ...place, body: [] };
  const rest = others.map((statement, index) => ({ operator: node.operators[index] ?? "&&", statement }));
  return { kind: "and-or", ...place, first, rest };
}

function convertCaseItem(item: unbash.CaseItem, conversion: Conversion): CaseItem {
  return {
    start: item.pos,
    end: item.end,
    patterns: item.pattern.map((word) => convertWord(word, conversion, "pattern")),
    body: convertStatements(item.body.commands, conversion),
    terminator: item.terminator ?? ";;",
  };
}

function convertCondition(node: unbash.TestExpression, conversion: Conversion): Condition {
  switch (node.type) {
    case "TestUnary":
      return { kind: "unary", operator: node.operator, operand: convertWord(node.operand, conversion) };
    case "TestBinary": {
      const [left, right] = [convertWord(node.left, conversion), convertWord(node.right, conversion, "pattern")];
      return { kind: "binary", operator: node.operator, left, right };
    }
    case "TestLogical": {
      const conditions = node.operands.map((operand) => convertCondition(operand, conversion));
      return { kind: node.operator === "&&" ? "all" : "any", conditions };
    }
    case "TestNot": {
      const condition = convertCondition(node.operand, conversion);
      return node.negations.length % 2 === 0 ? condition : { kind: "not", condition };
    }
    case "TestGroup":
      return convertCondition(node.expression, conversion);
  }
}

function convertRedirection(node: unbash.Redirection, conversion: Conversion): readonly Redirection[] {
  const descriptor = node.descriptor?.type === "FileDescriptor" ? node.descriptor.value : node.descriptor?.name;
  const place = { start: node.pos, end: node.end, descriptor };
  if (node.type === "HereDoc") return [{ kind: "here-document", ...place, content: convertHeredoc(node, conversion) }];
  if (node.target === undefined) return [];
  const target = convertWord(node.target, conversion);
  if (node.type === "HereString") return [{ kind: "here-string", ...place, content: target }];
  const { operator } = node;
  if (operator !== ">&" && operator !== "<&") return [{ kind: "file", ...place, operator, target }];
  const isNumber = /^(?:\d+-?|-)$/.test(conversion.masked.slice(node.target.pos, node.target.end));
  // `>& file` is `&> file`: bash(1), Redirecting Standard Output and Standard Error.
  if (operator === ">&" && !isNumber && descriptor === undefined)
    return [{ kind: "file", ...place, operator: "&>", target }];
  return [{ kind: "duplicate", ...place, operator, target }];
}

function convertHeredoc({ body, delimiter, operator }: unbash.HereDoc, conversion: Conversion): Word {
  const isQuoted = delimiter?.quoted === true;
  if (operator === "<<-") return convertWord(body, conversion, "value", isQuoted ? "single-tabs" : "heredoc-tabs");
  return convertWord(body, conversion, "value", isQuoted ? "single" : "heredoc");
}

import { hideTokens } from "../credentials/hide-tokens.ts";
import type { Command, Script, Statement } from "../shell/script.ts";

/** A command, and what runs before it on the way to it: the statements in front of it on every level, in order. */
export interface FoundCommand {
  readonly command: Command;
  readonly before: readonly Statement[];
}

/** Finds a command by its text. Undefined where it stands in no plain place: in `$(…)`, in a function, in another file. */
export function findCommand(script: Script, text: string): FoundCommand | undefined {
  const wanted = squeeze(text);
  const isIt = (command: Command): boolean =>
    squeeze(hideTokens(script.text.slice(command.start, command.end))) === wanted ||
    squeeze(hideTokens(textOfWords(command, script))) === wanted;
  return findIn(script.statements, isIt);
}

/** The words alone, without assignments in front and redirections behind. */
function textOfWords({ words }: Command, { text }: Script): string {
  return text.slice(words[0]?.start ?? 0, words.at(-1)?.end ?? 0);
}

function squeeze(text: string): string {
  return text.replace(/\\\n/g, " ").replace(/\s+/g, " ").trim();
}

function findIn(statements: readonly Statement[], isIt: (command: Command) => boolean): FoundCommand | undefined {
  for (const [at, statement] of statements.entries()) {
    const found = findAt(statement, isIt);
    if (found !== undefined) return { ...found, before: [...statements.slice(0, at), ...found.before] };
  }
  return undefined;
}

function findAt(statement: Statement, isIt: (command: Command) => boolean): FoundCommand | undefined {
  if (statement.kind === "command") return isIt(statement) ? { command: statement, before: [] } : undefined;
  for (const list of listsIn(statement)) {
    const found = findIn(list, isIt);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The lists of statements that a compound one runs in the same shell, or in a copy of it. What a function holds runs elsewhere. */
function listsIn(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case "and-or":
      return [[statement.first, ...statement.rest.map((next) => next.statement)]];
    case "pipeline":
      return statement.statements.map((part) => [part]);
    case "not":
    case "background":
      return [[statement.statement]];
    case "if":
      return [
        ...statement.branches.flatMap(({ condition, body }) => [condition, body]),
        ...(statement.otherwise === undefined ? [] : [statement.otherwise]),
      ];
    case "while":
      return [statement.condition, statement.body];
    case "for":
    case "loop":
    case "subshell":
    case "group":
      return [statement.body];
    case "case":
      return statement.items.map(({ body }) => body);
    case "command":
    case "function":
    case "test":
    case "arithmetic":
      return [];
  }
}

import { hideTokens } from "../credentials/hide-tokens.ts";
import type { Command, Script, Statement } from "../shell/script.ts";

/** A command, and what runs before it on the way to it: the statements in front of it on every level, in order. */
export interface FoundCommand {
  readonly command: Command;
  readonly before: readonly Statement[];
}

/**
 * Finds commands that stand in a plain place: not in `$(…)`, not in a function, not in another file.
 *
 * @param text of the command; undefined: all that push
 */
export function findCommands(script: Script, text: string | undefined): readonly FoundCommand[] {
  const wanted = text === undefined ? undefined : squeeze(text);
  return findIn(script.statements, [], (command) => {
    const written = script.text.slice(command.start, command.end);
    if (wanted === undefined) return /\bgit\b.*\spush(?:\s|$)/s.test(written);
    return [written, textOfWords(command, script)].some((each) => squeeze(hideTokens(each)) === wanted);
  });
}

/** The words alone, without assignments in front and redirections behind. */
function textOfWords({ words }: Command, { text }: Script): string {
  return text.slice(words[0]?.start ?? 0, words.at(-1)?.end ?? 0);
}

function squeeze(text: string): string {
  return text.replace(/\\\n/g, " ").replace(/\s+/g, " ").trim();
}

function findIn(
  statements: readonly Statement[],
  before: readonly Statement[],
  isIt: (command: Command) => boolean,
): readonly FoundCommand[] {
  return statements.flatMap((statement, at) => {
    const here = [...before, ...statements.slice(0, at)];
    if (statement.kind === "command") return isIt(statement) ? [{ command: statement, before: here }] : [];
    return listsIn(statement).flatMap((list) => findIn(list, here, isIt));
  });
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

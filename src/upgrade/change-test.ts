import type { Command, Condition, Statement } from "../shell/script.ts";
import type { Word } from "../shell/word.ts";
import { notPlain } from "./not-plain.ts";
import { textOfWord, type StepVariables } from "./word-text.ts";

/** A condition that asks whether there is anything to commit. */
export interface ChangeTest {
  /** What is so where it holds. */
  readonly holds: "changed" | "unchanged";
  /** What it looks at; empty: everything. */
  readonly paths: readonly string[];
  /** It looks at what was added before it. */
  readonly ofStaged: boolean;
}

/**
 * Reads a condition as the question whether there is anything to commit; undefined where it asks something else.
 *
 * @throws NotPlain where the answer is another than `git commit` would give
 */
export function readChangeTest(statement: Statement, variables: StepVariables): ChangeTest | undefined {
  if (statement.redirections.length > 0) return undefined;
  switch (statement.kind) {
    case "not": {
      const inner = readChangeTest(statement.statement, variables);
      return inner && negate(inner);
    }
    case "test":
      return readCondition(statement.condition, variables);
    case "command":
      return readCommand(statement, variables);
    default:
      return undefined;
  }
}

function readCommand({ words, assignments }: Command, variables: StepVariables): ChangeTest | undefined {
  if (assignments.length > 0) return undefined;
  const [name, ...rest] = words.map(literalOf);
  if (name === "[" || name === "test") {
    const operands = name === "[" ? words.slice(1, -1) : words.slice(1);
    const [first, second, third] = operands;
    if (first !== undefined && second !== undefined && third === undefined)
      return ofEmptiness(literalOf(first) ?? "", second, variables);
    if (first !== undefined && second !== undefined && third !== undefined && operands.length === 3)
      return ofComparison(literalOf(second) ?? "", first, third, variables);
    return undefined;
  }
  if (name !== "git" || rest[0] !== "diff") return undefined;
  if (!rest.some((word) => word === "--quiet" || word === "--exit-code")) return undefined;
  return { holds: "unchanged", ...readDiff(words.slice(2), variables) };
}

function readCondition(condition: Condition, variables: StepVariables): ChangeTest | undefined {
  switch (condition.kind) {
    case "unary":
      return ofEmptiness(condition.operator, condition.operand, variables);
    case "binary":
      return ofComparison(condition.operator, condition.left, condition.right, variables);
    case "not": {
      const inner = readCondition(condition.condition, variables);
      return inner && negate(inner);
    }
    default:
      return undefined;
  }
}

/** `-z "$(git status --porcelain)"`, `-n "$(…)"` */
function ofEmptiness(operator: string, operand: Word, variables: StepVariables): ChangeTest | undefined {
  const looked = operator === "-z" || operator === "-n" ? listedChanges(operand, variables) : undefined;
  return looked && { holds: operator === "-z" ? "unchanged" : "changed", ...looked };
}

/** `"$(git status --porcelain)" != ""` */
function ofComparison(operator: string, left: Word, right: Word, variables: StepVariables): ChangeTest | undefined {
  const isEqual = operator === "=" || operator === "==";
  if ((!isEqual && operator !== "!=") || literalOf(right) !== "") return undefined;
  const looked = listedChanges(left, variables);
  return looked && { holds: isEqual ? "unchanged" : "changed", ...looked };
}

type Looked = Pick<ChangeTest, "paths" | "ofStaged">;

/** What `$(git status --porcelain)`, or a list of what is staged, looks at; undefined for other words. */
function listedChanges({ parts }: Word, variables: StepVariables): Looked | undefined {
  const [part, ...others] = parts;
  if (part?.kind !== "substitution" || others.length > 0 || part.script.kind === "unreadable") return undefined;
  const [statement, ...more] = part.script.statements;
  if (statement?.kind !== "command" || more.length > 0 || statement.redirections.length > 0) return undefined;
  const [git, command, ...options] = statement.words.map(literalOf);
  if (git !== "git") return undefined;
  if (command === "diff") return readDiff(statement.words.slice(2), variables);
  const isShort = options.some((option) => option === "--porcelain" || option === "-s" || option === "--short");
  if (command !== "status" || !isShort) return undefined;
  return { ofStaged: false, paths: pathsIn(statement.words.slice(2), variables) };
}

function readDiff(words: readonly Word[], variables: StepVariables): Looked {
  const ofStaged = words.some((word) => literalOf(word) === "--cached" || literalOf(word) === "--staged");
  if (!ofStaged) return notPlain("`git diff` without `--cached` does not see new files, and the commit of a push does");
  return { ofStaged, paths: pathsIn(words, variables).filter((path) => path !== "HEAD") };
}

function pathsIn(words: readonly Word[], variables: StepVariables): readonly string[] {
  return words.map((word) => textOfWord(word, variables)).filter((text) => !text.startsWith("-"));
}

function negate(test: ChangeTest): ChangeTest {
  return { ...test, holds: test.holds === "changed" ? "unchanged" : "changed" };
}

/** A word that is the same in every run; undefined for others. */
export function literalOf({ parts }: Word): string | undefined {
  return parts.every((part) => part.kind === "literal") ? parts.map((part) => part.text).join("") : undefined;
}

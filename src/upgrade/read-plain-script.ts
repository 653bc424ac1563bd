import type { AndOr, Command, If, Script, Statement } from "../shell/script.ts";
import { literalOf, readChangeTest, type ChangeTest } from "./change-test.ts";
import { GitCommands } from "./git-commands.ts";
import { notPlain } from "./not-plain.ts";
import type { PlainScript } from "./plain-script.ts";
import { textOfWord, type StepVariables } from "./word-text.ts";

/**
 * Reads a script that only commits and pushes, with or without asking first whether there is anything to commit.
 *
 * @throws NotPlain where it does anything else
 */
export function readPlainScript(script: Script, variables: StepVariables): PlainScript {
  const reader = new ScriptReader(script, variables);
  reader.statements(script.statements, true);
  return reader.finish();
}

class ScriptReader {
  readonly #script: Script;
  readonly #variables: StepVariables;
  readonly #git: GitCommands;
  readonly #tests: ChangeTest[] = [];
  readonly #prints: string[] = [];
  /** What is read now happens only where there is something to commit. */
  #isGuarded = false;
  readonly #guarded = { commit: false, push: false };
  #mayFailToCommit = false;

  constructor(script: Script, variables: StepVariables) {
    this.#script = script;
    this.#variables = variables;
    this.#git = new GitCommands(variables);
  }

  finish(): PlainScript {
    const { push, paths, author, commit, urls, rebasedOnto } = this.#git;
    if (push === undefined) return notPlain("the push is made by another script, or in a way that is not plain");
    for (const test of this.#tests) {
      const isSame = [...test.paths].map(folderOf).sort().join("\n") === [...paths].map(folderOf).sort().join("\n");
      if (test.paths.length > 0 && !isSame)
        return notPlain(`the script asks whether ${test.paths.join(" ")} changed, and commits ${paths.join(" ")}`);
    }
    return {
      author,
      paths,
      commit,
      push,
      urls,
      rebasedOnto,
      guarded: this.#guarded,
      mayFailToCommit: this.#mayFailToCommit,
      prints: this.#prints,
    };
  }

  /** @param isLast the last of them is the script's: what comes of it comes of the step */
  statements(list: readonly Statement[], isLast: boolean): void {
    list.forEach((statement, index) => this.#statement(statement, isLast && index === list.length - 1));
  }

  #statement(statement: Statement, isLast: boolean): void {
    if (statement.redirections.length > 0) notPlain(`\`${this.#written(statement)}\` writes to a file, or reads one`);
    switch (statement.kind) {
      case "command":
        return this.#command(statement);
      case "group":
      case "subshell":
        return this.#within(() => this.statements(statement.body, isLast));
      case "and-or":
        return this.#chain(statement, isLast);
      case "if":
        return this.#condition(statement, isLast);
      default:
        return notPlain(`the script does more than commit and push: \`${this.#written(statement)}\``);
    }
  }

  #command(command: Command): void {
    const { words, assignments } = command;
    const name = words[0] === undefined ? undefined : literalOf(words[0]);
    if (assignments.length > 0 || name === undefined)
      return notPlain(`the script does more than commit and push: \`${this.#written(command)}\``);
    if (name === "git") {
      const before = this.#git.commit;
      const did = this.#git.run(words.slice(1));
      if (did === "print") this.#prints.push(this.#written(command));
      if (before === undefined && this.#git.commit !== undefined) this.#guarded.commit = this.#isGuarded;
      if (did === "push") this.#guarded.push = this.#isGuarded;
      return;
    }
    if (name === "set" && words.slice(1).every(isShellOption)) return;
    if (this.#isPrint(command)) return void (name === "echo" && this.#prints.push(this.#written(command)));
    notPlain(`the script does more than commit and push: \`${this.#written(command)}\``);
  }

  /** `a && b || c` */
  #chain({ first, rest }: AndOr, isLast: boolean): void {
    const test = this.#test(first);
    if (test !== undefined) return this.#afterTest(test, rest, isLast);
    const [next, ...others] = rest;
    // `git commit … || echo nothing`: whatever was wrong, the script goes on; with `exit` it ends there.
    if (this.#isCommit(first) && next?.operator === "||" && others.length === 0) {
      this.#statement(first, false);
      this.#mayFailToCommit = true;
      if (this.#ends([next.statement])) this.#isGuarded = true;
      this.#guarded.commit = true;
      return;
    }
    if (rest.some(({ operator }) => operator === "||"))
      return notPlain(
        `\`${this.#written({ start: first.start, end: rest.at(-1)?.statement.end ?? first.end })}\`: what fails is passed over`,
      );
    if (!isLast) notPlain("what fails in `a && b` does not end the script, and a push that fails ends the step");
    this.#statement(first, false);
    rest.forEach(({ statement }, index) => this.#statement(statement, index === rest.length - 1));
  }

  /** `test && a || b`: which part of it happens when, as long as nothing fails. */
  #afterTest(test: ChangeTest, rest: AndOr["rest"], isLast: boolean): void {
    let holdsWhen: Happens = test.holds;
    let hasWorked = false;
    for (const [index, { operator, statement }] of rest.entries()) {
      if (operator === "||" && hasWorked) notPlain(`\`|| ${this.#written(statement)}\`: what fails is passed over`);
      const happens: Happens = operator === "&&" ? holdsWhen : OPPOSITES[holdsWhen];
      if (happens === "never") continue;
      if (happens === "unchanged") this.#isGuarded = this.#ends([statement]) || this.#isGuarded;
      else {
        const read = (): void => this.#statement(statement, isLast && index === rest.length - 1);
        if (happens === "changed") this.#guard(read);
        else read();
        hasWorked = true;
      }
      holdsWhen = operator === "&&" ? happens : "always";
    }
  }

  #condition({ branches, otherwise = [] }: If, isLast: boolean): void {
    const [branch, ...others] = branches;
    const [asked, ...more] = branch?.condition ?? [];
    const test = asked === undefined || more.length > 0 ? undefined : this.#test(asked);
    if (branch === undefined || others.length > 0 || test === undefined)
      return notPlain("the script asks something else than whether there is anything to commit");
    const [changed, unchanged] = test.holds === "changed" ? [branch.body, otherwise] : [otherwise, branch.body];
    const ends = this.#ends(unchanged);
    this.#guard(() => this.statements(changed, isLast));
    if (ends) this.#isGuarded = true;
  }

  #test(statement: Statement): ChangeTest | undefined {
    const test = readChangeTest(statement, this.#variables);
    if (test === undefined) return undefined;
    if (test.ofStaged && this.#git.paths.length === 0)
      return notPlain("the script asks what earlier steps have staged");
    this.#tests.push(test);
    return test;
  }

  /** Reads what is done where nothing is to be committed: it may print, and end the script. */
  #ends(statements: readonly Statement[]): boolean {
    let ends = false;
    for (const statement of statements) {
      if (statement.kind === "group") ends = this.#ends(statement.body) || ends;
      else if (statement.kind !== "command" || statement.redirections.length > 0)
        notPlain(`the script does something where nothing is to be committed: \`${this.#written(statement)}\``);
      else if (statement.words.map(literalOf).join(" ") === "exit 0") ends = true;
      else if (!this.#isPrint(statement))
        notPlain(`the script does something where nothing is to be committed: \`${this.#written(statement)}\``);
      else this.#prints.push(this.#written(statement));
    }
    return ends;
  }

  #isPrint({ words, assignments }: Command): boolean {
    const [name, ...rest] = words;
    const isName = name !== undefined && ["echo", "printf", "true", ":"].includes(literalOf(name) ?? "");
    if (!isName || assignments.length > 0) return false;
    // What it prints may be a command to the runner.
    return rest.every((word) => !textOfWord(word, this.#variables).startsWith("::"));
  }

  #isCommit(statement: Statement): boolean {
    const words = statement.kind === "command" ? statement.words.map(literalOf) : [];
    return words[0] === "git" && words.includes("commit");
  }

  #guard(read: () => void): void {
    this.#within(() => {
      this.#isGuarded = true;
      read();
    });
  }

  #within(read: () => void): void {
    const before = this.#isGuarded;
    read();
    this.#isGuarded = before;
  }

  #written({ start, end }: { readonly start: number; readonly end: number }): string {
    const [line = "", ...more] = this.#script.text.slice(start, end).split("\n");
    return more.length === 0 ? line : `${line} …`;
  }
}

type Happens = ChangeTest["holds"] | "always" | "never";

/** `-e`, `-euo`, `pipefail`: how the script runs, which a push's own script has for itself. */
function isShellOption(word: Parameters<typeof literalOf>[0]): boolean {
  return /^(?:[-+][euxvo]+|pipefail|errexit|nounset|xtrace)$/.test(literalOf(word) ?? "");
}

const OPPOSITES: Readonly<Record<Happens, Happens>> = {
  changed: "unchanged",
  unchanged: "changed",
  always: "never",
  never: "always",
};

function folderOf(path: string): string {
  return path.replace(/\/$/, "");
}

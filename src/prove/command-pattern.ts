import { parseScript } from "../shell/parse-script.ts";
import type { Part, Word } from "../shell/word.ts";

/**
 * What a command's arguments must look like when it runs: letters stay, and whatever the shell puts in stands for any text. The
 * arguments are compared with a null character between them.
 *
 * @returns undefined for what is no single command, and for an action: any may be meant
 */
export function commandPattern(command: string): RegExp | undefined {
  // The git command that an action runs stands nowhere in the workflow.
  if (command.startsWith("uses: ")) return undefined;
  const script = parseScript(command, { hasExpressions: true });
  if (script.kind === "unreadable") return undefined;
  const [only, ...others] = script.statements;
  if (only?.kind !== "command" || others.length > 0) return undefined;
  // In front of git may stand what runs it: `timeout 60 git push`, `retry git push`. What ran is git, by its bare name.
  const git = Math.max(only.words.findIndex(isGit), 0);
  const [program, ...args] = only.words.slice(git);
  const name = program === undefined ? "" : isGit(program) ? "git" : wordPattern(program, false);
  // xargs(1) puts what it reads behind the words that it is given.
  const isOpen = only.words.slice(0, git).some((word) => isLiteral(word, /^xargs$/));
  return new RegExp(`^${name}${args.map((word) => wordPattern(word, true)).join("")}${isOpen ? ".*" : ""}$`, "s");
}

function isGit(word: Word): boolean {
  return isLiteral(word, /(?:^|\/)git$/);
}

function isLiteral({ parts: [only, ...others] }: Word, pattern: RegExp): boolean {
  return only?.kind === "literal" && others.length === 0 && pattern.test(only.text);
}

/** Whether a program that was called so may be that command. */
export function isCallOf(pattern: RegExp | undefined, argv: readonly string[]): boolean {
  if (pattern === undefined) return true;
  const [program = "", ...args] = argv;
  return pattern.test([program.replace(/^.*\//, ""), ...args].join("\0"));
}

/** A word that is a variable without quotes, or `"$@"`, may be no argument, or several. */
function wordPattern({ parts }: Word, hasBefore: boolean): string {
  const isOpen = parts.length > 0 && parts.every((part) => part.kind !== "literal" && (!part.quoted || isList(part)));
  const separator = hasBefore ? "\\x00" : "";
  if (isOpen) return `(?:${separator}.*)?`;
  return separator + parts.map(partPattern).join("");
}

function partPattern(part: Part): string {
  if (part.kind === "literal") return part.text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
  return part.quoted && !isList(part) ? "[^\\x00]*" : ".*";
}

/** `$@` and `${LIST[@]}` are several arguments in quotes, too: bash(1), Special Parameters, Arrays. */
function isList(part: Part): boolean {
  if (part.kind !== "variable") return false;
  const [index] = part.index?.parts ?? [];
  return part.name === "@" || (index?.kind === "literal" && index.text === "@");
}

import type { Edit } from "./edit-text.ts";
import { isCheap, readRegularExpression, soughtBy } from "./regular-expression.ts";

/** Options of `sed` that say how its script is read. */
export interface SedOptions {
  /** `-E`, `-r` */
  readonly isExtended: boolean;
  /** `-n` */
  readonly isQuiet: boolean;
}

/** What `sed` makes of a text: of the letters of its script, and those of its input. Undefined where it is more than is followed. */
export function editWithSed({ isExtended, isQuiet }: SedOptions): Edit {
  return ([script = "", input = ""]) => {
    const commands = readScript(script, isExtended);
    if (commands === undefined) return undefined;
    const lines = input.split("\n");
    const hasEnd = lines.at(-1) === "";
    if (hasEnd) lines.pop();
    if (lines.some((line) => !commands.every((command) => isQuick(command, line)))) return undefined;
    const made: string[] = [];
    for (const [index, line] of lines.entries()) {
      const printed = editLine(line, { number: index + 1, isLast: index === lines.length - 1 }, commands, isQuiet);
      made.push(...printed.lines);
      if (printed.isEnd) break;
    }
    return {
      made: made.join("\n") + (hasEnd && made.length > 0 ? "\n" : ""),
      sought: commands.flatMap(soughtByCommand),
    };
  };
}

function isQuick({ address, action }: SedCommand, line: string): boolean {
  return (
    (!(address instanceof RegExp) || isCheap(address, line)) &&
    (action.kind !== "s" || isCheap(action.expression, line))
  );
}

interface SedCommand {
  readonly address: RegExp | number | "$" | undefined;
  readonly isNegated: boolean;
  readonly action:
    | { readonly kind: "d" | "p" | "q" }
    | { readonly kind: "s"; readonly expression: RegExp; readonly replacement: string; readonly prints: boolean };
}

function soughtByCommand({ address, action }: SedCommand): readonly string[] {
  return [
    ...(address instanceof RegExp ? soughtBy(address) : []),
    ...(action.kind === "s" ? soughtBy(action.expression) : []),
    "\n",
  ];
}

function editLine(
  line: string,
  at: { readonly number: number; readonly isLast: boolean },
  commands: readonly SedCommand[],
  isQuiet: boolean,
): { readonly lines: readonly string[]; readonly isEnd: boolean } {
  let text = line;
  const lines: string[] = [];
  for (const { address, isNegated, action } of commands) {
    const isMeant =
      address === undefined ||
      (address === "$" ? at.isLast : typeof address === "number" ? at.number === address : address.test(text));
    if (isMeant === isNegated) continue;
    if (action.kind === "d") return { lines, isEnd: false };
    if (action.kind === "q") return { lines: isQuiet ? lines : [...lines, text], isEnd: true };
    if (action.kind === "s") {
      const { expression, replacement, prints } = action;
      const changed = text.replace(expression, (...groups: readonly unknown[]) => fill(replacement, groups));
      if (changed !== text && prints) lines.push(changed);
      text = changed;
    } else lines.push(text);
  }
  return { lines: isQuiet ? lines : [...lines, text], isEnd: false };
}

/** `&` and `\1` stand for what was found. */
function fill(replacement: string, groups: readonly unknown[]): string {
  return replacement.replace(/\\([^])|&/g, (_: string, escaped?: string) => {
    if (escaped === undefined) return String(groups[0]);
    if (/\d/.test(escaped)) return String(groups[Number(escaped)] ?? "");
    return escaped === "n" ? "\n" : escaped === "t" ? "\t" : escaped;
  });
}

function readScript(script: string, isExtended: boolean): readonly SedCommand[] | undefined {
  const commands: SedCommand[] = [];
  let rest = script;
  for (;;) {
    rest = rest.replace(/^[\s;]+/, "");
    if (rest === "") return commands;
    const command = readCommand(rest, isExtended);
    if (command === undefined) return undefined;
    commands.push(command.command);
    rest = command.rest;
    if (rest !== "" && !/^[ \t]*[;\n]/.test(rest) && rest.trim() !== "") return undefined;
  }
}

function readCommand(
  text: string,
  isExtended: boolean,
): { readonly command: SedCommand; readonly rest: string } | undefined {
  let rest = text;
  let address: SedCommand["address"];
  const numbered = /^(\d+|\$)/.exec(rest)?.[1];
  if (numbered !== undefined) {
    address = numbered === "$" ? "$" : Number(numbered);
    rest = rest.slice(numbered.length);
  } else if (rest.startsWith("/")) {
    const pattern = readUntil(rest, 1, "/");
    const expression = pattern === undefined ? undefined : readRegularExpression(pattern.text, isExtended);
    if (pattern === undefined || expression === undefined) return undefined;
    address = expression;
    rest = rest.slice(pattern.end + 1);
  }
  rest = rest.trimStart();
  const isNegated = rest.startsWith("!");
  if (isNegated) rest = rest.slice(1).trimStart();
  const name = rest[0];
  if (name === "d" || name === "p" || name === "q")
    return { command: { address, isNegated, action: { kind: name } }, rest: rest.slice(1) };
  if (name !== "s") return undefined;
  const substitution = readSubstitution(rest, isExtended);
  return substitution && { command: { address, isNegated, action: substitution.action }, rest: substitution.rest };
}

/** `s/expression/replacement/flags`, with any letter in the place of `/`. */
function readSubstitution(text: string, isExtended: boolean) {
  const delimiter = text[1];
  if (delimiter === undefined || /[\\\n]/.test(delimiter)) return undefined;
  const pattern = readUntil(text, 2, delimiter);
  const replacement = pattern && readUntil(text, pattern.end + 1, delimiter, false);
  if (pattern === undefined || replacement === undefined) return undefined;
  const [flags = ""] = /^[a-zA-Z0-9]*/.exec(text.slice(replacement.end + 1)) ?? [];
  if (!/^[gpIi]*$/.test(flags) || /\\[A-Za-mo-su-z]/.test(replacement.text)) return undefined;
  const options = (flags.includes("g") ? "g" : "") + (/i/i.test(flags) ? "i" : "");
  const expression = readRegularExpression(pattern.text, isExtended, options);
  if (expression === undefined || pattern.text === "") return undefined;
  const action = { kind: "s", expression, replacement: replacement.text, prints: flags.includes("p") } as const;
  return { action, rest: text.slice(replacement.end + 1 + flags.length) };
}

/**
 * Up to the delimiter; a backslash in front of it makes it a letter, and so does a set `[…]` of an expression.
 *
 * @param hasSets false for a replacement
 */
function readUntil(
  text: string,
  start: number,
  delimiter: string,
  hasSets = true,
): { readonly text: string; readonly end: number } | undefined {
  let made = "";
  for (let at = start; at < text.length; at++) {
    const char = text[at] ?? "";
    if (char === delimiter) return { text: made, end: at };
    if (char === "\\" && at + 1 < text.length) {
      const next = text[++at] ?? "";
      made += next === delimiter && !/[()+?{}|.*&\d]/.test(next) ? next : char + next;
      continue;
    }
    const end = char === "[" && hasSets ? text.indexOf("]", at + (text[at + 1] === "^" ? 3 : 2)) : -1;
    made += end < 0 ? char : text.slice(at, end + 1);
    if (end >= 0) at = end;
  }
  return undefined;
}

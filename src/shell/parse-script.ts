import { convertStatements } from "./convert-statement.ts";
import type { Conversion } from "./convert-word.ts";
import { holesIn, maskExpressions, maskValue, type HoledText } from "./holes.ts";
import type { ParsedScript, Place, Unreadable } from "./script.ts";
import { parse, type CommandExpansionPart, type ParsedScript as Tree } from "./unbash.ts";
import type { TextValue } from "./value.ts";

/** GitHub takes no workflow that is longer, and no person writes such a script. */
const MOST_CHARACTERS = 500_000;
/** Substitutions in substitutions. */
const MOST_LEVELS = 40;

export interface ParseOptions {
  /** `${{ }}` is GitHub's, as in `run:`; in a file of the repository it is the shell's bad substitution. */
  readonly hasExpressions?: boolean;
}

/**
 * Reads a script for bash or sh. Never throws: a text that is no script is `unreadable`.
 *
 * @example
 * parseScript("git push https://x:${{ secrets.PAT }}@github.com/o/r");
 */
export function parseScript(text: string, { hasExpressions = true }: ParseOptions = {}): ParsedScript {
  const tooLong = refuseLong(text);
  if (tooLong !== undefined) return tooLong;
  return parseHoled(hasExpressions ? maskExpressions(text) : { text, masked: text, holes: [] }, 0);
}

/** Reads a script that was put together at run time: `bash -c "$X"`, `eval`, a file that a heredoc wrote. */
export function parseValue(value: TextValue): ParsedScript {
  const holed = maskValue(value);
  return refuseLong(holed.text) ?? parseHoled(holed, 0);
}

function refuseLong(text: string): Unreadable | undefined {
  if (text.length <= MOST_CHARACTERS) return undefined;
  const reason = `the script has ${text.length} characters, and more than ${MOST_CHARACTERS} are not read`;
  return unreadable(text, reason, { start: 0, end: text.length });
}

function parseHoled(holed: HoledText, level: number): ParsedScript {
  let tree: Tree;
  try {
    tree = parse(holed.masked);
  } catch (error) {
    return unreadable(holed.text, `the parser failed: ${String(error)}`, { start: 0, end: holed.text.length });
  }
  return convertTree(tree, holed, { start: 0, end: holed.text.length }, level);
}

function convertTree(tree: Tree, holed: HoledText, { start, end }: Place, level: number): ParsedScript {
  const { text } = holed;
  const [error] = tree.errors ?? [];
  if (error !== undefined) {
    const at = Math.min(error.pos, text.length);
    return unreadable(text, error.message, { start: at, end: Math.min(at + 1, text.length) });
  }
  const conversion: Conversion = {
    ...holed,
    convertScript: (script, part) => convertSubstitution(script, part, holed, level + 1),
  };
  return { kind: "script", text, start, end, statements: convertStatements(tree.commands, conversion) };
}

function convertSubstitution(
  tree: Tree | undefined,
  part: CommandExpansionPart,
  holed: HoledText,
  level: number,
): ParsedScript {
  const place = { start: part.pos, end: Math.min(part.end, holed.text.length) };
  if (level > MOST_LEVELS) return unreadable(holed.text, "substitutions are nested too deep", place);
  // In a heredoc an open one is no error for unbash; bash says so and goes on with what it has.
  if (tree === undefined || !isClosed(part.text))
    return unreadable(holed.text, "the substitution cannot be read", place);
  // Backslashes in backticks are gone before the script in them is read, so its text is another.
  if (tree.source !== undefined) return parseHoled(unescapeBackticks(holed, part), level);
  return convertTree(tree, holed, { start: tree.pos, end: tree.end }, level);
}

/** Whether a substitution ends as it began: `$(…)`, `<(…)`, `${ …; }` or backticks. */
function isClosed(text: string): boolean {
  const closer = text.startsWith("`") ? "`" : text.startsWith("${") ? "}" : ")";
  return text.length > 1 && text.endsWith(closer);
}

/** What stands between backticks, without the backslashes that hide `` ` ``, `$` and `\`. */
function unescapeBackticks(holed: HoledText, { pos, end }: CommandExpansionPart): HoledText {
  const [start, last] = [pos + 1, end - 1];
  let [text, masked] = ["", ""];
  let from = start;
  const dropped: number[] = [];
  for (let at = start; at < last; at++) {
    if (holed.masked[at] !== "\\") continue;
    if ("`$\\".includes(holed.masked[at + 1] ?? " ")) {
      text += holed.text.slice(from, at);
      masked += holed.masked.slice(from, at);
      from = at + 1;
      dropped.push(at);
    }
    at++;
  }
  text += holed.text.slice(from, last);
  masked += holed.masked.slice(from, last);
  const shifted = (at: number): number => at - start - dropped.filter((place) => place < at).length;
  const holes = holesIn(holed.holes, start, last).map((hole) => ({
    ...hole,
    start: shifted(hole.start),
    end: shifted(hole.end),
  }));
  return { text, masked, holes };
}

function unreadable(text: string, reason: string, place: Place): Unreadable {
  return { kind: "unreadable", text, reason, place };
}

/**
 * A POSIX regular expression as `sed` and `grep` read it, as far as JavaScript reads it the same: regex(7). Undefined for others.
 *
 * @param isExtended `-E`: `(`, `+`, `?` mean something without a backslash
 * @param isTest only whether it is found counts, not what
 */
export function readRegularExpression(
  text: string,
  isExtended: boolean,
  flags = "",
  isTest = false,
): RegExp | undefined {
  let source = "";
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? "";
    if (char === "[") {
      const set = readSet(text, at);
      if (set === undefined) return undefined;
      source += set.source;
      at = set.end;
    } else if (char === "\\") {
      const next = text[++at];
      const piece = next === undefined ? undefined : readEscape(next, isExtended);
      if (piece === undefined) return undefined;
      source += piece;
    } else if (char === "*" && (source === "" || source === "^" || source.endsWith("("))) source += "\\*";
    else if (char === "^") source += at === 0 || source.endsWith("(") ? "^" : isExtended ? "^" : "\\^";
    else if (char === "$") source += isExtended || isEnd(text, at) ? "$" : "\\$";
    // Which of several alternatives is taken differs: POSIX takes the longest.
    else if (char === "|" && isExtended && !isTest) return undefined;
    else if ("(){}+?|".includes(char)) source += isExtended ? char : `\\${char}`;
    else source += "/-".includes(char) ? char : char.replace(/[.*]/, "$&");
  }
  if (REPEATED_REPETITION.test(source)) return undefined;
  try {
    return new RegExp(source, `${flags}s`);
  } catch {
    return undefined;
  }
}

/** `(a*)*`: on a text that does not match it would take forever. */
const REPEATED_REPETITION = /\((?:[^()\\]|\\.)*[*+}](?:[^()\\]|\\.)*\)[*+{]|\([^()]*\([^()]*\)[^()]*\)[*+{]/;

/** Steps that a search may take at worst, by which whoever writes a script cannot hold us up. */
const MOST_STEPS = 3e8;

/** Whether an expression is searched for in a text: each repetition may try every place of it. */
export function isCheap({ source }: RegExp, { length }: string): boolean {
  const repetitions = source.replace(/\\.|\[[^\]]*\]/g, "x").match(/[*+]|\{\d*,/g)?.length ?? 0;
  return length ** (repetitions + 1) <= MOST_STEPS;
}

function isEnd(text: string, at: number): boolean {
  return at === text.length - 1 || text.startsWith("\\)", at + 1);
}

function readEscape(char: string, isExtended: boolean): string | undefined {
  if ("(){}+?".includes(char)) return isExtended ? `\\${char}` : char;
  if (char === "|") return isExtended ? "\\|" : undefined;
  if (char === "<" || char === ">") return "\\b";
  if (/[1-9wWsSbBnt]/.test(char)) return `\\${char}`;
  return /[A-Za-z0]/.test(char) ? undefined : `\\${char}`;
}

const CLASSES: Readonly<Record<string, string>> = {
  alpha: "A-Za-z",
  digit: "0-9",
  alnum: "A-Za-z0-9",
  upper: "A-Z",
  lower: "a-z",
  space: "\\s",
  blank: " \\t",
  xdigit: "0-9A-Fa-f",
};

/** `[^]a-z[:space:]]`: backslashes in it are letters. */
function readSet(text: string, start: number): { readonly source: string; readonly end: number } | undefined {
  let at = start + 1;
  let source = "[";
  if (text[at] === "^") {
    source += "^";
    at++;
  }
  for (let isFirst = true; ; isFirst = false, at++) {
    const char = text[at];
    if (char === undefined) return undefined;
    if (char === "]" && !isFirst) return { source: `${source}]`, end: at };
    const named = /^\[:(\w+):\]/.exec(text.slice(at));
    if (named !== null) {
      const characters = CLASSES[named[1] ?? ""];
      if (characters === undefined) return undefined;
      source += characters;
      at += named[0].length - 1;
    } else if (char === "[" && /[.=]/.test(text[at + 1] ?? "")) return undefined;
    else source += char === "\\" && /[nt]/.test(text[at + 1] ?? "") ? char : char.replace(/[[\]\\^]/, "\\$&");
  }
}

/** The letters that an expression looks for, without what has a meaning. */
export function soughtBy(expression: RegExp): readonly string[] {
  const plain = expression.source
    .replace(/\[(?:\\.|[^\]\\])*\]|\(\?[:=!]|\{[\d,]*\}/g, "\0")
    .replace(/\\([wWsSbBnt1-9])/g, "\0")
    .replace(/(?<!\\)[$()*+.?^|]/g, "\0")
    .replace(/\\(.)/g, "$1");
  const runs = plain.split("\0").filter((run) => run !== "");
  const texts = [plain.replaceAll("\0", ""), ...runs];
  return [...new Set(expression.ignoreCase ? texts.flatMap((text) => [text, text.toLowerCase()]) : texts)];
}

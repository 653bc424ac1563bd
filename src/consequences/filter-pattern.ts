/**
 * Whether a list of filter patterns takes a name: the last pattern that fits decides, and `!` in front makes it a no.
 * Source: docs.github.com, "Workflow syntax", filter pattern cheat sheet.
 *
 * @returns undefined where a pattern cannot be read
 */
export function matchesFilters(patterns: readonly string[], name: string): boolean | undefined {
  let isMatch = false;
  for (const pattern of patterns) {
    const isNegated = pattern.startsWith("!");
    const expression = toRegExp(isNegated ? pattern.slice(1) : pattern);
    if (expression === undefined) return undefined;
    if (expression.test(name)) isMatch = !isNegated;
  }
  return isMatch;
}

/** `*` all but `/`, `**` all, `?` and `+` on what stands before them, `[a-z]`; `\` takes the meaning away. */
function toRegExp(pattern: string): RegExp | undefined {
  let source = "";
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] ?? "";
    if (char === "*") {
      const isDouble = pattern[at + 1] === "*";
      if (isDouble) at++;
      // `**/x` takes `x`, too.
      if (isDouble && pattern[at + 1] === "/" && (source === "" || source.endsWith("/"))) {
        at++;
        source += "(?:.*/)?";
      } else source += isDouble ? ".*" : "[^/]*";
    } else if ((char === "?" || char === "+") && source !== "") source += char;
    else if (char === "[") {
      const end = pattern.indexOf("]", at + 1);
      if (end < 0) return undefined;
      source += `[${pattern.slice(at + 1, end).replace(/[\\^[]/g, "\\$&")}]`;
      at = end;
    } else if (char === "\\" && at + 1 < pattern.length) source += escape(pattern[++at] ?? "");
    else source += escape(char);
  }
  try {
    return new RegExp(`^${source}$`, "u");
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function escape(char: string): string {
  return char.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

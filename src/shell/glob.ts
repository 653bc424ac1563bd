/** A pattern of the shell's, as `case`, `[[ == ]]` and `${x#…}` have it: `*` also matches `/`. */
export type Glob = readonly GlobToken[];

type GlobToken =
  | { readonly kind: "any" }
  | { readonly kind: "one" }
  | { readonly kind: "char"; readonly test: (char: string) => boolean };

/** Longer texts are not searched: it would take too long. */
const MOST_CHARACTERS = 2_000;

export function literalGlob(text: string): Glob {
  return [...text].map((wanted) => ({ kind: "char", test: (char) => char === wanted }));
}

/** Reads `*`, `?`, `[…]` and backslashes; undefined where there is more to it: `@(a|b)`, `[[:alpha:]]`. */
export function readGlob(text: string): Glob | undefined {
  const tokens: GlobToken[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? "";
    if ("?*+@!".includes(char) && text[at + 1] === "(") return undefined;
    if (char === "*") tokens.push({ kind: "any" });
    else if (char === "?") tokens.push({ kind: "one" });
    else if (char === "[") {
      const end = text.indexOf("]", at + (/^\[[!^]?\]/.test(text.slice(at, at + 3)) ? 3 : 2));
      if (end < 0) tokens.push(...literalGlob(char));
      else {
        const token = readBracket(text.slice(at + 1, end));
        if (token === undefined) return undefined;
        tokens.push(token);
        at = end;
      }
    } else {
      if (char === "\\") at++;
      tokens.push(...literalGlob(text[at] ?? "\\"));
    }
  }
  return tokens;
}

function readBracket(text: string): GlobToken | undefined {
  if (text.includes("[") || text.includes("\\")) return undefined;
  const isNegated = /^[!^]/.test(text);
  const ranges = [...(isNegated ? text.slice(1) : text).matchAll(/([^])-([^])|([^])/g)].map(
    ([, from, to, single]) => [from ?? single ?? "", to ?? single ?? ""] as const,
  );
  return {
    kind: "char",
    test: (char) => ranges.some(([from, to]) => from <= char && char <= to) !== isNegated,
  };
}

/** Whether the whole text matches. */
export function matchesGlob(glob: Glob, text: string): boolean {
  const chars = [...text];
  let [token, at] = [0, 0];
  let [star, afterStar] = [-1, 0];
  while (at < chars.length) {
    const current = glob[token];
    if (current?.kind === "any") {
      [star, afterStar] = [token++, at];
    } else if (current !== undefined && (current.kind === "one" || current.test(chars[at] ?? ""))) {
      token++;
      at++;
    } else if (star >= 0) {
      token = star + 1;
      at = ++afterStar;
    } else return false;
  }
  while (glob[token]?.kind === "any") token++;
  return token === glob.length;
}

/** What is left of a text when the beginning (or the end) that matches is gone; undefined where the text is too long. */
export function removeMatch(glob: Glob, text: string, operator: "#" | "##" | "%" | "%%"): string | undefined {
  if (text.length > MOST_CHARACTERS) return undefined;
  const isStart = operator.startsWith("#");
  for (let step = 0; step <= text.length; step++) {
    const length = operator.length === 1 ? step : text.length - step;
    const piece = isStart ? text.slice(0, length) : text.slice(text.length - length);
    if (matchesGlob(glob, piece)) return isStart ? text.slice(length) : text.slice(0, text.length - length);
  }
  return text;
}

/** Replaces the longest match, or each; undefined where the text is too long. */
export function replaceMatch(
  glob: Glob,
  text: string,
  operator: "/" | "//" | "/#" | "/%",
  replacement: string,
): string | undefined {
  if (glob.length === 0) return text;
  const isFixed = glob.every(({ kind }) => kind !== "any");
  if (text.length > (isFixed ? MOST_CHARACTERS : 200) || glob.length > 200) return undefined;
  let made = "";
  for (let at = 0; at < text.length;) {
    const length = longestMatch(glob, text, at, operator);
    if (length === 0) made += text[at++] ?? "";
    else {
      made += replacement;
      at += length;
      if (operator !== "//") return made + text.slice(at);
    }
    if (operator === "/#") return made + text.slice(at);
  }
  return made;
}

function longestMatch(glob: Glob, text: string, at: number, operator: string): number {
  const rest = text.length - at;
  const shortest = operator === "/%" ? rest : 1;
  // A character is one or two code units.
  const longest = glob.some(({ kind }) => kind === "any") ? rest : Math.min(rest, glob.length * 2);
  for (let length = longest; length >= shortest; length--)
    if (matchesGlob(glob, text.slice(at, at + length))) return length;
  return 0;
}

/**
 * Whether a name fits a pattern of a ruleset or a protection rule. GitHub uses Ruby's `File.fnmatch` with `FNM_PATHNAME`: `*` and
 * `?` stop at `/`, `**` followed by `/` is any number of folders and else no more than `*`. There is no `\`, no `{a,b}`, and no `[^a]`.
 * Source: docs.github.com, "Creating rulesets for a repository", fnmatch; ruby-doc.org, File.fnmatch.
 *
 * @returns undefined where the pattern cannot be read
 */
export function matchesPattern(pattern: string, name: string): boolean | undefined {
  const parts = pattern.split("/").map((part) => (part === "**" ? ANY_FOLDERS : partToRegExp(part)));
  if (parts.includes(undefined)) return undefined;
  return matchesParts(
    parts.filter((part) => part !== undefined),
    name.split("/"),
  );
}

const ANY_FOLDERS = "**";
type Part = RegExp | typeof ANY_FOLDERS;

function matchesParts([part, ...parts]: readonly Part[], names: readonly string[]): boolean {
  if (part === undefined) return names.length === 0;
  const [name, ...rest] = names;
  if (part === ANY_FOLDERS && parts.length > 0)
    return matchesParts(parts, names) || (name !== undefined && matchesParts([part, ...parts], rest));
  if (name === undefined) return false;
  return (part === ANY_FOLDERS || part.test(name)) && matchesParts(parts, rest);
}

function partToRegExp(part: string): RegExp | undefined {
  let source = "";
  for (let at = 0; at < part.length; at++) {
    const char = part[at] ?? "";
    if (char === "*") {
      while (part[at + 1] === "*") at++;
      source += ".*";
    } else if (char === "?") source += ".";
    else if (char === "[") {
      const end = part.indexOf("]", at + 2);
      if (end < 0 || part[at + 1] === "^") return undefined;
      const set = part.slice(at + 1, end).replace(/^!/, "^");
      source += `[${set.replace(/[\\[]/g, "\\$&")}]`;
      at = end;
    } else if (char === "\\" || char === "{") return undefined;
    else source += char.replace(/[$^.+()[\]}|]/g, "\\$&");
  }
  try {
    return new RegExp(`^${source}$`, "su");
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

import { WORKSPACE } from "../paths.ts";
import { hasSymbol, type Text } from "../text.ts";

/** What conditions of includes ask for. */
export interface Circumstances {
  /** Undefined outside of any repository. */
  readonly gitDir: Text | undefined;
  /** The branch that is checked out; undefined where none is, or nobody can tell. */
  readonly branch: Text | undefined;
  /** The URLs of all remotes. */
  readonly urls: readonly Text[];
  readonly home: Text;
}

/**
 * Whether `includeIf.<condition>.path` holds: git-config(1), CONDITIONAL INCLUDES.
 *
 * @param folder that of the file which includes
 * @returns a text that says when, where nobody can tell
 */
export function conditionOf(
  condition: string,
  folder: Text | undefined,
  circumstances: Circumstances,
): boolean | string {
  const [, kind = "", pattern = ""] =
    /^(gitdir(?:\/i)?|onbranch|hasconfig:remote\.\*\.url):([^]*)$/.exec(condition) ?? [];
  const { gitDir, branch, urls, home } = circumstances;
  switch (kind) {
    case "gitdir":
      return gitDir !== undefined && matchesGitDir(completePattern(pattern, folder, home), gitDir);
    case "gitdir/i":
      return (
        gitDir !== undefined &&
        matchesGitDir(completePattern(pattern, folder, home).toLowerCase(), gitDir.toLowerCase())
      );
    case "onbranch": {
      if (branch === undefined) return false;
      const full = pattern.endsWith("/") ? `${pattern}**` : pattern;
      if (full === "**" || full === branch) return true;
      return hasSymbol(branch) ? `the branch is ${full}` : matchesPath(full, branch);
    }
    case "":
      return false;
    default:
      return urls.some((url) => matchesPath(pattern, url));
  }
}

/** The workspace's folder has the repository's name, which a pattern may ask for, and which is not known here. */
function matchesGitDir(pattern: string, gitDir: Text): boolean | string {
  if (pattern.startsWith(WORKSPACE) || !gitDir.startsWith(`${WORKSPACE}/`)) return matchesPath(pattern, gitDir);
  const matches = (name: string): boolean =>
    matchesPath(pattern, `/home/runner/work/${name}/${name}${gitDir.slice(WORKSPACE.length)}`);
  const isUsual = matches("-".repeat(pattern.length + 1));
  const names = pattern.split("/").map((segment) => segment.replaceAll("*", ""));
  const other = names.find((name) => name !== "" && matches(name) !== isUsual);
  return other === undefined ? isUsual : `the repository is ${isUsual ? "not " : ""}called ${other}`;
}

function completePattern(pattern: string, folder: Text | undefined, home: Text): string {
  let full = pattern;
  if (full.startsWith("~/")) full = home + full.slice(1);
  else if (full.startsWith("./") && folder !== undefined) full = folder + full.slice(1);
  else if (!full.startsWith("/")) full = `**/${full}`;
  return full.endsWith("/") ? `${full}**` : full;
}

/** `wildmatch` with WM_PATHNAME: `*` stays in a segment, `**` does not. */
export function matchesPath(pattern: string, path: string): boolean {
  if (!/[*?[\\]/.test(pattern)) return pattern === path;
  let source = "";
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] ?? "";
    const set = char === "[" ? /^\[[!^]?\]?[^\]]*\]/.exec(pattern.slice(at))?.[0] : undefined;
    if (set !== undefined) {
      source += `(?!/)${set.replace(/^\[!/, "[^").replaceAll("\\", "\\\\")}`;
      at += set.length - 1;
    } else if (char === "*" && pattern[at + 1] === "*") {
      const isSegment = pattern[at + 2] === "/";
      source += isSegment ? "(?:[^]*/)?" : "[^]*";
      at += isSegment ? 2 : 1;
    } else if (char === "*") source += "[^/]*";
    else if (char === "?") source += "[^/]";
    else if (char === "\\") source += escapeLetter(pattern[++at] ?? "\\");
    else source += escapeLetter(char);
  }
  return new RegExp(`^${source}$`).test(path);
}

function escapeLetter(char: string): string {
  return char.replace(/[$()*+.?[\\\]^{|}]/, "\\$&");
}

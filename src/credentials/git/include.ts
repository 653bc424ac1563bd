/** Whether `includeIf.<condition>.path` holds for a repository, as git-config(1), CONDITIONAL INCLUDES. */
export function includeApplies(condition: string, gitDir: string, home: string): boolean {
  const [, kind = "", pattern = ""] = /^(gitdir(?:\/i)?):([^]*)$/.exec(condition) ?? [];
  if (kind === "") return false;
  const isCaseless = kind === "gitdir/i";
  const full = completePattern(pattern, home);
  return matchesPath(isCaseless ? full.toLowerCase() : full, isCaseless ? gitDir.toLowerCase() : gitDir);
}

function completePattern(pattern: string, home: string): string {
  let full = pattern;
  if (full.startsWith("~/")) full = home + full.slice(1);
  else if (!full.startsWith("/")) full = `**/${full}`;
  return full.endsWith("/") ? `${full}**` : full;
}

/** `wildmatch` with WM_PATHNAME: `*` stays in a segment, `**` does not. */
export function matchesPath(pattern: string, path: string): boolean {
  if (!/[*?[\\]/.test(pattern)) return pattern === path;
  let source = "";
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] ?? "";
    if (char === "*" && pattern[at + 1] === "*") {
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

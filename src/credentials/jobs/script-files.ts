import { dirname } from "node:path/posix";
import { remember } from "../../ir/remember.ts";

/** Reads a file of the repository by its path from the root. */
type ReadFile = (path: string) => string | undefined;

/** How deep scripts are looked into. */
const MOST_LEVELS = 5;

/** A shell, or an option that names a file to run, in front of a word. */
const NAMED =
  /(?:\b(?:bash|sh|dash|zsh|source|exec)\b(?:[ \t]+-\S+)*|(?:^|[\s;&|({])\.|\bmake\b[^\n]*(?:-f|--file|--makefile))[ \t=]+["']?([^\s"'`;&|<>()]+)/gm;
/** What joins commands, and stands in no word that may be a path. */
const JOINTS: ReadonlySet<string> = new Set(" \t\n\r\"'`;&|<>()=,:");
/** What words that are paths hold. */
const PATH_MARKS = ["/", ".sh", ".bash"] as const;

/** A path in letters, behind a variable or none. */
const PATH = /^(?:.*\$(?:\{[^}]*\}+|\w+))?(?:\.{0,2}\/)*([\w.-]+(?:\/[\w.-]+)*)$/;

/** The machine's own files. */
const ELSEWHERE = /^\/(?:usr|bin|sbin|etc|opt|tmp|dev|home|var|proc|root)\/|^\/\//;

/** Endings of files that no shell runs. */
const NO_SCRIPT =
  /\.(?:[cm]?[jt]sx?|py|rb|pl|php|go|rs|java|kt|c|cc|cpp|h|ya?ml|toml|xml|html?|css|md|txt|lock|png|svg|zip|t?gz|tar|exe|dll|ps1|cmd|bat)$/i;

/** Programs that run what a file of the repository says. */
const RUNNER = /\b(?:g?make|npm|pnpm|yarn|bun)\b|(?<![\w-])(?:just|(?:go-)?task)(?=[ \t]|$)/m;

/**
 * Whether a test says yes to one of the repository's scripts that a text may run, or that those may run.
 *
 * @param folders where paths may be looked up, from the root
 */
export function someScript(
  text: string,
  folders: readonly string[],
  readFile: ReadFile,
  test: (script: string) => boolean,
): boolean {
  const seen = new Set<string>();
  const below = (script: string, places: readonly string[], level: number): boolean =>
    pathsIn(script, places).some((path) => {
      // What a `package.json` runs depends on who asks.
      const isPackage = path.endsWith("package.json");
      if (seen.has(path)) return false;
      if (!isPackage) seen.add(path);
      const content = readFile(path);
      if (content === undefined) return false;
      const ran = isPackage ? scriptsOf(content, script) : content;
      if (test(ran)) return true;
      return level < MOST_LEVELS && below(ran, [...new Set([...places, dirname(path), ...foldersIn(ran)])], level + 1);
    });
  return below(text, ["", ...folders], 0);
}

/** The directories that a script's paths may be meant from: the root, and whatever it goes to. */
export const foldersIn = remember((text): readonly string[] => {
  const found = [...text.matchAll(/(?:\b(?:cd|pushd)|-C|--(?:prefix|cwd|dir|directory))[ \t=]+["']?([\w./-]+)/g)].map(
    ([, folder = ""]) => trim(folder),
  );
  return [...new Set(found)].filter((folder) => folder !== "");
});

function pathsIn(text: string, folders: readonly string[]): readonly string[] {
  const names = namesIn(text);
  return folders.flatMap((folder) =>
    folder === "" || folder === "." ? names : names.map((name) => `${folder}/${name}`),
  );
}

/** What a script may run of the repository, as it is written there. */
const namesIn = remember((text): readonly string[] => {
  const names = new Set<string>();
  const add = (word: string): void => {
    const name = ELSEWHERE.test(word) ? undefined : PATH.exec(word)?.[1];
    if (name !== undefined && name !== "." && name !== ".." && !NO_SCRIPT.test(name)) names.add(name);
  };
  for (const [, word = ""] of text.matchAll(NAMED)) add(word);
  for (const [, folder = ""] of text.matchAll(/\bhooksPath[ \t=]+["']?([\w./-]+)/gi))
    for (const hook of ["post-commit", "post-merge"]) add(`${folder.replace(/\/$/, "")}/${hook}`);
  for (const mark of PATH_MARKS)
    for (const word of wordsWith(mark, text)) if (mark === "/" || word.endsWith(mark)) add(word);
  if (RUNNER.test(text)) for (const name of RUNNERS_FILES) names.add(name);
  return [...names];
});

/** The words of a text that hold some letters; nearly all words of a workflow do not, so those letters are what is looked for. */
function* wordsWith(letters: string, text: string): Iterable<string> {
  let end = 0;
  for (let at = text.indexOf(letters); at >= 0; at = text.indexOf(letters, end)) {
    let start = at;
    while (start > end && !JOINTS.has(text.charAt(start - 1))) start -= 1;
    end = at + letters.length;
    while (end < text.length && !JOINTS.has(text.charAt(end))) end += 1;
    yield text.slice(start, end);
  }
}

const RUNNERS_FILES = [
  "package.json",
  "Makefile",
  "makefile",
  "GNUmakefile",
  "justfile",
  "Justfile",
  ".justfile",
  "Taskfile.yml",
  "taskfile.yml",
  "Taskfile.yaml",
];

function trim(path: string): string {
  return path.replace(/^(?:\.?\/)+|\/+$/g, "");
}

/** Of a `package.json` the scripts that a text names, and those that they name. */
function scriptsOf(json: string, text: string): string {
  const scripts = readScripts(json);
  // What is computed may name any of them.
  if (/\b(?:npm|pnpm|yarn|bun)\b[^\n]*\$/.test(text)) return Object.values(scripts).join("\n");
  const ran = new Set<string>();
  const visit = (script: string): void => {
    for (const word of script.match(/[\w:./@-]+/g) ?? [])
      for (const name of [word, `pre${word}`, `post${word}`, ...(LIFECYCLE.has(word) ? HOOKS : [])]) {
        const found = Object.hasOwn(scripts, name) ? scripts[name] : undefined;
        if (found === undefined || ran.has(found)) continue;
        ran.add(found);
        visit(found);
      }
  };
  visit(text);
  return [...ran].join("\n");
}

const LIFECYCLE: ReadonlySet<string> = new Set(["publish", "pack", "version", "t", "tst"]);
const HOOKS = ["preversion", "postversion", "prepublishOnly", "prepack", "prepare", "postpack", "postpublish", "test"];

const readScripts = remember((json): Readonly<Record<string, string>> => {
  try {
    const parsed: unknown = JSON.parse(json);
    const scripts = typeof parsed === "object" && parsed !== null && "scripts" in parsed ? parsed.scripts : undefined;
    if (typeof scripts !== "object" || scripts === null) return {};
    return Object.fromEntries(
      Object.entries(scripts).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    );
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
});

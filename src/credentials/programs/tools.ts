import type { Call } from "../script/walk.ts";
import { hasSymbol, type Text } from "../text.ts";

/** A program that pushes by itself, told as the commands that do the same. */
export interface Tool {
  readonly run: string;
  /** What people should know of it, where it is not plainly that program. */
  readonly note: string | undefined;
}

/** As lib/get-git-auth-url.js does: `GH_TOKEN` becomes the user name, `GITHUB_TOKEN` the password of x-access-token. */
export const SEMANTIC_RELEASE = `
if [ -n "$GH_TOKEN" ]; then
  git push --tags "https://$GH_TOKEN@github.com/$GITHUB_REPOSITORY.git" HEAD
elif [ -n "$GITHUB_TOKEN" ]; then
  git push --tags "https://x-access-token:$GITHUB_TOKEN@github.com/$GITHUB_REPOSITORY.git" HEAD
else
  git push --tags origin HEAD
fi
`;

const PLAIN = "git push origin HEAD";

/** Arguments behind a tool's name. */
type Words = readonly Text[];

/** Names of programs → what they push with these arguments; undefined where they push nothing. */
const TOOLS: Readonly<Record<string, (words: Words) => string | undefined>> = {
  "semantic-release": (words) => (words.includes("-d") ? undefined : SEMANTIC_RELEASE),
  "multi-semantic-release": () => SEMANTIC_RELEASE,
  "release-it": () => PLAIN,
  "gh-pages": publishPages,
  np: () => PLAIN,
  // commands/version: `git push --follow-tags --atomic REMOTE BRANCH`
  lerna: (words) =>
    /^(?:version|publish)$/.test(words[0] ?? "") && !words.some((word) => /^(?:from-|--no-push$|--no-git-)/.test(word))
      ? `git push --follow-tags ${shellWord(optionIn(words, "--git-remote") ?? "origin")} HEAD`
      : undefined,
  mkdocs: (words) => (words[0] === "gh-deploy" ? pushPages(words, "--remote-name", "--remote-branch") : undefined),
  // mike and ghp-import ask for `-p`; `-r` and `-b` say where to.
  mike: (words) => (words.some(isPushOption) ? pushPages(words, "--remote", "--branch") : undefined),
  "ghp-import": (words) => (words.some(isPushOption) ? pushPages(words, "--remote", "--branch") : undefined),
};

function isPushOption(word: Text): boolean {
  return word === "--push" || /^-[a-z]*p[a-z]*$/.test(word);
}

/** They write the branch into the repository that they stand in, and push it from there. */
function pushPages(words: Words, remote: string, branch: string): string {
  const to = optionIn(words, "-r", remote) ?? "origin";
  return `git push ${shellWord(to)} ${shellWord(optionIn(words, "-b", branch) ?? "gh-pages")}`;
}

/**
 * gh-pages works in a clone of its own, to which what the checkout keeps does not belong: lib/index.js, lib/git.js. Its URL is that of
 * the repository's remote, with the token that may stand in it, unless `--repo` gives another.
 */
function publishPages(words: Words): string | undefined {
  if (words.includes("--no-push")) return undefined;
  const remote = shellWord(optionIn(words, "-o", "--remote") ?? "origin");
  const given = optionIn(words, "-r", "--repo");
  const url = given === undefined ? `"$(git config --get remote.${remote}.url)"` : shellWord(given);
  const clone = "node_modules/.cache/gh-pages/clone";
  const branch = shellWord(optionIn(words, "-b", "--branch") ?? "gh-pages");
  return `git clone --origin ${remote} ${url} ${clone}\ngit -C ${clone} push --tags ${remote} ${branch}`;
}

function optionIn(words: Words, ...names: readonly string[]): Text | undefined {
  for (const [at, word] of words.entries()) {
    if (names.includes(word)) return words[at + 1];
    const name = names.find((long) => long.startsWith("--") && word.startsWith(`${long}=`));
    if (name !== undefined) return word.slice(name.length + 1);
  }
  return undefined;
}

function shellWord(text: Text): string {
  return /^[\w./:@-]+$/.test(text) ? text : `"${text.replace(/["\\$`]/g, "\\$&")}"`;
}

/** Words in front of a program's name that only start it. */
const STARTERS =
  /^(?:npx|bunx|pnpx|npm|pnpm|yarn|bun|exec|dlx|x|run|run-script|poetry|uv|uvx|tool|pipx|pipenv|pdm|hatch|rye|bundle|-y|--yes|--no-install|--no|--if-present|-s|--silent|--)$/;

/** Words that say that something is released, and with it pushed. */
const RELEASES =
  /(?:^|[^a-z])(?:release|releases|publish|promote|mergeback|backport)(?:$|[^a-z])|(?:update|sync|push)[-_].*branch/i;

const DRY = /(?:^|[^a-z])(?:dry|dry-run|check|test|preview|notes|build|prepare)(?:$|[^a-z])|--dry/i;

/**
 * The tool that a command starts, if it is one that pushes: by its own name, or (where its script is out of sight) by what it is
 * called, in a job that otherwise shows that it pushes.
 */
export function findTool(call: Call): Tool | undefined {
  const words = [
    call.walk.analysis.symbols.encode(call.fields[0]?.value ?? { kind: "text", fragments: [] }),
    ...call.args,
  ];
  const first = words.findIndex((word) => !STARTERS.test(word));
  const name = (words[first] ?? "").replace(/^.*\//, "").replace(/@[\w.^~-]+$/, "");
  const known = Object.hasOwn(TOOLS, name) ? TOOLS[name] : undefined;
  if (words.some((word) => (known === undefined ? DRY : /^--dry-?run$/i).test(word))) return undefined;
  if (known !== undefined) {
    const run = known(words.slice(first + 1));
    return run === undefined ? undefined : { run, note: undefined };
  }
  const program = programOf(words, first);
  // A name or a path; what is given to `node -e` is a program of its own.
  if (program === undefined || /[\s;(]/.test(program) || !RELEASES.test(program)) return undefined;
  // What a package's release script is given says which program it starts: semantic-release.gitbook.io, CI configuration.
  const isSemantic = first > 0 && call.variable("NPM_TOKEN") !== undefined && hasToken(call);
  if (!isSemantic && !mayPush(call)) return undefined;
  return {
    run: isSemantic ? SEMANTIC_RELEASE : PLAIN,
    note: isSemantic
      ? `\`${program}\` is out of sight; NPM_TOKEN and a GitHub token are what semantic-release asks for, so it is taken for that`
      : `\`${program}\` is out of sight: if it pushes from here, this is who pushes`,
  };
}

/** The script that is run: `npm run NAME`, `make NAME`, `python NAME`; undefined for other programs. */
function programOf(words: readonly Text[], first: number): Text | undefined {
  const name = words[first] ?? "";
  if (hasSymbol(name)) return undefined;
  if (first > 0 && words.slice(0, first).some((word) => word === "run" || word === "run-script" || word === "yarn"))
    return name;
  if (!/^(?:make|just|task|rake|python3?|node|deno|ruby|bun|tsx|ts-node)$/.test(name)) return undefined;
  return words
    .slice(first + 1)
    .find((word) => !word.startsWith("-") && !/^(?:run|-A)$/.test(word) && !hasSymbol(word.slice(0, 1)));
}

function hasToken({ variable }: Call): boolean {
  return (variable("GITHUB_TOKEN") ?? "") !== "" || (variable("GH_TOKEN") ?? "") !== "";
}

/** The job may write to the repository, and shows that it means to: it names a committer, or gives git a token. */
function mayPush({ walk, world }: Call): boolean {
  if (walk.analysis.mayWriteContents) return true;
  for (const file of world.files.values()) {
    if (file.kind !== "config") continue;
    const shows = file.entries.some(
      ({ key, by }) => (key.section === "user" && key.subsection === undefined) || by.isExplicit === true,
    );
    if (shows) return true;
  }
  return false;
}

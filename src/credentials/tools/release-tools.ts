import type { Call } from "../script/walk.ts";
import type { Text } from "../text.ts";
import {
  isGiven,
  optionIn,
  readBeside,
  readUpward,
  sectionOf,
  shellWord,
  type KnownTool,
  type Tool,
  type Words,
} from "./tool.ts";

const PLAIN = "git push origin HEAD";
const WITH_TAGS = "git push --follow-tags";

/** Programs that make a release: a commit, a tag, and a push of both. */
export const RELEASE_TOOLS: readonly KnownTool[] = [
  {
    names: ["release-it"],
    commands: "`release-it`",
    pushes: "to `origin`, or to `--git.pushRepo`",
    source: "release-it/release-it, lib/plugin/git/Git.js, docs/git.md",
    hint: "release-it",
    mention: String.raw`\brelease-it\b`,
    push: releaseIt,
  },
  {
    names: ["np"],
    commands: "`np`",
    pushes: "to `origin`",
    source: "sindresorhus/np, source/git-util.js",
    hint: String.raw`\bnp\b`,
    mention: String.raw`\bnp(?:@|(?![\w.=-]))(?<=(?:^|[;&|({!\`"'$/=@]|\b(?:npx|bunx|pnpx|npm|pnpm|yarn|bun|exec|dlx|x|run|run-script|then|do|else|sudo|time|command)|-[\w-]+)[ \t]*np@?)`,
    push: () => PLAIN,
  },
  {
    names: ["lerna"],
    commands: "`lerna version`, `lerna publish`",
    pushes: "to `origin`, or to `--git-remote`",
    source: "lerna/lerna, commands/version",
    hint: String.raw`\blerna\b`,
    mention: String.raw`\blerna\s+(?:version|publish)\b`,
    // `git push --follow-tags --atomic REMOTE BRANCH`
    push: (words) =>
      /^(?:version|publish)$/.test(words[0] ?? "") &&
      !words.some((word) => /^(?:from-|--no-push$|--no-git-)/.test(word))
        ? `${WITH_TAGS} ${shellWord(optionIn(words, "--git-remote") ?? "origin")} HEAD`
        : undefined,
  },
  {
    names: ["auto"],
    commands: "`auto shipit`, `auto latest`, `auto next`",
    pushes: "to a URL with `GITHUB_TOKEN`, without it with `GH_TOKEN`; without both it stops",
    source: "intuit/auto, packages/core/src/auto.ts",
    hint: String.raw`\bauto\s`,
    mention: String.raw`\bauto\s+(?:-\S+\s+)*(?:shipit|latest|next)\b`,
    push: (words) => {
      const command = words.find((word) => !word.startsWith("-")) ?? "";
      if (!/^(?:shipit|latest|next)$/.test(command) || isGiven(words, "-d")) return undefined;
      const to = (token: string): string =>
        `${WITH_TAGS} --set-upstream "https://${token}@github.com/$GITHUB_REPOSITORY.git" HEAD`;
      return `
if [ -n "$GITHUB_TOKEN" ]; then ${to("x-access-token:$GITHUB_TOKEN")}
elif [ -n "$GH_TOKEN" ]; then ${to("$GH_TOKEN")}; fi
`;
    },
  },
  {
    names: ["nx"],
    commands: "`nx release`",
    pushes: "to the branch's remote, where `--git-push` or nx.json (`git.push`, `createRelease`) says so",
    source: "nx.dev, nx.json reference: release.git.push, release.changelog",
    hint: String.raw`\bnx\s`,
    mention: String.raw`\bnx\s+release\b`,
    push: pushFromNx,
  },
  {
    names: ["beachball"],
    commands: "`beachball publish`",
    pushes: "to the remote of `--branch`, else `origin`",
    source: "microsoft/beachball, src/publish/bumpAndPush.ts",
    hint: "beachball",
    mention: String.raw`\bbeachball\b`,
    push: (words) => {
      if (!words.includes("publish") || isGiven(words, "--no-push", "--no-bump")) return undefined;
      const [, remote = "origin", branch = "HEAD"] =
        /^([^/]+)\/(.+)$/.exec(optionIn(words, "-b", "--branch") ?? "") ?? [];
      return `${WITH_TAGS} --no-verify ${shellWord(remote)} ${shellWord(branch === "HEAD" ? branch : `HEAD:${branch}`)}`;
    },
  },
  {
    names: ["bumpp"],
    commands: "`bumpp`",
    pushes: "to the branch's remote, unless `--no-push` is given",
    source: "antfu/bumpp, src/git.ts",
    hint: "bumpp",
    mention: String.raw`\bbumpp\b`,
    push: (words) =>
      isGiven(words, "--no-push", "--no-commit", "--push=false") ? undefined : "git push\ngit push --tags",
  },
  {
    names: ["changelogen"],
    commands: "`changelogen --release --push`",
    pushes: "to the branch's remote",
    source: "unjs/changelogen, src/commands/default.ts",
    hint: "changelogen",
    mention: String.raw`\bchangelogen\b`,
    push: (words) => (isGiven(words, "--release", "-r") && isGiven(words, "--push") ? WITH_TAGS : undefined),
  },
  {
    names: ["cargo", "cargo-release"],
    commands: "`cargo release --execute`, `cargo release push --execute`, `cargo workspaces version`",
    pushes: "to `origin`, or to `--push-remote` (cargo-release) or `--git-remote` (cargo-workspaces)",
    source:
      "crate-ci/cargo-release, src/steps/release.rs, src/ops/git.rs; pksunkara/cargo-workspaces, src/utils/git.rs",
    hint: String.raw`\bcargo[\s-]`,
    mention: String.raw`\bcargo[\s-]+(?:release|workspaces|ws)\b`,
    push: (words, call) => {
      const rest = words.slice(1);
      if (words[0] === "release") return releaseCrates(rest, call);
      return /^(?:workspaces|ws)$/.test(words[0] ?? "") ? releaseWorkspace(rest) : undefined;
    },
  },
  {
    names: ["tbump"],
    commands: "`tbump VERSION`",
    pushes: "to the branch's remote",
    source: "your-tools/tbump, tbump/git_bump.py",
    hint: "tbump",
    mention: String.raw`\btbump\b`,
    push: (words) => {
      const [command] = words.filter((word) => !word.startsWith("-"));
      const isQuiet = isGiven(words, "--no-push", "--only-patch");
      return command === undefined || /^(?:init|current-version)$/.test(command) || isQuiet
        ? undefined
        : "git push --atomic origin HEAD";
    },
  },
  {
    names: ["fullrelease", "postrelease"],
    commands: "`fullrelease --no-input`, `postrelease --no-input` (zest.releaser)",
    pushes: "to the branch's remote",
    source: "zestsoftware/zest.releaser, postrelease.py, git.py",
    hint: "release",
    mention: String.raw`\b(?:full|post)release\b`,
    // Without `--no-input` it asks, and nobody is there to answer.
    push: (words) => (isGiven(words, "--no-input") ? "git push" : undefined),
  },
];

function releaseIt(words: Words, call: Call): Text | undefined {
  if (isGiven(words, "--no-git", "--no-git.push", "--git.push=false")) return undefined;
  const settings = readBeside(call, ".release-it.json") ?? "";
  if (/"push"\s*:\s*false|"git"\s*:\s*false/.test(settings) && !isGiven(words, "--git.push")) return undefined;
  const to = optionIn(words, "--git.pushRepo") ?? /"pushRepo"\s*:\s*"([^"]+)"/.exec(settings)?.[1] ?? "origin";
  return `${WITH_TAGS} ${shellWord(to)} HEAD`;
}

function pushFromNx(words: Words, call: Call): Tool | undefined {
  if (words[0] !== "release") return undefined;
  const [command = ""] = words.slice(1).filter((word) => !word.startsWith("-"));
  if (/^(?:publish|plan|plan:check)$/.test(command) || isGiven(words, "-d", "--git-push=false", "--no-git-push"))
    return undefined;
  const remote = optionIn(words, "--git-remote");
  const run = `${WITH_TAGS} --no-verify --atomic${remote === undefined ? "" : ` ${shellWord(remote)}`}`;
  if (isGiven(words, "--git-push", "--git-push=true")) return { run };
  const config = readUpward(call, "nx.json");
  if (config === undefined)
    return {
      run,
      note: "nx.json is out of sight: if it lets `nx release` push (git.push, createRelease), this is who pushes",
    };
  return /"push"\s*:\s*true|"createRelease"\s*:\s*(?:"|\{)/.test(config) ? { run } : undefined;
}

/** What cargo-release does besides a whole release. */
const STEPS = /^(?:changes|plan|version|replace|hook|commit|publish|owner|tag|config|help)$/;
const WITH_VALUE =
  /^(?:-p|-m|-c|--(?:package|exclude|metadata|manifest-path|config|prev-tag-name|push-remote|registry|tag-prefix|tag-name|isolated|color))$/;

function releaseCrates(words: Words, call: Call): Text | undefined {
  const step = words.find((word, at) => !word.startsWith("-") && !WITH_VALUE.test(words[at - 1] ?? "")) ?? "";
  // Without `--execute` it only tells what it would do.
  if (STEPS.test(step) || !isGiven(words, "--execute", "-x") || isGiven(words, "--no-push")) return undefined;
  const settings = [
    readUpward(call, "release.toml") ?? "",
    sectionOf(readUpward(call, "Cargo.toml") ?? "", /^(?:package|workspace)\.metadata\.release$/),
  ].join("\n");
  if (/^[ \t]*push\s*=\s*false/m.test(settings)) return undefined;
  const remote =
    optionIn(words, "--push-remote") ?? /^[ \t]*push-remote\s*=\s*"([\w./-]+)"/m.exec(settings)?.[1] ?? "origin";
  return `git push --atomic ${shellWord(remote)} HEAD`;
}

function releaseWorkspace(words: Words): Text | undefined {
  const isRelease = /^(?:version|publish)$/.test(words[0] ?? "");
  if (!isRelease || isGiven(words, "--no-git-push", "--no-git-commit", "--from-git", "--publish-as-is"))
    return undefined;
  return `${WITH_TAGS} ${shellWord(optionIn(words, "--git-remote") ?? "origin")} HEAD`;
}

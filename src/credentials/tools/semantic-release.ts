import type { Call } from "../script/walk.ts";
import type { Text } from "../text.ts";
import { isGiven, readUpward, sectionOf, type KnownTool, type Words } from "./tool.ts";

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

/** Two programs have this name: npm's takes options alone, PyPI's a command. */
export const SEMANTIC_RELEASE_TOOLS: readonly KnownTool[] = [
  {
    names: ["semantic-release", "python-semantic-release"],
    commands: "`semantic-release` (npm), `semantic-release version` (PyPI)",
    pushes:
      "npm's: to a URL with `GH_TOKEN` or `GITHUB_TOKEN`, without both to `origin`; PyPI's: to a URL with `GH_TOKEN` or the variable that `remote.token` names, unless `ignore_token_for_push` is set",
    source: "semantic-release/semantic-release, lib/get-git-auth-url.js; python-semantic-release, hvcs/github.py",
    hint: "semantic",
    mention: String.raw`\bsemantic[-_]release\b`,
    push: (words, call) => {
      const command = commandOf(words);
      if (command !== undefined) return pushFromPython(command, words, call);
      return isGiven(words, "-d") ? undefined : SEMANTIC_RELEASE;
    },
  },
  {
    names: ["multi-semantic-release"],
    commands: "`multi-semantic-release`",
    pushes: "as semantic-release",
    source: "dhoulb/multi-semantic-release",
    hint: "semantic",
    mention: String.raw`\bmulti-semantic-release\b`,
    push: () => SEMANTIC_RELEASE,
  },
];

/** The command of PyPI's; npm's has none. */
function commandOf(words: Words): string | undefined {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "-c" || word === "--config") at++;
    else if (!word.startsWith("-"))
      return /^(?:version|publish|changelog|generate-config|print-version)$/.test(word) ? word : undefined;
  }
  return undefined;
}

/** The settings of version 7, which had one branch and could upload by itself. */
const OF_SEVEN = /^[ \t]*(?:branch|version_variable|version_source|upload_to_(?:pypi|repository|release))\s*=/m;

/** Since version 8 `version` pushes and `publish` uploads; up to 7 it was `publish` that pushed. */
function pushFromPython(command: string, words: Words, call: Call): Text | undefined {
  const project = readUpward(call, "pyproject.toml") ?? "";
  const own = sectionOf(project, /^tool\.semantic_release$/);
  const isSeven = OF_SEVEN.test(own) || /^\[semantic_release\]/m.test(readUpward(call, "setup.cfg") ?? "");
  if (command !== (isSeven ? "publish" : "version")) return undefined;
  if (words.some((word) => /^--(?:noop|no-push|print.*|help)$/.test(word))) return undefined;
  const remote = sectionOf(project, /^tool\.semantic_release\.remote/);
  const isIgnored = /^[ \t]*ignore_token_for_push\s*=\s*true/m.test(remote + own);
  const variable = /\benv\s*=\s*["'](\w+)["']/.exec(remote)?.[1] ?? "GH_TOKEN";
  const here = 'git push --tags "$(git config --get remote.origin.url)" HEAD';
  if (isIgnored) return here;
  return `
if [ -n "$${variable}" ]; then
  git push --tags "https://$GITHUB_ACTOR:$${variable}@github.com/$GITHUB_REPOSITORY.git" HEAD
else
  ${here}
fi
`;
}

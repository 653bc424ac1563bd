import { describe, expect, it } from "vitest";
import { nameOf, pushesOf } from "./pushes-of.ts";

/** Who the pushes of steps are, behind a checkout that keeps GITHUB_TOKEN; a reason where that is not known. */
function identities(steps: string): readonly string[] {
  return pushesOf(`on: push
permissions: { contents: write }
jobs:
  job:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
${steps.replace(/^/gm, "      ")}
`).map(({ identity }) => (identity.kind === "unknown" ? identity.reason : nameOf(identity)));
}

const run = (command: string): readonly string[] => identities(`- run: |\n    ${command.replaceAll("\n", "\n    ")}`);

const CONTAINER = "it runs in a container, whose files and variables are not followed";

describe("pushes that run elsewhere", () => {
  it.each([
    ['docker run -v "$PWD:/w" -w /w alpine/git push origin HEAD:x', CONTAINER],
    ["docker run alpine sh -c 'git push origin HEAD:x'", CONTAINER],
    ["ssh host 'cd app && git push origin main'", "it runs on another machine"],
    ["sudo -u deploy git push origin HEAD:x", "it runs as another user, to whom git may not trust the repository"],
    ['su deploy -c "git push origin HEAD:x"', "it runs as another user, whose files are not followed"],
    ["parallel git push {} HEAD:x ::: origin", "GNU parallel makes the commands out of what it reads"],
    ["mystery --flag git push origin HEAD:x", "what `mystery` makes of the command behind it is not known"],
    [
      `python3 -c "import os,subprocess; subprocess.run(['git','push','https://x:'+load('PAT')+'@h/o/r'])"`,
      "the program is written in Python, which is not read",
    ],
  ])("%s", (command, reason) => {
    expect(run(command)).toEqual([reason]);
  });

  it("docker:// with git as its program", () => {
    const step = (image: string, args: string): string => `- uses: docker://${image}\n  with: { args: ${args} }`;
    expect(identities(step("alpine/git", "push origin HEAD:x"))).toEqual([CONTAINER]);
    expect(identities(step("alpine", "git push origin HEAD:x"))).toEqual([CONTAINER]);
    expect(identities(step("alpine", "push notes"))).toEqual([]);
  });

  it("is no push of git's", () => {
    expect(run("docker push ghcr.io/octo/app")).toEqual([]);
  });
});

describe("pushes that run here", () => {
  it.each([
    "sudo git push origin HEAD:x",
    "sudo -E git push origin HEAD:x",
    "poetry run git push origin HEAD:x",
    "nix develop -c git push origin HEAD:x",
    "timeout -k 5 60 git push origin HEAD:x",
    "flock /tmp/lock git push origin HEAD:x",
    "flock /tmp/lock -c 'git push origin HEAD:x'",
    "find . -maxdepth 0 -exec git push origin HEAD:x \\;",
    'script -qec "git push origin HEAD:x" /dev/null',
    "hub push origin HEAD:x",
    "git config alias.p push\ngit p origin HEAD:x",
    "git -c alias.p='!git push' p origin HEAD:x",
    "shopt -s expand_aliases\nalias gp='git push'\ngp origin HEAD:x",
    `python3 -c "import subprocess; subprocess.run(['git','push','origin','HEAD:x'])"`,
    "python3 - <<'END'\nimport subprocess\nsubprocess.run(['git', 'push', 'origin', 'HEAD:x'])\nEND",
    "printf 'release:\\n\\tgit push origin HEAD:x\\n' > Makefile\nmake release",
  ])("%s", (command) => {
    expect(run(command)).toEqual(["github-token"]);
  });
});

describe("what git config prints", () => {
  const PUSH = 'git push "https://x:${{ secrets.PAT }}@github.com/octo/app" HEAD:x';
  it.each([
    'git config --name-only --get-regexp extraheader | while read -r key; do git config --unset-all "$key"; done',
    'for key in $(git config --name-only --get-regexp extraheader); do git config --unset-all "$key"; done',
    "git config --get-regexp '^http.*extraheader$' | cut -d' ' -f1 | xargs -I{} git config --unset-all {}",
    "git config --list --name-only | grep extraheader | xargs -L1 git config --unset-all",
    "git config -z --name-only --get-regexp extraheader | xargs -0 -n1 git config --unset-all",
    'mapfile -t keys < <(git config --name-only --get-regexp extraheader)\nfor k in "${keys[@]}"; do git config --unset-all "$k"; done',
  ])("%s", (clean) => {
    expect(run(`${clean}\n${PUSH}`)).toEqual(["pat PAT"]);
    // The next checkout keeps it in a file of its own, where --unset-all does not look.
    expect(run(PUSH)).toEqual(["github-token"]);
  });
});

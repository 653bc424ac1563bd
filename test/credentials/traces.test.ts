import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { openCatalog, type Catalog } from "../../src/actions/catalog.ts";
import { analyzeFile } from "../../src/credentials/analyze-file.ts";
import { traceFile } from "../../src/credentials/traces/trace-file.ts";
import type { JobTrace } from "../../src/credentials/traces/trace-job.ts";
import { describeIdentity } from "../../src/credentials/identity.ts";
import { readFile } from "../../src/read/read-file.ts";

let catalog: Catalog;
beforeAll(async () => {
  catalog = await openCatalog();
});

function trace(steps: string, files: Readonly<Record<string, string>> = {}): JobTrace {
  const text = `on: push\njobs:\n  job:\n    runs-on: ubuntu-latest\n    steps:\n${steps.replace(/^/gm, "      ")}`;
  const { node } = readFile(".github/workflows/ci.yml", text);
  if (node === undefined) throw new Error(text);
  const readRepositoryFile = (path: string): string | undefined => files[path];
  const { jobs } = traceFile(".github/workflows/ci.yml", node, { catalog, repository: "o/r", readRepositoryFile });
  const [job] = jobs;
  if (job === undefined) throw new Error("no job");
  return job;
}

/** `yes: used git fetch; missed git push; perhaps the reason` */
function checkouts(steps: string, files?: Readonly<Record<string, string>>): readonly string[] {
  return trace(steps, files).checkouts.map(({ keeps, uses, missed, mayUse }) =>
    [
      keeps,
      ...uses.map(({ command }) => `used ${command}`),
      ...missed.map(({ command }) => `missed ${command}`),
      ...mayUse.map(({ text }) => `perhaps ${text}`),
    ].join("; "),
  );
}

describe("what a checkout's credential is used for", () => {
  it.each([
    ["nothing", "- uses: actions/checkout@v5\n- run: cargo test --release && npm ci", ["yes"]],
    ["a job that keeps none", "- uses: actions/checkout@v1\n- run: git push", ["no; missed git push"]],
    ["a push", "- uses: actions/checkout@v5\n- run: git push origin main", ["yes; used git push origin main"]],
    ["a fetch", "- uses: actions/checkout@v6\n- run: git pull --rebase", ["yes; used git pull --rebase"]],
    [
      "a push that finds none",
      "- uses: actions/checkout@v5\n  with: { persist-credentials: false }\n- run: git push",
      ["no; missed git push"],
    ],
    [
      "a push with another credential",
      "- uses: actions/checkout@v5\n  with: { persist-credentials: false }\n- run: git push https://x:${{ secrets.PAT }}@github.com/o/r",
      ["no"],
    ],
    [
      "the second of two checkouts of one place",
      "- uses: actions/checkout@v5\n- uses: actions/checkout@v5\n  with: { token: '${{ secrets.PAT }}' }\n- run: git push",
      ["yes", "yes; used git push"],
    ],
    [
      "two places",
      "- uses: actions/checkout@v5\n- uses: actions/checkout@v5\n  with: { path: docs }\n- run: git -C docs push",
      ["yes", "yes; used git -C docs push"],
    ],
    ["an action that pushes", "- uses: actions/checkout@v5\n- uses: ad-m/github-push-action@v1", ["yes"]],
    [
      "a script that is not there",
      "- uses: actions/checkout@v5\n- run: ./ci/build.sh",
      ["yes; perhaps ci/build.sh is not in the repository: it is made or fetched while the job runs"],
    ],
    ["the build tools' own starters", "- uses: actions/checkout@v5\n- run: ./gradlew build", ["yes"]],
    [
      "an action that nobody knows",
      "- run: ./before.sh\n- uses: actions/checkout@v5\n- uses: octo/deploy@v1",
      ["yes; perhaps what octo/deploy does with git is not known"],
    ],
    ["an action that sets up tools", "- uses: actions/checkout@v5\n- uses: actions/setup-node@v4", ["yes"]],
    [
      "python's modules",
      "- uses: actions/checkout@v5\n- run: python -m pip install .\n- run: python -c 'print(1)'",
      ["yes"],
    ],
    [
      "python's scripts",
      "- uses: actions/checkout@v5\n- run: python tools/sync.py",
      ["yes; perhaps python runs tools/sync.py, which is no shell script"],
    ],
    [
      "a language that is not read",
      "- uses: actions/checkout@v5\n- shell: pwsh\n  run: |\n    if ($x) { git fetch }",
      ["yes; perhaps the script is written for pwsh, which is not read"],
    ],
  ])("%s", (_, steps, expected) => {
    if (steps.includes("github-push-action")) expect(checkouts(steps)[0]).toMatch(/^yes; used uses: ad-m/);
    else expect(checkouts(steps)).toEqual(expected);
  });

  const full = "- uses: actions/checkout@v5\n";
  const partial = `${full}  with: { filter: 'blob:none' }\n`;
  const sparse = `${full}  with: { sparse-checkout: src }\n`;
  const inFolder = partial.replace("{", "{ path: a,");
  const lazy = (name: string): string =>
    `yes; perhaps the checkout left objects on the server (filter blob:none): \`${name}\` fetches those that it reads`;
  it.each([
    ["in a partial clone", `${partial}- run: git log -p`, [lazy("git log")]],
    ["in a sparse one", `${sparse}- run: git -c core.pager=cat diff HEAD~1`, [lazy("git diff")]],
    [
      "with the key that is kept",
      `${partial.replace("{", "{ ssh-key: '${{ secrets.KEY }}',")}- run: git show`,
      [lazy("git show")],
    ],
    ["after version 6", `${sparse.replace("v5", "v6")}- run: git blame f`, [lazy("git blame")]],
    ["by a branch that is checked out", `${partial}- run: git checkout other`, [lazy("git checkout")]],
    ["by a script", `${partial}- run: ./ci/build.sh`, [lazy("git show")]],
    ["in one of two places", `${full}${inFolder}- run: git -C a log -p`, ["yes", lazy("git log")]],
    ["in the other", `${full}${inFolder}- run: git log -p`, ["yes", "yes"]],
    ["in a whole clone", `${full}- run: git log -p && git blame f`, ["yes"]],
    ["by what reads no content", `${sparse}- run: git rev-parse HEAD && git status --porcelain`, ["yes"]],
    ["with empty inputs", `${full}  with: { filter: '', sparse-checkout: '' }\n- run: git show`, ["yes"]],
    ["where nothing is kept", `${partial.replace("{", "{ persist-credentials: false,")}- run: git show`, ["no"]],
  ])("is what a missing object is fetched with, %s", (_, steps, expected) => {
    expect(checkouts(steps, { "ci/build.sh": "#!/bin/sh\ngit show HEAD~3:f" })).toEqual(expected);
  });

  const pushes = "#!/bin/sh\ngit push origin HEAD:hooked";
  const unfollowed = (command: string, what: string): readonly string[] => [
    `yes; perhaps \`git ${command}\` starts ${what}, which is not followed`,
  ];
  const PLACED = ["yes; perhaps hooks are put into .git/hooks, which are not followed"];
  const set = "git config core.hooksPath .githooks";
  it.each([
    [`${set} && git commit -m x`, ".githooks/post-commit", ["yes; used git push origin HEAD:hooked"]],
    [`${set} && git merge x`, ".githooks/post-merge", ["yes; used git push origin HEAD:hooked"]],
    [`${set} && git commit -m x`, ".githooks/pre-commit", unfollowed("commit", "the hook pre-commit")],
    [`${set} && git checkout x`, ".githooks/post-checkout", unfollowed("checkout", "the hook post-checkout")],
    [`${set} && git push https://x:y@example.com/o/r`, ".githooks/pre-push", unfollowed("push", "the hook pre-push")],
    ["printf 'git push' > .git/hooks/pre-commit\ngit commit -m x", "", unfollowed("commit", "the hook pre-commit")],
    [
      "git config core.hooksPath $(tool)\ngit commit -m x",
      "",
      unfollowed("commit", "the hooks of a folder whose name is computed"),
    ],
    ["npm ci && git commit -m x", ".husky/post-commit", unfollowed("commit", "husky's hook post-commit")],
    ["git -c core.hooksPath=/opt/hooks commit -m x", "", unfollowed("commit", "the hooks of /opt/hooks")],
    ["git -c core.hooksPath=~/hooks commit -m x", "", unfollowed("commit", "the hooks of /home/runner/hooks")],
    ["git clone https://example.com/o/r /tmp/r && git -C /tmp/r commit -m x", "", ["yes"]],
    ["cp .githooks/* .git/hooks/\ngit commit -m x", ".githooks/pre-commit", PLACED],
    ["ln -s ../../.githooks/pre-commit .git/hooks/pre-commit", ".githooks/pre-commit", PLACED],
    ["cp .git/config kept", "", ["yes"]],
    ["HUSKY=0 git commit -m x", ".husky/post-commit", ["yes"]],
    ["git -c core.hooksPath=/dev/null commit -m x", ".husky/pre-commit", ["yes"]],
    ["git commit -m x", ".githooks/pre-commit", ["yes"]],
    [`${set} && git commit -m x`, ".githooks/pre-push", ["yes"]],
    [`${set} && git log`, ".githooks/pre-commit", ["yes"]],
  ])("is what hooks may use: %s, %s", (run, hook, expected) => {
    const steps = `- uses: actions/checkout@v5\n- run: |\n${run.replace(/^/gm, "    ")}`;
    expect(checkouts(steps, { [hook]: pushes })).toEqual(expected);
  });

  it("says that a hook in another language is not followed", () => {
    const steps = `- uses: actions/checkout@v5\n- run: ${set} && git commit -m x`;
    expect(checkouts(steps, { ".githooks/post-commit": "#!/usr/bin/env python3\nprint(1)" })).toEqual(
      unfollowed("commit", "the hook post-commit"),
    );
  });

  it("follows scripts of the repository", () => {
    const steps = "- uses: actions/checkout@v5\n- run: ./ci/build.sh";
    expect(checkouts(steps, { "ci/build.sh": "#!/bin/sh\ngo build" })).toEqual(["yes"]);
    expect(checkouts(steps, { "ci/build.sh": "#!/bin/sh\ngit push" })).toEqual(["yes; used git push"]);
  });

  it("says that a composite action's caller comes after it", () => {
    const text = "name: a\nruns:\n  using: composite\n  steps:\n    - uses: actions/checkout@v5\n";
    const { node } = readFile("action.yml", text);
    const [job] = node === undefined ? [] : traceFile("action.yml", node, { catalog }).jobs;
    expect(job?.checkouts[0]?.mayUse.map(({ text }) => text)).toEqual([
      "the steps of whoever calls this action come after it",
    ]);
  });
});

describe("an unset", () => {
  const key = "http.https://github.com/.extraheader";
  it.each([
    ["v5", `git config --local --unset-all ${key}`, true],
    ["v6", `git config --local --unset-all ${key}`, false],
    ["v6", `git config --unset ${key} || true`, false],
    ["v5", `git config --global --unset-all ${key}`, false],
    ["v5", "git config --remove-section http.https://github.com/", true],
    ["v6", "git config --remove-section http.https://github.com/", false],
  ])("after checkout@%s: %s", (version, command, hasEffect) => {
    const { unsets } = trace(`- uses: actions/checkout@${version}\n- run: ${command}`);
    expect(unsets.map((unset) => unset.hasEffect)).toEqual([hasEffect]);
    expect(unsets[0]?.left.length).toBe(hasEffect ? 0 : 1);
  });
});

describe("a token as an argument", () => {
  it.each([
    ["git push https://x:$TOKEN@github.com/o/r", ["git: the secret PAT"]],
    ['curl -H "Authorization: Bearer ${{ secrets.API }}" https://example.com', ["curl: the secret API"]],
    ['git -c http.extraheader="Authorization: basic $(printf "x:$TOKEN" | base64)" push', ["git: the secret PAT"]],
    ['echo "$TOKEN" | gh auth login --with-token', []],
    ['printf "https://x:%s@github.com" "$TOKEN" > ~/.git-credentials', []],
    ["cargo publish", []],
  ])("%s", (command, expected) => {
    const { tokenArguments } = trace(
      `- run: ${command}\n  env: { TOKEN: "\${{ secrets.PAT }}" }`.replace(/run: (.*)/, "run: |\n    $1"),
    );
    const found = tokenArguments.map(
      ({ program, identities }) => `${program}: ${identities.map(describeIdentity).join()}`,
    );
    expect(found).toEqual(expected);
  });
});

describe("a token that is left in a remote", () => {
  const url = "https://x:${{ secrets.PAT }}@github.com/o/r";
  it.each([
    [`git remote set-url origin ${url}`, ["remote.origin.url"]],
    [`git clone ${url} other`, ["remote.origin.url"]],
    [`git clone ${url} other && rm -rf other`, []],
    [`git remote add up ${url} && git push up && git remote remove up`, []],
    [`git push ${url}`, []],
  ])("%s", (command, expected) => {
    const { leftTokens } = trace(`- uses: actions/checkout@v5\n- run: ${command}`);
    expect(leftTokens.map(({ key }) => key)).toEqual(expected);
  });
});

describe("the verdicts of a trace", () => {
  it("are those of the analysis that looks at pushes alone: a walk for both gives both", () => {
    const folder = join(import.meta.dirname, "../fixtures/truth-table/workflows");
    const names = readdirSync(folder).filter((_, at) => at % 2 === 0);
    const pushes = names.map((name) => {
      const { node } = readFile(name, readFileSync(join(folder, name), "utf8"));
      const alone = analyzeFile(name, node!, { catalog, only: "pushes" });
      const traced = traceFile(name, node!, { catalog });
      expect(JSON.stringify(traced.pushes), name).toBe(JSON.stringify(alone.pushes));
      return alone.pushes.length;
    });
    expect(pushes.filter((count) => count > 0).length).toBeGreaterThan(50);
  });
});

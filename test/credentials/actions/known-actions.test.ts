import { describe, expect, it } from "vitest";
import { isBetween } from "../../../src/credentials/actions/action-version.ts";
import { checkoutLayout } from "../../../src/credentials/actions/checkout-layout.ts";
import { actionTable } from "../../../src/credentials/actions/action-table.ts";
import { KNOWN_ACTIONS } from "../../../src/credentials/actions/known-actions.ts";
import { judgePush, NOTHING_DECLARED } from "../../../src/consequences/consequences.ts";
import { checkPushActions } from "../../../src/project/actions/check-push-actions.ts";
import { readFile } from "../../../src/read/read-file.ts";
import { nameOf, PATH, pushesOf } from "../pushes-of.ts";
import seen from "./push-actions.json" with { type: "json" };

const table = actionTable(KNOWN_ACTIONS);

/** Commands, not actions: they are told in src/credentials/programs. */
const COMMANDS = /^(?:semantic-release|release-it|gh) /;

describe("the table of actions", () => {
  it("has a place for every version whose source was read", () => {
    const missing = seen
      .filter(({ uses }) => !COMMANDS.test(uses))
      .flatMap(({ uses, versionsSeen }) => {
        const name = uses.replace(/@.*$/, "");
        return versionsSeen.flatMap((versions) => versions.split("..")).map((version) => ({ name, version }));
      })
      // A commit, and what a tag was called that is none.
      .filter(({ version }) => !/\(/.test(version))
      .filter(({ name, version }) => {
        if (name === "actions/checkout") return checkoutLayout(version) === undefined;
        return !table.get(name.toLowerCase())?.some(({ from, before }) => isBetween(version, from, before));
      });
    expect(missing).toEqual([]);
  });

  it("could stand in a config, and says where it is known from", () => {
    expect(checkPushActions(KNOWN_ACTIONS)).toEqual([]);
    const unsourced = KNOWN_ACTIONS.filter(({ mints, source }) => mints === undefined && source === undefined);
    expect(unsourced).toEqual([]);
  });

  it("answers one entry for each version", () => {
    const versions = ["v1.9.9", "v2.5.0", "v3.7.1", "v4.0.0", "v5.0.0", "v6.1.0", "v7.0.8", "v7.0.9", "v8", "v11"];
    for (const [name, entries] of table)
      for (const version of versions) {
        const fitting = entries.filter(({ from, before }) => isBetween(version, from, before));
        expect(fitting.length, `${name}@${version}`).toBeLessThanOrEqual(1);
      }
  });
});

interface Job {
  /** `v5`, `v7`: the checkout's version; `-`: it persists nothing. */
  readonly checkout: string;
  readonly with?: string;
  readonly env?: string;
}

function pushesAfter(uses: string, { checkout, with: inputs = "", env = "" }: Job) {
  const persists = checkout === "-" ? "\n        with: { persist-credentials: false }" : "";
  return pushesOf(`on: workflow_dispatch
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@${checkout === "-" ? "v5" : checkout}${persists}
      - uses: ${uses}
        with: { ${inputs} }
        env: { ${env} }
`);
}

const TOKEN = "token: '${{ secrets.PAT }}'";
const TOKEN_UNDERSCORED = "github_token: '${{ secrets.PAT }}'";
const TOKEN_DASHED = "github-token: '${{ secrets.PAT }}'";
const TOKEN_ENV = "GITHUB_TOKEN: '${{ secrets.PAT }}'";
const KEY = "'${{ secrets.KEY }}'";

describe("who an action's push is seen as", () => {
  // The rules of push-actions.json: P is what the checkout persisted, here the job's token; T is what the action is given, PAT.
  it.each<readonly [uses: string, job: Job, identity: string]>([
    ["peter-evans/create-pull-request@v5", { checkout: "v5", with: TOKEN }, "pat PAT"],
    ["peter-evans/create-pull-request@v7.0.8", { checkout: "v6", with: TOKEN }, "duplicate"],
    ["peter-evans/create-pull-request@v7.0.9", { checkout: "v6", with: TOKEN }, "pat PAT"],
    ["peter-evans/create-pull-request@v8", { checkout: "v6" }, "github-token"],
    ["stefanzweifel/git-auto-commit-action@v7", { checkout: "v6" }, "github-token"],
    ["stefanzweifel/git-auto-commit-action@v7", { checkout: "-" }, "none"],
    ["ad-m/github-push-action@v1.3.0", { checkout: "v6", with: TOKEN_UNDERSCORED }, "github-token"],
    ["ad-m/github-push-action@v0.6.0", { checkout: "-", with: TOKEN_UNDERSCORED }, "pat PAT"],
    ["EndBug/add-and-commit@v9", { checkout: "v5", with: TOKEN_UNDERSCORED }, "github-token"],
    ["EndBug/add-and-commit@v4", { checkout: "-", env: TOKEN_ENV }, "pat PAT"],
    ["peaceiris/actions-gh-pages@v4", { checkout: "v6", with: TOKEN_UNDERSCORED }, "pat PAT"],
    ["peaceiris/actions-gh-pages@v4", { checkout: "v6", with: `deploy_key: ${KEY}` }, "ssh KEY"],
    ["JamesIves/github-pages-deploy-action@v4.6.8", { checkout: "v5", with: TOKEN }, "pat PAT"],
    ["JamesIves/github-pages-deploy-action@v4.6.8", { checkout: "v6", with: TOKEN }, "github-token"],
    ["JamesIves/github-pages-deploy-action@v4.6.8", { checkout: "-", with: TOKEN }, "pat PAT"],
    [
      "JamesIves/github-pages-deploy-action@3.7.1",
      { checkout: "v5", with: "ACCESS_TOKEN: '${{ secrets.PAT }}'" },
      "github-token",
    ],
    ["changesets/action@v1", { checkout: "v5", env: TOKEN_ENV }, "github-token"],
    ["changesets/action@v1", { checkout: "-", env: TOKEN_ENV }, "pat PAT"],
    ["changesets/action@v2", { checkout: "v6", with: `push-with-git-cli: true, ${TOKEN_DASHED}` }, "pat PAT"],
    ["cycjimmy/semantic-release-action@v5", { checkout: "v5", env: TOKEN_ENV }, "github-token"],
    ["cycjimmy/semantic-release-action@v5", { checkout: "-", env: TOKEN_ENV }, "pat PAT"],
    ["crazy-max/ghaction-github-pages@v4", { checkout: "v6", env: TOKEN_ENV }, "pat PAT"],
    [
      "cpina/github-action-push-to-another-repository@v1.7.3",
      { checkout: "v6", env: `SSH_DEPLOY_KEY: ${KEY}` },
      "ssh KEY",
    ],
    [
      "s0/git-publish-subdir-action@v2.6.0",
      { checkout: "v6", env: `REPO: self, BRANCH: pages, ${TOKEN_ENV}` },
      "pat PAT",
    ],
    [
      "s0/git-publish-subdir-action@v2.6.0",
      { checkout: "v6", env: `REPO: 'git@github.com:octo/site.git', BRANCH: main, SSH_PRIVATE_KEY: ${KEY}` },
      "ssh KEY",
    ],
    ["phips28/gh-action-bump-version@v11", { checkout: "v5", env: TOKEN_ENV }, "github-token"],
    ["phips28/gh-action-bump-version@v11", { checkout: "-", env: TOKEN_ENV }, "pat PAT"],
    ["python-semantic-release/python-semantic-release@v10", { checkout: "-", with: TOKEN_UNDERSCORED }, "pat PAT"],
    ["actions-js/push@v1.4", { checkout: "v5", with: TOKEN_UNDERSCORED }, "github-token"],
    ["devops-infra/action-commit-push@v1.5.0", { checkout: "-", with: TOKEN_UNDERSCORED }, "pat PAT"],
    ["TriPSs/conventional-changelog-action@v5", { checkout: "v6", with: TOKEN_DASHED }, "github-token"],
    ["rickstaa/action-create-tag@v1", { checkout: "-", with: `tag: v1, ${TOKEN_UNDERSCORED}` }, "pat PAT"],
    ["mikeal/publish-to-github-action@master", { checkout: "-", env: TOKEN_ENV }, "pat PAT"],
    ["github-actions-x/commit@v2.9", { checkout: "-", with: TOKEN_DASHED }, "pat PAT"],
    ["anothrNick/github-tag-action@1.75.0", { checkout: "v5", env: "GIT_API_TAGGING: 'false'" }, "github-token"],
    ["TimothyJones/github-action-keep-node-current@v1", { checkout: "v5", with: TOKEN }, "pat PAT"],
    ["TimothyJones/github-action-keep-node-current@v1", { checkout: "v6", with: TOKEN }, "duplicate"],
  ])("%s after a checkout, %j: %s", (uses, job, identity) => {
    expect(pushesAfter(uses, job).map((push) => nameOf(push.identity))).toEqual([identity]);
  });

  it.each([
    ["peter-evans/create-pull-request@v7", "sign-commits: true"],
    ["stefanzweifel/git-auto-commit-action@v7", "skip_push: true"],
    ["EndBug/add-and-commit@v9", "push: false"],
    ["changesets/action@v2", ""],
    ["changesets/action@v1", "commitMode: github-api"],
    ["phips28/gh-action-bump-version@v11", "skip-push: true"],
    ["python-semantic-release/python-semantic-release@v10", "push: false"],
    ["JamesIves/github-pages-deploy-action@v4", "dry-run: true"],
    ["softprops/action-gh-release@v3", ""],
    ["planetscale/ghcommit-action@v0.2.22", ""],
  ])("%s with { %s } pushes nothing with git", (uses, inputs) => {
    expect(pushesAfter(uses, { checkout: "v5", with: inputs })).toEqual([]);
  });

  it("takes the fork and the suffix for what is pushed to", () => {
    const of = (inputs: string) =>
      pushesAfter("peter-evans/create-pull-request@v8", { checkout: "v5", with: `branch: next, ${inputs}` })[0]?.target;
    expect(of("")).toEqual({ repository: null, ref: "next" });
    expect(of("push-to-fork: bot/app")).toEqual({ repository: "bot/app", ref: "next" });
    expect(of("branch-suffix: timestamp")).toEqual({ repository: null, ref: null });
  });

  it("knows that a key which an action hands to an agent is there for later steps", () => {
    const [, later] = pushesOf(`on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - uses: peaceiris/actions-gh-pages@v4
        with: { deploy_key: ${KEY} }
      - run: git clone git@github.com:octo/app && cd app && git push origin HEAD:main
`);
    expect(later?.identity).toEqual({ kind: "ssh", name: "KEY" });
  });
});

describe("what an action commits", () => {
  const starts = (uses: string, inputs: string) => {
    const text = `on: { push: { branches: [main] } }
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        with: { token: '\${{ secrets.PAT }}' }
      - uses: ${uses}
        with: { ${inputs} }
`;
    const { node } = readFile(PATH, text);
    const [push] = pushesOf(text);
    if (push === undefined || node === undefined) throw new Error("nothing is pushed");
    const { triggersWorkflows, reasons } = judgePush(push, node, NOTHING_DECLARED);
    return [triggersWorkflows, reasons.find(({ about }) => about === "triggersWorkflows")?.text];
  };

  it.each([
    ["TriPSs/conventional-changelog-action@v5", "", "no"],
    ["TriPSs/conventional-changelog-action@v5", "skip-ci: false", "yes"],
    ["TriPSs/conventional-changelog-action@v5", "skip-ci: false, git-message: 'release {version} [no ci]'", "no"],
    ["stefanzweifel/git-auto-commit-action@v7", "", "yes"],
    ["stefanzweifel/git-auto-commit-action@v7", "commit_message: 'Format [skip ci]'", "no"],
    ["EndBug/add-and-commit@v9", "message: '[ci skip] docs'", "no"],
    ["EndBug/add-and-commit@v9", "", "yes"],
    ["phips28/gh-action-bump-version@v11", "commit-message: 'v{{version}} [skip ci]'", "no"],
  ])("%s with { %s }: %s, it starts workflows", (uses, inputs, answer) => {
    expect(starts(uses, inputs)[0]).toBe(answer);
  });

  it("says which words of the message decide", () => {
    expect(starts("TriPSs/conventional-changelog-action@v5", "")[1]).toBe("the commit's message says [skip ci]");
  });
});

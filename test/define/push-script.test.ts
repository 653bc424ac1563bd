import { spawnSync } from "node:child_process";
import { describe, expect, it, test } from "vitest";
import type { PushPlan } from "../../src/define/push/push-plan.ts";
import { pushScript } from "../../src/define/push/push-script.ts";
import { DefinitionError } from "../../src/ir/errors.ts";

const COMMIT = {
  paths: ["a.json", "docs/**"],
  message: "Refresh",
  author: { name: "map-bot", email: "map-bot@example.com" },
};
const PLAN: PushPlan = {
  credential: { kind: "pat", secret: "ROBOT" },
  tokenExpression: "${{ secrets.ROBOT }}",
  branch: "main",
  commit: COMMIT,
};
const KEY: PushPlan = {
  credential: { kind: "deploy-key", secret: "KEY" },
  tokenExpression: "${{ secrets.KEY }}",
  branch: "main",
};
const TAG: PushPlan = { ...PLAN, branch: undefined, tag: "v1" };
const REFS: PushPlan = { ...PLAN, branch: undefined, refs: ["HEAD:main", "v1"] };

const SHAPES: Readonly<Record<string, PushPlan>> = {
  "a branch with a commit": PLAN,
  "a branch, noVerify": { ...PLAN, commit: { ...COMMIT, noVerify: true } },
  "a branch without a commit": { ...PLAN, commit: undefined },
  "a branch, no retry": { ...PLAN, retry: false },
  "a branch with a lease": { ...PLAN, force: "with-lease" },
  "a branch of another repository with a lease": { ...PLAN, repository: "octo/tap", force: "with-lease" },
  "a tag": TAG,
  "a tag with a lease": { ...TAG, force: "with-lease" },
  refs: REFS,
  "refs with a lease": { ...REFS, force: "with-lease" },
  "a deploy key": KEY,
  "a deploy key with a commit": { ...KEY, commit: COMMIT },
};

describe("the step", () => {
  it("gets all that the plan says through env", () => {
    const plan = { ...PLAN, path: "lib", repository: "octo/lib" };
    const { script: _, ...step } = pushScript(plan);
    expect(step).toEqual({
      shell: "bash",
      workingDirectory: "lib",
      env: [
        ["PUSH_TOKEN", "${{ secrets.ROBOT }}"],
        ["PUSH_AS", "PAT ROBOT"],
        ["PUSH_REPOSITORY", "octo/lib"],
        ["PUSH_BRANCH", "main"],
        ["PUSH_PATHS", "a.json\ndocs/**"],
        ["PUSH_MESSAGE", "Refresh"],
        ["GIT_AUTHOR_NAME", "map-bot"],
        ["GIT_AUTHOR_EMAIL", "map-bot@example.com"],
        ["GIT_COMMITTER_NAME", "map-bot"],
        ["GIT_COMMITTER_EMAIL", "map-bot@example.com"],
      ],
    });
  });

  it("pushes to the workflow's repository from the workspace by default", () => {
    const step = pushScript({ ...PLAN, commit: undefined });
    expect(step).not.toHaveProperty("workingDirectory");
    expect(step.env).toContainEqual(["PUSH_REPOSITORY", "${{ github.repository }}"]);
  });

  it.each<[PushPlan["credential"], string]>([
    [{ kind: "github-token" }, "GITHUB_TOKEN"],
    [{ kind: "app" }, "the App's token"],
    [{ kind: "deploy-key", secret: "K" }, "deploy key K"],
  ])("names %j as %s", (credential, name) => {
    expect(pushScript({ ...PLAN, credential }).env).toContainEqual(["PUSH_AS", name]);
  });
});

describe.each(Object.entries(SHAPES))("the script of %s", (_, plan) => {
  const other: PushPlan = {
    ...plan,
    credential: plan.credential.kind === "deploy-key" ? { kind: "deploy-key", secret: "OTHER" } : { kind: "app" },
    tokenExpression: "${{ steps.app.outputs.token }}",
    branch: plan.branch && "${{ github.head_ref }}",
    tag: plan.tag && "$(id)",
    refs: plan.refs && ["`id`"],
    repository: plan.repository && "other/other",
    path: "elsewhere",
    commit: plan.commit && { ...plan.commit, paths: ['"; id; "'], message: "'", author: { name: "$x", email: "y" } },
  };

  it("is the same wherever the options' shape is the same, and so holds none of their texts", () => {
    expect(pushScript(other).script).toBe(pushScript(plan).script);
    expect(pushScript(plan).script).not.toContain("${{");
  });

  it("sets up the credential before any git but `git --version` runs, and takes the token out of the environment first", () => {
    const lines = pushScript(plan).script.split("\n");
    const unset = lines.findIndex((line) => /; unset PUSH_(TOKEN|KEY)$/.test(line));
    const gits = lines.flatMap((line, index) =>
      /(^|\s|\()git /.test(line) && !line.startsWith("finish()") ? [index] : [],
    );
    expect(unset).toBeGreaterThan(0);
    expect(Math.min(...gits)).toBeGreaterThan(unset);
  });

  const shellcheck = spawnSync("shellcheck", ["--version"]).status === 0;
  it.skipIf(!shellcheck)("is clean for shellcheck", () => {
    const { stdout } = spawnSync("shellcheck", ["--shell=bash", "-"], {
      input: pushScript(plan).script,
      encoding: "utf8",
    });
    expect(stdout).toBe("");
  });

  it("uses nothing that macOS's bash 3.2 lacks", () => {
    expect(pushScript(plan).script).not.toMatch(
      /mapfile|readarray|declare -[A-Zgn]|local -n|\$\{\w+[@^,]|\|&|&>>|;;&|base64 -w|\[\[ -v|EPOCH|wait -n|coproc/,
    );
  });
});

test.each<[string, PushPlan, number]>([
  ["a plain push", { ...PLAN, commit: undefined, retry: false }, 15],
  ["with a commit", { ...PLAN, retry: false }, 19],
  ["with a commit and retries", PLAN, 25],
  ["by a deploy key", { ...KEY, retry: false }, 17],
  ["with a lease", { ...PLAN, commit: undefined, force: "with-lease" }, 19],
  ["of a tag", { ...TAG, commit: undefined }, 16],
  ["of refs", { ...REFS, commit: undefined }, 15],
  ["of refs with a lease", { ...REFS, commit: undefined, force: "with-lease" }, 22],
])("%s is short", (_, plan, lines) => {
  expect(pushScript(plan).script.split("\n")).toHaveLength(lines + 1);
});

describe("a plan that makes no sense is refused", () => {
  it.each<[Partial<PushPlan>, string]>([
    [{ branch: undefined }, "push needs exactly one of `branch`, `refs` and `tag`"],
    [{ tag: "v1" }, "push needs exactly one of `branch`, `refs` and `tag`"],
    [{ branch: undefined, refs: [] }, "push({ refs }) is empty: name at least one refspec"],
    [{ commit: { ...COMMIT, paths: [] } }, "push({ commit: { paths } }) is empty: name what to commit"],
    [{ retry: 4 }, "push({ retry }) is `4`: write true, false or a number from 0 to 3"],
    [{ retry: 1.5 }, "push({ retry }) is `1.5`: write true, false or a number from 0 to 3"],
  ])("%j", (change, message) => {
    expect(() => pushScript({ ...PLAN, ...change })).toThrow(new DefinitionError(message));
  });
});

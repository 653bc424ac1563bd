import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PushPlan } from "../../src/define/push/push-plan.ts";
import { hostRepository, protect } from "../git-server/test-server.ts";
import { PushSandbox, TOKENS, type PushJob, type PushResult } from "./push-sandbox.ts";

let sandbox: PushSandbox;
beforeAll(async () => {
  sandbox = await PushSandbox.start();
});
afterAll(() => sandbox.stop());

const WHO = { credential: { kind: "pat", secret: "ROBOT" }, tokenExpression: "${{ secrets.ROBOT }}" } as const;
const COMMIT = { paths: ["map.json"], message: "Refresh", author: { name: "map-bot", email: "map-bot@example.com" } };
const PLAN: PushPlan = { ...WHO, branch: "main", commit: COMMIT };
const NOT_LANDED = "::error::The push as PAT ROBOT did not land: git says why above.";

/** How often a pack was sent, a push tried at all, the branch fetched. */
const sent = ({ requests }: PushResult) =>
  requests.filter(({ method, path }) => method === "POST" && path.endsWith("/git-receive-pack")).length;
const tried = ({ requests }: PushResult) =>
  requests.filter(({ path }) => path.endsWith("service=git-receive-pack")).length;
const fetched = ({ requests }: PushResult) =>
  requests.filter(({ path }) => path.endsWith("service=git-upload-pack")).length;

/** The first so many pushes find that somebody else was faster: before they see the branch, or after it. */
function loseRaces(job: PushJob, times: number, seen: "before" | "after" = "before"): void {
  const moment = seen === "before" ? "service=git-receive-pack" : "/git-receive-pack";
  job.remote.before = async (path) => {
    if (times > 0 && path.endsWith(moment)) await job.remote.commit("main", { [`theirs-${times--}`]: "1" });
  };
}

async function jobWithChange(): Promise<PushJob> {
  const job = await sandbox.job();
  await job.bash("echo '{}' >map.json");
  return job;
}

function expectFailure(result: PushResult, message: string): void {
  expect(result.log).toContain(message);
  expect(result.code).not.toBe(0);
  expect(result.outputs).toEqual({});
}

describe.concurrent("a branch", () => {
  it("lands with a commit by the author, made here", async () => {
    const job = await jobWithChange();
    const result = await job.push(PLAN);
    expect(result).toMatchObject({ code: 0, outputs: { pushed: "true", sha: await job.sha("HEAD") } });
    expect(await job.remote.git("log", "-1", "--format=%s|%an <%ae>|%cn <%ce>", "main")).toBe(
      "Refresh|map-bot <map-bot@example.com>|map-bot <map-bot@example.com>",
    );
    expect(await job.remote.file("main", "map.json")).toBe("{}\n");
  });

  it("lands without a commit of its own: what the job has committed", async () => {
    const job = await sandbox.job();
    await job.bash("git commit -q --allow-empty -m 'By the job'");
    expect(await job.push({ ...WHO, branch: "main" })).toMatchObject({ code: 0, outputs: { pushed: "true" } });
    expect(await job.remote.log("main")).toEqual(["By the job", "By somebody else"]);
  });

  it("lands from a detached HEAD, on a new branch, given by its full name", async () => {
    const job = await sandbox.job();
    await job.bash("git checkout -q --detach && echo '{}' >map.json");
    expect(await job.push({ ...PLAN, branch: "refs/heads/bot/map" })).toMatchObject({
      code: 0,
      outputs: { pushed: "true" },
    });
    expect(await job.remote.sha("refs/heads/bot/map")).toBe(await job.sha("HEAD"));
  });

  it("lands in another repository, from another path", async () => {
    const job = await sandbox.job();
    const other = await hostRepository(sandbox.server, "octo/tap");
    await job.bash(`git clone -q "file://${other.path}" tap && echo '{}' >tap/map.json`);
    const result = await job.push({ ...PLAN, repository: "octo/tap", path: "tap" });
    expect(result).toMatchObject({ code: 0, outputs: { pushed: "true" } });
    expect(await other.sha("refs/heads/main")).toBe(result.outputs["sha"]);
  });

  it("is not pushed when there is nothing to commit: success, without a request", async () => {
    const job = await sandbox.job();
    await job.bash("git checkout -q --detach && git rm -q --cached README.md && git reset -q");
    const result = await job.push({ ...PLAN, branch: "bot/map", commit: { ...COMMIT, paths: ["README.md"] } });
    expect(result).toMatchObject({ code: 0, requests: [], outputs: { pushed: "false", sha: await job.sha("HEAD") } });
  });

  it("is pushed when there is nothing to commit but the job has made a commit", async () => {
    const job = await sandbox.job();
    await job.bash("git commit -q --allow-empty -m 'By the job'");
    const result = await job.push({ ...PLAN, commit: { ...COMMIT, paths: ["README.md"] } });
    expect(result).toMatchObject({ code: 0, outputs: { pushed: "true" } });
    expect(await job.remote.log("main")).toEqual(["By the job", "By somebody else"]);
  });

  it("is up to date: pushed is false", async () => {
    const job = await sandbox.job();
    expect(await job.push({ ...WHO, branch: "main" })).toMatchObject({
      code: 0,
      outputs: { pushed: "false", sha: await job.sha("HEAD") },
    });
  });

  it("two pushes of one job, the second with nothing to commit", async () => {
    const job = await jobWithChange();
    expect((await job.push(PLAN)).outputs["pushed"]).toBe("true");
    expect(await job.push(PLAN)).toMatchObject({ code: 0, outputs: { pushed: "false" } });
  });
});

describe.concurrent("a lost race", () => {
  it.each([1, 2, 3])("lost %i times: fetched and rebased as often, then it lands", async (times) => {
    const job = await jobWithChange();
    await job.bash("echo unrelated >>README.md"); // a dirty tree does not stop the rebase
    loseRaces(job, times);
    const result = await job.push(PLAN);
    expect(result).toMatchObject({ code: 0, identities: ["PAT"], outputs: { pushed: "true" } });
    expect([tried(result), fetched(result), sent(result)]).toEqual([times + 1, times, 1]);
    expect((await job.remote.log("main")).filter((subject) => subject === "Refresh")).toHaveLength(1);
    expect(await job.remote.sha("refs/heads/main")).toBe(result.outputs["sha"]);
    expect(await job.remote.git("log", "-1", "--format=%an|%cn", "main")).toBe("map-bot|map-bot");
    expect(await readFile(join(job.workspace, "README.md"), "utf8")).toContain("unrelated");
  });

  it("lost four times: it gives up after three retries", async () => {
    const job = await jobWithChange();
    loseRaces(job, 9);
    const result = await job.push(PLAN);
    expectFailure(result, NOT_LANDED);
    expect([tried(result), sent(result)]).toEqual([4, 0]);
  });

  it("lost between reading the branch and writing it: the server's own refusal of a stale old value", async () => {
    const job = await jobWithChange();
    loseRaces(job, 1, "after");
    const result = await job.push(PLAN);
    expect(result).toMatchObject({ code: 0, outputs: { pushed: "true" } });
    expect([tried(result), fetched(result), sent(result)]).toEqual([2, 1, 2]);
  });

  it("in a shallow clone", async () => {
    const job = await sandbox.job();
    await job.remote.commit("main", { second: "2" });
    await job.bash(`rm -rf .git && git init -q -b main . && git fetch -q --depth=1 "file://$BARE" +refs/heads/main:refs/remotes/origin/main
      git reset -q --hard refs/remotes/origin/main && echo '{}' >map.json && git rev-parse --is-shallow-repository | grep -q true`);
    loseRaces(job, 2);
    expect(await job.push(PLAN)).toMatchObject({ code: 0, outputs: { pushed: "true" } });
    expect(await job.remote.log("main")).toHaveLength(5);
  });

  it("without a commit of its own, the committer known only to an earlier step", async () => {
    const job = await sandbox.job();
    await job.bash(
      "git commit -q --allow-empty -m 'By the job' && echo 1 >mine && git add mine && git commit -q -m Mine",
    );
    loseRaces(job, 1);
    const result = await job.push({ ...WHO, branch: "main" });
    expect(result).toMatchObject({ code: 0, outputs: { pushed: "true" } });
    expect(await job.remote.git("log", "-1", "--format=%s|%an|%cn", "main")).toBe("Mine|Job|Job");
  });

  it("with commits of the job below its own: they keep their author", async () => {
    const job = await jobWithChange();
    await job.bash("git commit -q --allow-empty -m 'By the job'");
    loseRaces(job, 1);
    expect(await job.push(PLAN)).toMatchObject({ code: 0, outputs: { pushed: "true" } });
    expect(await job.remote.git("log", "-2", "--format=%s|%an", "main")).toBe("Refresh|map-bot\nBy the job|Job");
  });

  it("with a merge commit: the merge is made again, not flattened", async () => {
    const job = await sandbox.job();
    await job.bash(`git checkout -q -b topic && echo 1 >topic && git add topic && git commit -q -m Topic
      git checkout -q main && git merge -q --no-ff -m Merge topic`);
    loseRaces(job, 1);
    expect(await job.push({ ...PLAN, commit: { ...COMMIT, paths: ["README.md"] } })).toMatchObject({ code: 0 });
    expect((await job.remote.git("log", "-1", "--format=%p", "main")).split(" ")).toHaveLength(2);
  });

  it("with a conflict: one sentence, nothing pushed, and no rebase left half-way", async () => {
    const job = await jobWithChange();
    await job.remote.commit("main", { "map.json": "theirs\n" });
    const result = await job.push(PLAN);
    expectFailure(result, "::error::refs/heads/main has moved on, and the new commits conflict with it.");
    expect(sent(result)).toBe(0);
    expect(await job.bash("git status")).not.toContain("rebase");
  });

  it("to somebody who made the same change: nothing is left to push", async () => {
    const job = await jobWithChange();
    await job.remote.commit("main", { "map.json": "{}\n" });
    expect(await job.push(PLAN)).toMatchObject({ code: 0, outputs: { pushed: "false" } });
    expect(await job.remote.sha("refs/heads/main")).toBe(await job.sha("HEAD"));
  });

  it("is not made up: a branch that has diverged is left alone, and main's commits are not copied onto it", async () => {
    const job = await jobWithChange();
    await job.remote.git("branch", "bot", "main");
    await job.remote.commit("bot", { old: "1" });
    await job.remote.commit("main", { newer: "1" });
    await job.bash(
      'git fetch -q "file://$BARE" +refs/heads/main:refs/remotes/origin/main && git reset -q --hard origin/main && echo "{}" >map.json',
    );
    const result = await job.push({ ...PLAN, branch: "bot" });
    expectFailure(
      result,
      "::error::refs/heads/bot is not the branch that was checked out: check it out, or push with a lease.",
    );
    expect(sent(result)).toBe(0);
  });

  it("is not retried with retry: false", async () => {
    const job = await jobWithChange();
    loseRaces(job, 1);
    const result = await job.push({ ...PLAN, retry: false });
    expectFailure(result, NOT_LANDED);
    expect(result.log).toContain("(fetch first)");
    expect([tried(result), fetched(result)]).toEqual([1, 0]);
  });
});

describe.concurrent("a refusal is not retried", () => {
  it("by a ruleset", async () => {
    const job = await jobWithChange();
    await protect(job.remote, "refs/heads/main", ["OTHER"]);
    const result = await job.push(PLAN);
    expectFailure(result, NOT_LANDED);
    expect(result.log).toContain("GH013: Repository rule violations found for refs/heads/main.");
    expect([tried(result), sent(result)]).toEqual([1, 1]);
  });

  it("by a ruleset, on a new branch", async () => {
    const job = await jobWithChange();
    await protect(job.remote, "refs/heads/bot", []);
    const result = await job.push({ ...PLAN, branch: "bot" });
    expectFailure(result, NOT_LANDED);
    expect([tried(result), sent(result)]).toEqual([1, 1]);
  });

  it("for want of rights: 403", async () => {
    const job = await jobWithChange();
    const result = await job.push(PLAN, { token: TOKENS.READER });
    expectFailure(result, NOT_LANDED);
    expect(result.log).toContain("403");
    expect([tried(result), sent(result)]).toEqual([1, 0]);
  });

  it("after a race was lost", async () => {
    const job = await jobWithChange();
    await job.remote.commit("main", { theirs: "1" });
    await protect(job.remote, "refs/heads/main", []);
    const result = await job.push(PLAN);
    expectFailure(result, "GH013");
    expect([tried(result), sent(result)]).toEqual([2, 1]);
  });
});

describe.concurrent("with a lease", () => {
  const LEASED: PushPlan = { ...PLAN, force: "with-lease" };

  it("overwrites a branch that only the server has, and names the SHA that it saw", async () => {
    const job = await jobWithChange();
    const old = await job.remote.commit("bot", { old: "1" });
    const result = await job.push({ ...LEASED, branch: "bot" });
    expect(result).toMatchObject({ code: 0, identities: ["PAT"], outputs: { pushed: "true" } });
    expect(result.argv).toContain(`--force-with-lease=refs/heads/bot:${old}`);
    expect(await job.remote.sha("refs/heads/bot")).toBe(await job.sha("HEAD"));
  });

  it("makes a branch that nobody has", async () => {
    const job = await jobWithChange();
    expect(await job.push({ ...LEASED, branch: "bot" })).toMatchObject({ code: 0, outputs: { pushed: "true" } });
  });

  it("overwrites the branch that was checked out, again and again", async () => {
    const job = await sandbox.job();
    for (const round of [1, 2]) {
      await job.bash(`git commit -q --amend --no-edit && echo ${round} >map.json`);
      expect(await job.push(LEASED)).toMatchObject({ code: 0, outputs: { pushed: "true" } });
      expect(await job.remote.sha("refs/heads/main")).toBe(await job.sha("HEAD"));
    }
  });

  it("does not overwrite what came onto a checked-out branch since", async () => {
    const job = await jobWithChange();
    const theirs = await job.remote.commit("main", { theirs: "1" });
    const result = await job.push(LEASED);
    expectFailure(
      result,
      "::error::refs/heads/main has commits that were not there when it was checked out: they are not overwritten.",
    );
    expect(await job.remote.sha("refs/heads/main")).toBe(theirs);
  });

  it("does not overwrite what came after the lease was taken, and does not retry", async () => {
    const job = await jobWithChange();
    await job.remote.commit("bot", { old: "1" });
    let raced = false;
    job.remote.before = async (path) => {
      if (!raced && path.endsWith("service=git-receive-pack"))
        raced = (await job.remote.commit("bot", { theirs: "1" })) !== "";
    };
    const result = await job.push({ ...LEASED, branch: "bot" });
    expectFailure(result, NOT_LANDED);
    expect(result.log).toContain("(stale info)");
    expect([tried(result), sent(result)]).toEqual([1, 0]);
  });

  it("moves a tag", async () => {
    const job = await sandbox.job();
    await job.remote.git("tag", "v1", "main");
    await job.bash("git commit -q --allow-empty -m Release");
    expect(await job.push({ ...WHO, tag: "v1", force: "with-lease" })).toMatchObject({
      code: 0,
      outputs: { pushed: "true" },
    });
    expect(await job.remote.sha("refs/tags/v1")).toBe(await job.sha("HEAD"));
  });

  it("moves several refs at once", async () => {
    const job = await sandbox.job();
    const old = await job.remote.commit("bot", { old: "1" });
    await job.bash("git commit -q --allow-empty -m Release");
    const result = await job.push({ ...WHO, refs: ["HEAD:refs/heads/bot", "HEAD:refs/tags/v1"], force: "with-lease" });
    expect(result).toMatchObject({ code: 0, identities: ["PAT"], outputs: { pushed: "true" } });
    expect(result.argv).toContain(`--force-with-lease=refs/heads/bot:${old} --force-with-lease=refs/tags/v1: `);
    expect(await job.remote.sha("refs/heads/bot")).toBe(await job.sha("HEAD"));
  });

  it("wants full names in refs", async () => {
    const job = await sandbox.job();
    expectFailure(
      await job.push({ ...WHO, refs: ["HEAD:bot"], force: "with-lease" }),
      "::error::With a lease each of refs must end in a full name",
    );
  });
});

describe.concurrent("tags and refs", () => {
  it("a tag that the job has made, annotated", async () => {
    const job = await sandbox.job();
    await job.bash("git tag -a -m Release v1.0.0 && git commit -q --allow-empty -m later");
    const result = await job.push({ ...WHO, tag: "v1.0.0" });
    expect(result).toMatchObject({ code: 0, outputs: { pushed: "true", sha: await job.sha("HEAD~1") } });
    expect(await job.remote.git("cat-file", "-t", "v1.0.0")).toBe("tag");
  });

  it("a tag that nobody has made, with a commit: at the commit", async () => {
    const job = await jobWithChange();
    const result = await job.push({ ...WHO, tag: "v1.0.0", commit: COMMIT });
    expect(result).toMatchObject({ code: 0, outputs: { pushed: "true", sha: await job.sha("HEAD") } });
    expect(await job.remote.sha("refs/tags/v1.0.0")).toBe(await job.sha("HEAD"));
  });

  it("a tag that the server has elsewhere: refused, once", async () => {
    const job = await sandbox.job();
    await job.remote.git("tag", "v1", await job.remote.commit("x", { x: "1" }));
    const result = await job.push({ ...WHO, tag: "v1" });
    expectFailure(result, NOT_LANDED);
    expect(result.log).toContain("(already exists)");
    expect(tried(result)).toBe(1);
  });

  it("refs land together", async () => {
    const job = await sandbox.job();
    await job.bash("git commit -q --allow-empty -m Release && git tag v2.0.0");
    expect(await job.push({ ...WHO, refs: ["HEAD:main", "v2.0.0"] })).toMatchObject({
      code: 0,
      outputs: { pushed: "true" },
    });
    expect(await job.remote.sha("refs/tags/v2.0.0")).toBe(await job.remote.sha("refs/heads/main"));
  });

  it("or not at all", async () => {
    const job = await sandbox.job();
    await protect(job.remote, "refs/heads/main", []);
    await job.bash("git commit -q --allow-empty -m Release && git tag v2.0.0");
    expectFailure(await job.push({ ...WHO, refs: ["HEAD:main", "v2.0.0"] }), NOT_LANDED);
    expect(await job.remote.sha("refs/tags/v2.0.0")).toBeUndefined();
  });
});

describe.concurrent("a commit", () => {
  it("holds its paths and nothing else that is staged", async () => {
    const job = await sandbox.job();
    await job.bash(
      "mkdir out && touch out/a.json out/b.json out/c.txt staged && git add staged && echo changed >>README.md",
    );
    expect(await job.push({ ...PLAN, commit: { ...COMMIT, paths: ["out/*.json"] } })).toMatchObject({ code: 0 });
    expect(await job.remote.git("diff", "--name-only", "main~1", "main")).toBe("out/a.json\nout/b.json");
  });

  it("holds deletions, and understands pathspecs and a path's folder", async () => {
    const job = await sandbox.job();
    await job.bash(
      "mkdir -p docs sub && touch docs/a docs/b && git add docs && git commit -q -m docs && rm -r docs && mkdir docs && touch docs/c docs/d sub/e",
    );
    expect(await job.push({ ...PLAN, commit: { ...COMMIT, paths: ["docs", ":!docs/d", "sub/"] } })).toMatchObject({
      code: 0,
    });
    expect(await job.remote.git("ls-tree", "-r", "--name-only", "main")).toBe("README.md\ndocs/c\nsub/e");
  });

  it("fails on a path that matches nothing", async () => {
    const job = await sandbox.job();
    const result = await job.push(PLAN);
    expectFailure(result, "pathspec 'map.json' did not match any files");
    expect(result.requests).toEqual([]);
  });

  it.each([true, false])("runs the repository's hooks, unless noVerify is %s", async (noVerify) => {
    const job = await jobWithChange();
    const hook = join(job.workspace, ".git", "hooks", "pre-commit");
    await mkdir(join(hook, ".."), { recursive: true });
    await writeFile(hook, '#!/bin/sh\nenv >"$RUNNER_TEMP/hook-env"\nexit 1\n');
    await chmod(hook, 0o755);
    const result = await job.push({ ...PLAN, commit: { ...COMMIT, noVerify } });
    expect(result.code === 0).toBe(noVerify);
    // A hook of the commit sees no credential.
    if (!noVerify)
      expect(await readFile(join(job.folder, "temp", "hook-env"), "utf8")).not.toMatch(/PUSH_TOKEN|AUTHORIZATION/);
    expect(await job.filesWith(TOKENS.PAT)).toEqual([]);
  });
});

describe.concurrent("what cannot work fails with one sentence", () => {
  it("an empty secret: before anything else", async () => {
    const job = await jobWithChange();
    const head = await job.sha("HEAD");
    const result = await job.push(PLAN, { token: "" });
    expectFailure(
      result,
      "::error::PAT ROBOT is empty: it is not set, or this run comes from a fork or Dependabot, which get no secrets.\n",
    );
    expect(result).toMatchObject({ requests: [], log: expect.not.stringContaining("fatal") as string });
    expect(await job.sha("HEAD")).toBe(head);
  });

  it("a HEAD that has no commit, and nothing to commit: no success", async () => {
    const job = await sandbox.job();
    await job.bash("rm -rf .git && git init -q -b main . && touch .gitignore");
    const result = await job.push({ ...PLAN, commit: { ...COMMIT, paths: [":!*"] } });
    expectFailure(result, "fatal");
    expect(result.requests).toEqual([]);
  });

  it("a git that does not know --config-env", async () => {
    const job = await jobWithChange();
    const result = await job.push(PLAN, { env: await oldGit(job) });
    expectFailure(result, "::error::This needs git 2.31 or later: an older one would push as somebody else.\n");
    expect(result.requests).toEqual([]);
  });

  it.each(
    ["", "-x y", "a..b", "main\n::set-output name=sha::evil", "x:refs/heads/main", "*", "$(id)"].map(
      (name) => [name] as const,
    ),
  )("the branch or tag name %j", async (name) => {
    const job = await jobWithChange();
    const branch = await job.push({ ...PLAN, branch: name });
    const bad = !/^\$/.test(name);
    if (bad) expectFailure(branch, "::error::PUSH_BRANCH is not the name of a branch.\n");
    else expect(branch.code).toBe(0);
    expect(branch.log).not.toContain("::set-output");
    const tag = await job.push({ ...WHO, tag: name });
    if (bad) expectFailure(tag, "::error::PUSH_TAG is not the name of a tag.\n");
  });

  it("a repository that is none", async () => {
    const job = await jobWithChange();
    for (const repository of ["octo/app\n::error::x", "octo/app=1", "octo/app?x"]) {
      const result = await job.push({ ...PLAN, repository });
      expectFailure(result, "::error::PUSH_REPOSITORY is not owner/name.\n");
      expect(result.log).not.toContain("::error::x");
    }
  });

  it("paths and refs whose expressions come out empty", async () => {
    const job = await jobWithChange();
    for (const empty of ["", "\n", "\n\n"]) {
      expectFailure(
        await job.push({ ...PLAN, commit: { ...COMMIT, paths: [empty] } }),
        "::error::PUSH_PATHS is empty.\n",
      );
      expectFailure(await job.push({ ...WHO, refs: [empty] }), "::error::PUSH_REFS is empty.\n");
    }
  });
});

/** A `git` on the PATH that knows what 2.30 does: RelNotes/2.31.0 has `--config-env`. */
async function oldGit(job: PushJob): Promise<Record<string, string>> {
  const bin = join(job.folder, "bin");
  await mkdir(bin);
  const real = (await job.bash("type -P git")).trim();
  await writeFile(
    join(bin, "git"),
    `#!/bin/sh\ncase $1 in --config-env*) echo "unknown option: $1" >&2; exit 129 ;; esac\nexec "${real}" "$@"\n`,
  );
  await chmod(join(bin, "git"), 0o755);
  return { PATH: `${bin}:${process.env["PATH"]}` };
}

const EVIL = `-x'"\`touch pwned\`$(touch pwned) \\ ; touch pwned & é ✓ %s *`;

describe.concurrent("hostile text stays text", () => {
  it("in names of branches, messages, authors and paths", async () => {
    const job = await sandbox.job();
    const file = EVIL.replaceAll("*", "[x]").replaceAll("/", "");
    await writeFile(join(job.workspace, file), "x");
    const branch = `-x'"\`touch,pwned\`$(touch,pwned);&|é✓%s`;
    const result = await job.push({
      ...WHO,
      branch,
      commit: {
        paths: [file.replace(/\[x\]$/, "?x?").replaceAll("\\", "\\\\")],
        message: `${EVIL}\n\n# not a comment\n--amend\n::set-output name=sha::evil\n`,
        author: { name: `O'Neil "$(touch pwned)" é`, email: "$(touch pwned)@example.com" },
      },
    });
    expect(result).toMatchObject({ code: 0, outputs: { pushed: "true", sha: await job.sha("HEAD") } });
    expect(result.log).not.toContain("::set-output");
    expect(await job.remote.sha(`refs/heads/${branch}`)).toBe(await job.sha("HEAD"));
    expect(await job.remote.git("log", "-1", "--format=%an|%ae", `refs/heads/${branch}`)).toBe(
      `O'Neil "$(touch pwned)" é|$(touch pwned)@example.com`,
    );
    expect(await job.remote.git("log", "-1", "--format=%B", `refs/heads/${branch}`)).toBe(
      `${EVIL}\n\n# not a comment\n--amend\n::set-output name=sha::evil`,
    );
    expect(await job.remote.git("ls-tree", "-z", "--name-only", `refs/heads/${branch}`)).toContain(file);
    expect(await job.bash("find ../.. -name 'pwned*'")).toBe("");
  });

  it("in tags and refs", async () => {
    const job = await sandbox.job();
    const name = `x'"$(touch,pwned);&é`;
    expect(await job.push({ ...WHO, tag: name })).toMatchObject({ code: 0, outputs: { pushed: "true" } });
    expect(await job.push({ ...WHO, refs: [`HEAD:refs/heads/${name}`] })).toMatchObject({
      code: 0,
      outputs: { pushed: "true" },
    });
    expectFailure(await job.push({ ...WHO, refs: ["--delete", "main"] }), NOT_LANDED);
    expect(await job.remote.sha("refs/heads/main")).toBe(await job.sha("HEAD"));
    expect(await job.bash("find ../.. -name 'pwned*'")).toBe("");
  });

  it("in the token", async () => {
    const job = await jobWithChange();
    const result = await job.push(PLAN, { token: `x"$(touch pwned)'%s\\n` });
    expectFailure(result, NOT_LANDED);
    expect(result.identities).toEqual(["unknown"]);
    expect(await job.bash("find ../.. -name 'pwned*'")).toBe("");
  });
});

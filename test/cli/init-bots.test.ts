import { execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { GitServer } from "../../src/prove/server/git-server.ts";
import { startServer } from "../git-server/test-server.ts";
import { CLI, ProjectFolder, quietEnv } from "./project-folder.ts";

const PACKAGE = '{ "devDependencies": { "flowkeep": "1", "typescript": "7" } }\n';
const SOURCE = "workflows-src/ci.ts";
const YAML = ".github/workflows/ci.yml";
const TEXT = `import { job, uses, workflow } from "flowkeep";

export default workflow({
  on: { push: {} },
  permissions: {},
  jobs: {
    a: job({ "runs-on": "ubuntu-latest", "timeout-minutes": 5, steps: [uses("actions/setup-node@v4.4.0")] }),
  },
});
`;

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}
interface Written {
  readonly on: { readonly pull_request_target: object };
  readonly permissions: object;
  readonly jobs: { readonly sync: { readonly if: string; readonly steps: readonly Step[] } };
}

let server: GitServer;
let project: ProjectFolder;
let folder: string;
let written: Written;
let main: string;
let bot: string;
const BRANCH = "dependabot/github_actions/actions/setup-node-6.5.0";

function git(cwd: string, ...args: readonly string[]): string {
  const as = ["-c", "user.name=x", "-c", "user.email=x@example.com"];
  return execFileSync("git", [...as, ...args], {
    cwd,
    encoding: "utf8",
    env: { ...quietEnv(), GIT_TERMINAL_PROMPT: "0" },
  }).trim();
}

beforeAll(async () => {
  server = await startServer({ identities: new Map([["app-token", "flowkeep-app[bot]"]]) });
  await server.create("octo/app");
  folder = mkdtempSync(join(tmpdir(), "flowkeep-bots-"));
  project = new ProjectFolder({ "package.json": PACKAGE, [SOURCE]: TEXT, "theirs.txt": "old\n" });
  expect(project.run(["init", "--bots", "dependabot"])).toMatchObject({ code: 0 });
  expect(project.run(["gen"])).toMatchObject({ code: 0, err: "" });
  written = parse(project.read(".github/workflows/sync-bots.yml")) as Written;
  const url = server.url.replace("://", "://x:app-token@");
  git(project.root, "init", "--quiet", "--initial-branch=main");
  git(project.root, "add", ".");
  git(project.root, "commit", "--quiet", "-m", "main");
  main = git(project.root, "rev-parse", "HEAD");
  // The bot's commit: the YAML, a file that is nobody's business here, and what must never be run.
  const old = /setup-node@([0-9a-f]{40}) # v4\.4\.0/.exec(project.read(YAML))?.[1] ?? "";
  git(project.root, "checkout", "--quiet", "-b", BRANCH);
  project.write({
    [YAML]: project.read(YAML).replace(`${old} # v4.4.0`, `${shaOfNode()} # v6.5.0`),
    "theirs.txt": "new\n",
    "package.json": `{ "scripts": { "preinstall": "touch ${folder}/ran" } }\n`,
    ".npmrc": "script-shell=/evil\n",
  });
  git(project.root, "add", ".");
  git(project.root, "commit", "--quiet", "-m", "Bump actions/setup-node from 4.4.0 to 6.5.0");
  bot = git(project.root, "rev-parse", "HEAD");
  for (const branch of ["main", BRANCH])
    await run("git", ["push", "--quiet", `${url}/octo/app.git`, branch], project.root, quietEnv());
});
afterAll(async () => {
  project.delete();
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
});

function shaOfNode(): string {
  const other = new ProjectFolder();
  try {
    return /[0-9a-f]{40}/.exec(other.run(["actions", "add", "--offline", "actions/setup-node@v6.5.0"]).out)?.[0] ?? "";
  } finally {
    other.delete();
  }
}

async function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<{ readonly code: number | null; readonly log: string }> {
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.on("close", resolve)),
  ]);
  return { code, log: out + err };
}

/** What actions/checkout makes of the default branch with `fetch-depth: 0` and `persist-credentials: false`. */
async function checkOut(name: string): Promise<string> {
  const target = join(folder, name);
  const url = server.url.replace("://", "://x:app-token@");
  await run("git", ["clone", "--quiet", "--no-checkout", `${url}/octo/app.git`, target], folder, quietEnv());
  git(target, "remote", "set-url", "origin", `${server.url}/octo/app.git`);
  git(target, "checkout", "--quiet", "-B", "main", main);
  return target;
}

/** Runs the script of a step as the runner does, in the event that the workflow is for. */
async function runStep(step: Step | undefined, workspace: string, env: Readonly<Record<string, string>>) {
  const tools = join(folder, "tools");
  mkdirSync(tools, { recursive: true });
  writeFileSync(
    join(tools, "npx"),
    `#!/bin/sh\nshift\nexec ${JSON.stringify(process.execPath)} ${JSON.stringify(CLI)} "$@"\n`,
  );
  chmodSync(join(tools, "npx"), 0o755);
  const output = join(folder, "output");
  writeFileSync(output, "");
  const all = {
    ...quietEnv(),
    PATH: `${tools}:${process.env["PATH"] ?? ""}`,
    GITHUB_ACTIONS: "true",
    GITHUB_EVENT_NAME: "pull_request_target",
    GITHUB_SHA: main,
    GITHUB_OUTPUT: output,
    GITHUB_SERVER_URL: server.url,
    ...env,
  };
  const ran = await run("bash", ["-e", "-c", step?.run ?? ""], workspace, all);
  return { ...ran, output: readFileSync(output, "utf8") };
}

describe("flowkeep init --bots", () => {
  it("writes a workflow that neither lint nor pushes has anything to say against", () => {
    git(project.root, "checkout", "--quiet", "main");
    expect(project.run(["check", "--fail-on", "note"])).toMatchObject({ code: 0 });
    const pushes = JSON.parse(project.run(["pushes", "--format", "json"]).out) as {
      readonly pushes: readonly object[];
    };
    expect(pushes.pushes).toMatchObject([
      {
        workflow: ".github/workflows/sync-bots.yml",
        identity: { kind: "app", name: "app" },
        verdict: "as-intended",
        consequences: { mayEditWorkflows: "yes", triggersWorkflows: "yes" },
      },
    ]);
    const before = project.files();
    expect(project.run(["init", "--bots", "dependabot"]).out).toBe(
      "nothing to do: flowkeep is set up\nnext: npx flowkeep gen\n",
    );
    expect(project.files()).toEqual(before);
    expect(project.read(".github/dependabot.yml")).toContain("package-ecosystem: github-actions");
    expect(project.run(["init", "--bots", "greenkeeper"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("--bots knows dependabot and renovate") as string,
    });
  });

  it("writes what docs/bots.md shows", () => {
    const page = readFileSync(join(import.meta.dirname, "../../docs/bots.md"), "utf8");
    const other = new ProjectFolder();
    try {
      other.run(["init", "--bots", "dependabot,renovate"]);
      for (const file of [".github/dependabot.yml", "renovate.json"]) expect(page).toContain(other.read(file));
    } finally {
      other.delete();
    }
  });

  it("never runs with more than it needs, nor for anybody but a bot of this repository", () => {
    const { sync } = written.jobs;
    expect(written.permissions).toEqual({ contents: "read" });
    for (const condition of [
      "github.event.pull_request.user.login == 'dependabot[bot]'",
      "github.actor == 'dependabot[bot]'",
      "github.event.pull_request.head.repo.full_name == github.repository",
    ])
      expect(sync.if).toContain(condition);
    // Nothing of the bot's is checked out: the default of this event is the default branch.
    const checkout = sync.steps.find(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkout?.with).toEqual({ "persist-credentials": false, "fetch-depth": 0 });
    expect(sync.steps.find(({ id }) => id === "app")?.with).toMatchObject({
      "permission-contents": "write",
      "permission-workflows": "write",
    });
  });

  it("takes over what a bot raised, as data, and pushes what follows from it as the App", async () => {
    const workspace = await checkOut("workspace");
    const { steps } = written.jobs.sync;
    const sync = steps.find(({ id }) => id === "sync");
    expect(Object.keys(sync?.env ?? {}).sort()).toEqual(["HEAD_REF", "HEAD_SHA"]);
    const synced = await runStep(sync, workspace, { HEAD_REF: BRANCH, HEAD_SHA: bot });
    expect(synced).toMatchObject({ code: 0 });
    const commit = /^commit=([0-9a-f]{40})$/m.exec(synced.output)?.[1] ?? "";
    expect(git(workspace, "rev-parse", `${commit}^`)).toBe(bot);
    const changed = git(workspace, "diff", "--name-only", bot, commit).split("\n");
    expect(changed).toEqual([
      "generated/actions.d.ts",
      "generated/actions.lock.json",
      "generated/source-map.json",
      SOURCE,
    ]);
    expect(git(workspace, "log", "-1", "--format=%an%n%B", commit)).toMatch(
      /^github-actions\[bot\]\nTake over raised versions of actions\n\n- actions\/setup-node@v4\.4\.0 → actions\/setup-node@v6\.5\.0 \(v6\.5\.0\)\n\n\[dependabot skip\]$/,
    );

    const push = steps.at(-1);
    const pushed = await runStep(push, workspace, {
      PUSH_TOKEN: "app-token",
      PUSH_AS: push?.env?.["PUSH_AS"] ?? "",
      PUSH_REPOSITORY: "octo/app",
      PUSH_REFS: (push?.env?.["PUSH_REFS"] ?? "").replace(/\$\{\{.*?\}\}/, BRANCH),
    });
    expect(pushed).toMatchObject({ code: 0 });
    const seen = server.requests.findLast(({ updates }) => updates.length > 0);
    expect(seen).toMatchObject({
      identities: ["flowkeep-app[bot]"],
      updates: [{ ref: `refs/heads/${BRANCH}`, old: bot, new: commit, refused: undefined }],
    });
    // What lands there is right, and the bot's own changes are in it.
    git(workspace, "checkout", "--quiet", "--force", commit);
    expect(readFileSync(join(workspace, "theirs.txt"), "utf8")).toBe("new\n");
    const check = await run(process.execPath, [CLI, "check"], workspace, quietEnv());
    expect(check).toMatchObject({ code: 0 });
    expect(existsSync(join(folder, "ran"))).toBe(false);

    // The branch has moved on: the run that began with the older commit leaves it be.
    const late = await checkOut("late");
    expect(await runStep(sync, late, { HEAD_REF: BRANCH, HEAD_SHA: bot })).toMatchObject({ code: 0, output: "" });
  });

  it("does nothing with a branch that changes more than versions, whatever it is called", async () => {
    const workspace = await checkOut("evil");
    const branch = "dependabot/$(touch${IFS}ran)'\"`x`";
    git(workspace, "checkout", "--quiet", "-B", "theirs", bot);
    const file = join(workspace, SOURCE);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${readFileSync(file, "utf8")}// evil\n`);
    git(workspace, "commit", "--quiet", "-a", "-m", "x");
    const evil = git(workspace, "rev-parse", "HEAD");
    git(workspace, "checkout", "--quiet", "main");
    git(workspace, "update-ref", `refs/remotes/origin/${branch}`, evil);
    const sync = written.jobs.sync.steps.find(({ id }) => id === "sync");
    const refused = await runStep(sync, workspace, { HEAD_REF: branch, HEAD_SHA: evil });
    expect(refused).toMatchObject({ code: 1, output: "" });
    expect(refused.log).toContain(`${SOURCE} is changed, too, and that is no version bump`);
    expect(existsSync(join(workspace, "ran"))).toBe(false);
    expect(git(workspace, "status", "--porcelain")).toBe("");
  });
});

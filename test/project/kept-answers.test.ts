import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lintProject } from "../../src/project/lint/lint-project.ts";
import type { Project } from "../../src/project/project.ts";
import { listPushes } from "../../src/project/pushes/list-pushes.ts";
import { findingJson } from "../../src/report/finding.ts";
import { pushJson } from "../../src/report/push-json.ts";

const WORKFLOW = ".github/workflows/push.yml";
const CONFIG = {
  repository: "octo/app",
  defaultBranch: "main",
  rulesets: ["ruleset.json"],
  credentials: { PAT: { kind: "classic", scopes: ["repo"] } },
};
const RULESET = {
  name: "main",
  target: "branch",
  enforcement: "active",
  source: "octo/app",
  source_type: "Repository",
  conditions: { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } },
  rules: [{ type: "pull_request", parameters: {} }],
  bypass_actors: [],
};
const FILES: Readonly<Record<string, string>> = {
  [WORKFLOW]: `on: push
jobs:
  push:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - run: bash ci/push.sh
      - run: bash ci/later.sh
      - uses: ./.github/actions/publish
        with: { branch: pages }
      - uses: acme/pusher@v1
        with: { token: "\${{ secrets.PAT }}" }
  bot:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        with: { persist-credentials: false }
      - uses: ./vendor/action
      - run: git push "https://x:\${{ secrets.PAT }}@github.com/octo/app" HEAD:main
  call:
    uses: ./.github/workflows/called.yml
    secrets: inherit
`,
  ".github/workflows/called.yml": `on: workflow_call
jobs:
  called:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: git push "https://x:\${{ secrets.PAT }}@github.com/octo/app" HEAD:main
`,
  ".github/actions/publish/action.yml": `name: Publish
description: Pushes
inputs: { branch: { description: Where to, required: true } }
runs:
  using: composite
  steps: [{ shell: bash, run: "git push origin HEAD:\${{ inputs.branch }}" }]
`,
  "ci/push.sh": "git push origin HEAD:main\n",
  "flowkeep.config.json": JSON.stringify(CONFIG),
  "ruleset.json": JSON.stringify(RULESET),
};

let project: Project;
beforeEach(() => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "flowkeep-kept-")));
  const flowkeep = pathToFileURL(join(import.meta.dirname, "../../src/index.ts"));
  project = { root, scratch: tmpdir(), flowkeep, cache: join(root, "cache") };
  for (const [path, text] of Object.entries(FILES)) write(path, text);
});
afterEach(() => rmSync(project.root, { recursive: true, force: true }));

function write(path: string, text: string | undefined): void {
  const file = join(project.root, path);
  if (text === undefined) return rmSync(file);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** All that the two commands say, as they print it. */
async function answers(cache: string | undefined): Promise<string> {
  const which = { paths: [], mayRun: false };
  const { pushes, findings } = await listPushes({ ...project, cache }, which);
  const linted = await lintProject({ ...project, cache }, which);
  const told = { pushes: pushes.map(pushJson), findings: findings.map(findingJson) };
  return JSON.stringify({ ...told, linted: linted.findings.map(findingJson) }, undefined, 1);
}

/** Another file each time that something was worked out anew. */
function cacheState(): readonly number[] {
  const folder = join(project.root, "cache");
  return readdirSync(folder).map((name) => statSync(join(folder, name)).ino);
}

const change = (from: string, to: string) => (text: string) => {
  expect(text).toContain(from);
  return text.replace(from, to);
};
const configured = (more: object) => (): string => JSON.stringify({ ...CONFIG, ...more });

describe("answers that are kept", () => {
  it("are those of a run without any, and nothing is worked out again", async () => {
    const fresh = await answers(undefined);
    expect(fresh).toContain("push-rejected-by-ruleset");
    expect(fresh).toContain("push-hijacked");
    expect(await answers(project.cache)).toBe(fresh);
    const state = cacheState();
    expect(await answers(project.cache)).toBe(fresh);
    expect(cacheState()).toEqual(state);
  });

  it.each<[string, string, ((text: string) => string) | undefined]>([
    ["the workflow", WORKFLOW, change("actions/checkout@v5", "actions/checkout@v1")],
    [
      "an ignore in it",
      WORKFLOW,
      change(
        "      - run: bash ci/push",
        "      # flowkeep-ignore: push-rejected-by-ruleset known\n      - run: bash ci/push",
      ),
    ],
    ["a script that it runs", "ci/push.sh", change("HEAD:main", "HEAD:docs")],
    ["that this script is there", "ci/push.sh", undefined],
    ["that a script is there which was not", "ci/later.sh", () => "git push origin HEAD:later\n"],
    ["a composite action", ".github/actions/publish/action.yml", change("git push origin", "git push --force origin")],
    ["what inputs it takes", ".github/actions/publish/action.yml", change("inputs: { branch", "inputs: { ref")],
    ["that it is there", ".github/actions/publish/action.yml", undefined],
    ["a workflow that it calls", ".github/workflows/called.yml", change("secrets.PAT", "secrets.OTHER")],
    ["that it is there to be called", ".github/workflows/called.yml", undefined],
    ["what that may be given", ".github/workflows/called.yml", change("on: workflow_call", "on: push")],
    [
      "a workflow that the push would start",
      ".github/workflows/more.yml",
      () => "on: { push: { branches: [pages] } }\njobs: { a: { runs-on: x, steps: [{ run: ls }] } }\n",
    ],
    ["the repository's name", "flowkeep.config.json", configured({ repository: "octo/other" })],
    ["the default branch", "flowkeep.config.json", configured({ defaultBranch: "trunk" })],
    ["a credential", "flowkeep.config.json", configured({ credentials: {} })],
    ["the severity of a rule", "flowkeep.config.json", configured({ rules: { "push-hijacked": "off" } })],
    [
      "an ignore of the config",
      "flowkeep.config.json",
      configured({ ignores: [{ rule: "push-hijacked", path: ".github", because: "known" }] }),
    ],
    [
      "what the config says of an action",
      "flowkeep.config.json",
      configured({
        pushActions: [
          { uses: "acme/pusher", env: { T: "inputs.token" }, run: "git push https://x:$T@github.com/o/r HEAD:main" },
        ],
      }),
    ],
    ["which rulesets there are", "flowkeep.config.json", configured({ rulesets: [] })],
    ["that there is a config", "flowkeep.config.json", undefined],
    ["a ruleset", "ruleset.json", change('"active"', '"disabled"')],
    ["that a ruleset is there", "ruleset.json", undefined],
    ["GitHub's lock", ".github/workflows/actions.lock", () => LOCK],
    ["the submodules", ".gitmodules", () => '[submodule "ci"]\n\tpath = vendor\n\turl = x\n'],
  ])("are other ones where this changes: %s", async (_, path, edit) => {
    const before = await answers(project.cache);
    const text = FILES[path] === undefined ? "" : readFileSync(join(project.root, path), "utf8");
    write(path, edit?.(text));
    const fresh = await answers(undefined);
    expect(fresh).not.toBe(before);
    expect(await answers(project.cache)).toBe(fresh);
    // And back again.
    write(path, FILES[path]);
    expect(await answers(project.cache)).toBe(before);
  });

  it("are other ones where a manifest changes that lies elsewhere", async () => {
    const manifest = (input: string) =>
      `name: A\ndescription: b\ninputs: { ${input}: { description: c } }\nruns: { using: node20, main: a.js }\n`;
    write("elsewhere.yml", manifest("branch"));
    mkdirSync(join(project.root, "lib/.github/workflows"), { recursive: true });
    mkdirSync(join(project.root, "lib/own"), { recursive: true });
    symlinkSync(join(project.root, "elsewhere.yml"), join(project.root, "lib/own/action.yml"));
    write(
      "lib/.github/workflows/a.yml",
      "on: push\njobs: { a: { runs-on: x, steps: [{ uses: ./own, with: { branch: b } }] } }\n",
    );
    const which = { paths: ["lib"], mayRun: false };
    const lint = async (cache: string | undefined) =>
      JSON.stringify((await lintProject({ ...project, cache }, which)).findings.map(findingJson));
    const before = await lint(project.cache);
    write("elsewhere.yml", manifest("ref"));
    const fresh = await lint(undefined);
    expect(fresh).not.toBe(before);
    expect(await lint(project.cache)).toBe(fresh);
  });

  it("know who asked for a file that others have asked for before", async () => {
    write(".github/workflows/second.yml", FILES[WORKFLOW]);
    const before = await answers(project.cache);
    write("ci/push.sh", "git push origin HEAD:docs\n");
    const fresh = await answers(undefined);
    expect(fresh).not.toBe(before);
    expect(await answers(project.cache)).toBe(fresh);
  });
});

/** It holds `acme/pusher@v1` at a commit. */
const LOCK = `version: 'v0.0.2'
workflows:
    '${WORKFLOW}':
        - 'acme/pusher@v1'
dependencies:
    'acme/pusher@v1':
        ref: 'v1'
        commit: 'sha1-${"a".repeat(40)}'
        owner_id: 1
        repo_id: 2
`;

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { planSmoke, type PlannedSmoke, type SmokeAsked } from "../../src/project/smoke-project.ts";
import { officialErrors } from "../../src/read/official/run-parser.ts";
import { tryYaml, withSteps } from "../prove/prove-yaml.ts";

const PATH = ".github/workflows/release.yml";

/** Plans a smoke test of a workflow in a project of its own. */
async function plan(
  files: Readonly<Record<string, string>>,
  asked: Partial<SmokeAsked> = {},
): Promise<PlannedSmoke & { readonly yaml: string; readonly text: string }> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "smoke-test-")));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const flowkeep = new URL("../../src/index.ts", import.meta.url);
    const planned = await planSmoke({ root, scratch: tmpdir(), flowkeep }, { path: PATH, ...asked });
    const [outcome] = planned.imports.outcomes;
    if (outcome?.kind !== "imported") throw new Error("nothing was made");
    return { ...planned, yaml: outcome.yaml, text: outcome.text };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Tries what was planned: who pushed, who took back, and whether the branch is where it was. */
async function trial(yaml: string, files: Readonly<Record<string, string>> = {}) {
  const branches: string[][] = [];
  const { lines } = await tryYaml(yaml, {
    files,
    repository: "octo/app",
    inspect: async (server) => {
      const origin = await server.find("octo/app");
      const updates = server.requests.flatMap((request) => request.updates);
      branches.push(updates.map((update) => update.ref));
      const [first] = updates;
      if (origin === undefined || first === undefined) return;
      expect(await origin.sha(first.ref)).toBe(first.old);
      expect(await origin.git("log", "-1", "--format=%s", first.new)).toContain("[skip ci]");
      expect(await origin.git("diff", "--name-only", first.old, first.new)).toBe("");
    },
  });
  return { lines, branches: branches.flat() };
}

const COMMIT = `git config user.name x && git config user.email x@example.com
    git add . && git commit -m x`;
const BARE = `- uses: actions/checkout@v6
  with:
    persist-credentials: false
    fetch-depth: 0`;
const MINT = `- id: app
  uses: actions/create-github-app-token@v2
  with:
    app-id: 1
    private-key: \${{ secrets.KEY }}`;

interface Case {
  readonly steps: string;
  /** Who is seen. */
  readonly who: string;
  readonly branch?: string;
  readonly files?: Readonly<Record<string, string>>;
  /** What stands in the throw-away workflow. */
  readonly has?: readonly string[];
  readonly hasNot?: readonly string[];
}

const CASES: Readonly<Record<string, Case>> = {
  "the checkout's token, from a chain in a condition": {
    steps: `- uses: actions/checkout@v4
  with:
    token: \${{ secrets.PAT }}
    ref: \${{ github.event.pull_request.head.ref }}
- run: npm ci && npm run build
- run: |
    ${COMMIT.replaceAll("\n    ", "\n    ")}
    if ! git diff --quiet; then git pull --rebase && git push --force origin HEAD:main || exit 1; fi`,
    who: "pat:PAT",
    has: ["git config user.email", "token: ${{ secrets.PAT }}"],
    hasNot: ["npm", "git add", "head.ref", "--force "],
  },
  "a PAT in the remote's URL, and its header in the way": {
    steps: `- uses: actions/checkout@v5
- env:
    TOKEN: \${{ secrets.PAT }}
  run: |
    URL="https://x:$TOKEN@github.com/octo/app"
    OTHER=$(npm view x version)
    git remote set-url origin "$URL"
    git push origin HEAD:main`,
    who: "github-token",
    has: ["URL="],
    hasNot: ["OTHER", "npm"],
  },
  "an App's token through an earlier step's configuration": {
    steps: `${MINT}
${BARE}
- name: Sign in
  env:
    TOKEN: \${{ steps.app.outputs.token }}
  run: |
    echo "started" > log.txt
    git config --global url."https://x-access-token:$TOKEN@github.com/".insteadOf https://github.com/
- uses: actions/setup-node@v4
- run: make
- run: cd . && git push origin HEAD:main`,
    who: "app:app",
    has: ["Sign in", "insteadOf"],
    hasNot: ["setup-node", "run: make", "log.txt"],
  },
  "a helper, a file with the credential, and a variable of an earlier step": {
    steps: `${BARE}
- run: |
    echo "TARGET=main" >> "$GITHUB_ENV"
    echo "NOISE=1" >> "$GITHUB_ENV"
- env:
    PAT: \${{ secrets.PAT }}
  run: |
    cat > ~/.netrc <<EOF
    machine github.com
    login x
    password $PAT
    EOF
- working-directory: .
  run: git -C . push --no-verify --tags origin "HEAD:$TARGET"`,
    who: "pat:PAT",
    branch: "main",
    has: ["~/.netrc", "password $PAT", "git -C . push --no-verify", 'working-directory: "."'],
    hasNot: ["NOISE", "--tags", "TARGET"],
  },
  "a header on the command line, in a directory of its own": {
    steps: `- uses: actions/checkout@v5
  with:
    path: site
- env:
    TOKEN: \${{ secrets.PAT }}
  run: |
    cd site
    H="AUTHORIZATION: basic $(printf 'x:%s' "$TOKEN" | base64 -w0)"
    git -c http.https://github.com/.extraheader= -c "http.https://github.com/.extraheader=$H" push origin HEAD:main`,
    who: "pat:PAT",
    has: ["path: site", "cd site"],
  },
  "a deploy key in a file, and ssh": {
    steps: `${BARE}
- name: Key
  env:
    KEY: \${{ secrets.DEPLOY_KEY }}
  run: |
    mkdir -p ~/.ssh
    echo "$KEY" > ~/.ssh/deploy
    chmod 600 ~/.ssh/deploy
    ssh-keyscan github.com >> ~/.ssh/known_hosts
- run: GIT_SSH_COMMAND="ssh -i ~/.ssh/deploy -o IdentitiesOnly=yes" git push git@github.com:octo/app.git HEAD:main`,
    who: "ssh:DEPLOY_KEY",
    has: ["~/.ssh/deploy", "chmod 600", "GIT_SSH_COMMAND", "ssh-keyscan"],
  },
  "the checkout's own key": {
    steps: `- uses: actions/checkout@v5
  with:
    ssh-key: \${{ secrets.DEPLOY_KEY }}
- run: git push origin HEAD:main`,
    who: "ssh:DEPLOY_KEY",
  },
  "a clone of its own, with a remote beside origin": {
    steps: `- run: |
    mkdir -p out && cd out
    git clone --depth 1 https://github.com/octo/app.git
    cd app
    mv ../build/* .
    git add . && git commit -m x
    git remote add robot https://x-access-token:\${{ secrets.PAT }}@github.com/octo/app.git
    git push robot main --force`,
    who: "pat:PAT",
    has: ["mkdir -p out", "git clone", "git remote add robot", "git push robot"],
    hasNot: ["mv ", "git add"],
  },
  "an action that pushes": {
    steps: `${BARE}
- uses: ad-m/github-push-action@v0.8.0
  with:
    github_token: \${{ secrets.PAT }}
    branch: main`,
    who: "pat:PAT",
    hasNot: ["ad-m"],
  },
};

describe.concurrent("pushes an empty commit as production does, and takes it back", () => {
  it.each(Object.entries(CASES))("%s", async (_, { steps, who, branch, files = {}, has = [], hasNot = [] }) => {
    const { file, yaml, text } = await plan({ [PATH]: withSteps(steps), ...files }, { branch });
    for (const words of has) expect(yaml).toContain(words);
    for (const words of hasNot) expect(yaml).not.toContain(words);
    expect(yaml).toMatch(/^# Generated by flowkeep from workflows-src\/smoke-release\.ts\.\n.*\n\n# Temporary, /);
    expect(text).toContain("Temporary, written by flowkeep smoke for .github/workflows/release.yml");
    expect(await officialErrors(file, yaml)).toEqual([]);
    const { lines, branches } = await trial(yaml, files);
    expect(lines).toEqual([`${who} = ${who} landed`, `${who} = ${who} landed`]);
    expect(branches).toEqual(["refs/heads/main", "refs/heads/main"]);
  });

  it("of push({ … }), as it is typed", async () => {
    const source = `import { job, pat, push, run, uses, workflow } from "flowkeep";
export default workflow({
  on: { schedule: [{ cron: "0 6 * * 1" }] },
  permissions: { contents: "read" },
  jobs: {
    refresh: job({
      "runs-on": "ubuntu-latest",
      environment: { name: "production", url: "https://example.com" },
      steps: [
        uses("actions/checkout@v5", { with: { path: "site", "persist-credentials": false } }),
        run({ run: "make" }),
        push({
          as: pat("PAT"),
          branch: "main",
          path: "site",
          commit: { paths: ["map"], message: "x", author: { name: "x", email: "x@example.com" } },
        }),
      ],
    }),
  },
});
`;
    const { yaml, text, shown } = await plan(
      { "workflows-src/release.ts": source },
      { path: "workflows-src/release.ts" },
    );
    expect(shown).toBe('push({ as: pat("PAT"), branch: "main", path: "site" })');
    expect(text).toMatch(/push\(\{[^}]*as: pat\("PAT"\),\s+branch: "main",\s+path: "site",\s+force: "with-lease"/);
    expect(yaml).toContain("environment: production\n");
    expect(yaml).toContain("permissions:\n  contents: read\n");
    const { lines } = await trial(yaml);
    expect(lines).toEqual(["pat:PAT = pat:PAT landed", "pat:PAT = pat:PAT landed"]);
  });
});

it("leaves a commit alone that somebody pushes in between", async () => {
  const { yaml } = await plan({ [PATH]: withSteps("- uses: actions/checkout@v5\n- run: git push origin HEAD:main") });
  // The second push is the one that takes back.
  const meddled = yaml.replace(
    "commit=$(git rev-parse HEAD)\n",
    'commit=$(git rev-parse HEAD)\n          git -c user.name=x -c user.email=x commit --quiet --allow-empty -m other && git push origin HEAD:main && git reset --quiet --soft "$commit"\n',
  );
  const { lines } = await tryYaml(meddled, { repository: "octo/app" });
  expect(lines).toEqual([
    "github-token = github-token landed",
    "github-token = github-token landed",
    "github-token = github-token rejected",
  ]);
});

describe("a job's own", () => {
  const job = (more: string, steps: string, top = ""): string =>
    `name: Release\non: push\n${top}jobs:\n  other:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo x\n  release:\n    runs-on: \${{ matrix.os }}\n    strategy:\n      matrix:\n        os: [ubuntu-24.04, ubuntu-22.04]\n${more}    steps:\n${steps.replace(/^/gm, "      ")}\n`;

  it("permissions, environment, container, variables and defaults stay; of a matrix one is left", async () => {
    const steps = `- uses: actions/checkout@v5\n- run: git push "https://x:$TOKEN@github.com/octo/app" HEAD:main`;
    const more = `    environment: release
    container: node:22
    permissions:
      contents: write
    env:
      TOKEN: \${{ secrets.PAT }}
      UNUSED: 1
    defaults:
      run:
        shell: bash
`;
    const { yaml } = await plan({ [PATH]: job(more, steps, "env:\n  LEVEL: 1\n  GIT_TERMINAL_PROMPT: 0\n") });
    for (const words of [
      "include:\n          - os: ubuntu-24.04",
      "environment: release",
      "container: node:22",
      "    permissions:\n      contents: write",
      "TOKEN: ${{ secrets.PAT }}",
      "shell: bash",
      "GIT_TERMINAL_PROMPT",
    ])
      expect(yaml).toContain(words);
    for (const words of ["UNUSED", "LEVEL", "22.04", "echo x"]) expect(yaml).not.toContain(words);
  });

  it("inputs are asked for again", async () => {
    const yaml = withSteps(
      "- uses: actions/checkout@v5\n  with:\n    token: ${{ secrets.PAT }}\n- run: git push origin HEAD:${{ inputs.branch }}",
    ).replace(
      "on: push",
      "on:\n  workflow_dispatch:\n    inputs:\n      branch:\n        type: string\n      level:\n        type: string",
    );
    await expect(plan({ [PATH]: yaml })).rejects.toThrow("is not known before it runs: name one with --branch");
    const chosen = await plan({ [PATH]: yaml }, { branch: "main" });
    expect(chosen.yaml).not.toContain("inputs");
    const traced = yaml.replace("- run:", "- env:\n          GIT_TRACE: ${{ inputs.level }}\n        run:");
    const asked = await plan({ [PATH]: traced }, { branch: "main" });
    expect(asked.yaml).toContain("workflow_dispatch:\n    inputs:\n      level:\n        type: string");
  });
});

describe("says why it cannot", () => {
  const checkout = "- uses: actions/checkout@v5\n";
  it.each([
    ["nothing pushes", `${checkout}- run: make`, {}, "no push of .github/workflows/release.yml is to be seen"],
    [
      "an unknown identity",
      "- id: vault\n  uses: acme/vault@v1\n- uses: actions/checkout@v5\n  with:\n    token: ${{ steps.vault.outputs.token }}\n- run: git push origin HEAD:main",
      {},
      "is not known (",
    ],
    [
      "nobody",
      `- uses: actions/checkout@v5\n  with:\n    persist-credentials: false\n- run: git push origin HEAD:main`,
      {},
      "git has no credential",
    ],
    [
      "two headers",
      `${checkout}- env:\n    T: \${{ secrets.PAT }}\n  run: |\n    git config --add http.https://github.com/.extraheader "AUTHORIZATION: basic $(printf 'x:%s' "$T" | base64)"\n    git push origin HEAD:main`,
      {},
      "two credentials",
    ],
    ["a tag", `${checkout}- run: git push origin refs/tags/v1`, {}, "pushes a tag"],
    [
      "several pushes",
      `${checkout}- run: |\n    git push origin HEAD:main\n    git push origin HEAD:next`,
      {},
      "makes 2 pushes: say which one with --push\n  1  job job, step 2: `git push origin HEAD:main` as GITHUB_TOKEN",
    ],
    ["no such push", `${checkout}- run: git push origin HEAD:main`, { push: 3 }, "has no push 3"],
    ["no such job", `${checkout}- run: git push origin HEAD:main`, { job: "build" }, "those that push are job"],
    [
      "a push in a function",
      `${checkout}- run: |\n    p() { git push origin HEAD:main; }\n    p`,
      {},
      "stands in a function",
    ],
    ["a wrong branch", `${checkout}- run: git push origin HEAD:main`, { branch: "--x y" }, "is no name of a branch"],
  ] as const)("%s", async (_, steps, asked, message) => {
    await expect(plan({ [PATH]: withSteps(steps) }, asked)).rejects.toThrow(message);
  });

  it("a file of somebody's has its name", async () => {
    const files = {
      [PATH]: withSteps(`${checkout}- run: git push origin HEAD:main`),
      ".github/workflows/smoke-release.yml": "on: push\n",
    };
    await expect(plan(files)).rejects.toThrow(".github/workflows/smoke-release.yml is there already");
  });

  it("one of several is chosen", async () => {
    const steps = `${checkout}- run: |\n    git push origin HEAD:main\n    git push origin HEAD:next`;
    const { yaml } = await plan({ [PATH]: withSteps(steps) }, { push: 2 });
    expect(yaml).toContain("HEAD:refs/heads/next");
    expect(yaml).not.toContain("HEAD:main");
  });
});

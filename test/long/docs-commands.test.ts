import { execFileSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ActionServer, manifest, release } from "../actions/remote/action-server.ts";
import { ProjectFolder, type Run } from "../cli/project-folder.ts";
import { blocksOf, PAGES, readPage } from "../docs/markdown.ts";

// Every command line that a page shows in a block for the shell is run, in a project that has what they speak of. That it is one at
// all, and those in the text, test/docs/commands.test.ts holds.

const SOURCE = `import { job, uses, workflow } from "flowkeep";

export default workflow({
  on: { push: {} },
  permissions: { contents: "read" },
  jobs: {
    build: job({
      "runs-on": "ubuntu-latest",
      "timeout-minutes": 5,
      steps: [
        uses("actions/checkout@v5.1.0", { with: { "persist-credentials": false } }),
        uses("actions/cache@v4", { with: { path: "x", key: "k" } }),
      ],
    }),
  },
});
`;

const PUSHING = `on: { schedule: [{ cron: "0 6 * * 1" }] }
permissions: { contents: write }
jobs:
  refresh:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - name: Collect coverage map
        run: ./collect.sh
      - name: Push
        env: { TOKEN: "\${{ secrets.RELEASE_PAT }}" }
        run: |
          git -c user.name=x -c user.email=x@example.com commit --allow-empty -m x
          git push "https://x:$TOKEN@github.com/octo/app.git" HEAD:main
`;

let server: ActionServer;
let project: ProjectFolder;
let bot: string;
beforeAll(async () => {
  server = await ActionServer.start();
  await release(await server.create("octo/deploy"), "v1.0.0", { "action.yml": manifest(["level"]) });
  const checkout = await server.create("actions/checkout");
  const inputs = { "action.yml": manifest(["persist-credentials"]) };
  await release(checkout, "v5.1.0", inputs, { at: 1_700_000_000 });
  await release(checkout, "v6.0.0", inputs, { at: 1_700_000_000 });
  const cache = await server.create("actions/cache");
  for (const tag of ["v4.3.0", "v5.0.5"]) await release(cache, tag, { "action.yml": manifest(["path", "key"]) });
});
afterAll(() => server.stop());

function git(...args: readonly string[]): string {
  const as = ["-c", "user.name=x", "-c", "user.email=x@example.com"];
  return execFileSync("git", [...as, ...args], { cwd: project.root, encoding: "utf8" }).trim();
}

beforeEach(() => {
  project = new ProjectFolder({
    "package.json": '{ "devDependencies": { "flowkeep": "1", "typescript": "7" } }\n',
    "flowkeep.config.json": JSON.stringify({ repository: "octo/app", actions: { serverUrl: server.url } }),
    "workflows-src/ci.ts": SOURCE,
    ".github/workflows/release.yml": PUSHING,
    ".github/workflows/coverage-refresh.yml": PUSHING,
    ".github/actions/tidy/action.yml": manifest(["x"]),
    "path/to/action.yml": manifest(["x"]),
    "inventory.json": JSON.stringify({ version: 1, secrets: ["RELEASE_PAT", "OLD"] }),
    "bin/xdg-open": "#!/bin/sh\n",
    "collect.sh": "#!/bin/sh\n",
  });
  for (const program of ["bin/xdg-open", "collect.sh"]) chmodSync(project.path(program), 0o755);
  expect(project.run(["actions", "add", "--offline", "actions/cache@v5.0.5"]).code).toBe(0);
  expect(project.run(["gen"]).code).toBe(0);
  git("init", "--quiet", "--initial-branch=main");
  git("remote", "add", "origin", "https://github.com/octo/app.git");
  git("add", ".");
  git("commit", "--quiet", "-m", "x");
  bot = git("commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", "Bump nothing");
  git("update-ref", "refs/remotes/origin/dependabot/github_actions/x", bot);
});
afterEach(() => project.delete());

const shown = new Map(
  PAGES.flatMap((page) =>
    blocksOf(readPage(page)).flatMap((block) =>
      block.kind === "fence" && block.language === "sh"
        ? block.text
            .split("\n")
            .flatMap(commandOf)
            .map((line) => [line, page] as const)
        : [],
    ),
  ),
);

function commandOf(line: string): readonly string[] {
  const command = line.replace(/(^|\s)#.*|\s[|>]\s.*/, "").trim();
  return /^(?:npx )?flowkeep /.test(command) ? [command] : [];
}

/** What ends otherwise than with 0, each with the code: findings, most of all. */
const CODES: Readonly<Record<string, number>> = {
  "npx flowkeep check": 1,
  "npx flowkeep check --fail-on error": 1,
  "npx flowkeep lint": 1,
  "npx flowkeep lint --format sarif": 1,
  "npx flowkeep lint --fix": 1,
  "npx flowkeep lint --fix --dry-run": 1,
  "npx flowkeep pushes": 1,
  "npx flowkeep pushes --explain": 1,
  "npx flowkeep pushes --format json": 1,
  "npx flowkeep pushes .github/workflows/release.yml": 1,
  // A secret that nothing uses.
  "npx flowkeep audit --inventory inventory.json": 1,
  // It asks first, and nobody is there.
  "npx flowkeep eject": 2,
};

/** What must have been done before. */
const BEFORE: Readonly<Record<string, readonly string[]>> = {
  "npx flowkeep smoke --remove": ["smoke", ".github/workflows/release.yml"],
};

async function runLine(command: string): Promise<Run> {
  const words = command.replace(/^(npx )?flowkeep /, "").match(/(?:"[^"]*"|[^\s"])+/g) ?? [];
  const args = words.map((word) => word.replaceAll('"', "").replace("<commit>", bot));
  const env = { ...server.env, PATH: `${project.path("bin")}:${process.env["PATH"] ?? ""}`, CI: "true" };
  return project.runBeside(args, env);
}

describe("a command of the docs", () => {
  test("is shown in many places", () => {
    expect(shown.size).toBeGreaterThan(40);
  });

  test.each([...shown].filter(([command]) => !command.includes("--watch")))("%s (%s) runs", async (command) => {
    const before = BEFORE[command];
    if (before !== undefined) expect(await project.runBeside(before)).toMatchObject({ code: 0 });
    const { code, out, err } = await runLine(command);
    expect({ code, err, out }).toMatchObject({ code: CODES[command] ?? 0 });
    expect(err + out).not.toMatch(/\n {4}at .*\.(?:js|ts):\d+/);
  });

  test("gen --watch runs until it is told to end", async () => {
    const child = project.start(["gen", "--watch"]);
    await new Promise((resolve) => child.stdout.once("data", resolve));
    const ended = new Promise((resolve) => child.once("close", resolve));
    child.kill("SIGINT");
    expect(await ended).toBe(0);
  });
});

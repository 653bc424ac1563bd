import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { compileSources } from "../../src/project/sources/compile-sources.ts";
import type { Project } from "../../src/project/project.ts";
import { pushAnalysis } from "../../src/project/pushes/push-analysis.ts";
import { readFile } from "../../src/read/read-file.ts";
import { readFileToCheck } from "../../src/rules/checked-file.ts";
import { releaseSource } from "../release-source.ts";

let project: Project;

beforeEach(() => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "flowkeep-analysis-")));
  project = { root, scratch: tmpdir(), flowkeep: pathToFileURL(join(import.meta.dirname, "../../src/index.ts")) };
});
afterEach(() => rmSync(project.root, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project.root, path)), { recursive: true });
    writeFileSync(join(project.root, path), text);
  }
}

const yaml = (steps: string): string => `on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      ${steps}
`;

async function pushesOf(path: string, text: string) {
  const analysis = await pushAnalysis(project);
  return analysis.of(readFileToCheck(readFile(path, text))).pushes;
}

describe("the pushes of a YAML file", () => {
  it("follow the scripts of the repository that the file lies in", async () => {
    write({
      "lib/ci/push.sh": "\ngit push origin HEAD:main\n",
      "lib/.github/x": "",
      "ci/push.sh": "echo not this one",
    });
    const pushes = await pushesOf("lib/.github/workflows/a.yml", yaml("- run: bash ci/push.sh"));
    expect(pushes).toMatchObject([
      {
        workflow: "lib/.github/workflows/a.yml",
        identity: { kind: "github-token" },
        span: { file: "lib/ci/push.sh", startLine: 2 },
      },
    ]);
    expect(pushes[0]?.evidence[0]?.span).toMatchObject({ file: "lib/.github/workflows/a.yml", startLine: 6 });
  });

  it("see no file outside of the repository, whatever links to it", async () => {
    const secret = join(project.root, "outside.sh");
    writeFileSync(secret, "git push origin HEAD:main\n");
    write({ "lib/.github/x": "" });
    symlinkSync(secret, join(project.root, "lib/push.sh"));
    const pushes = await pushesOf("lib/.github/workflows/a.yml", yaml("- run: bash push.sh"));
    expect(JSON.stringify(pushes)).not.toContain("HEAD:main");
  });

  it("know the actions of the config, and so does what is told of credentials", async () => {
    write({ ".github/x": "" });
    const path = ".github/workflows/a.yml";
    const run = 'git push "https://x:$TOKEN@github.com/octo/app" HEAD:main';
    const file = () =>
      readFileToCheck(
        readFile(path, yaml('- { uses: acme/pusher@v1, with: { token: "${{ secrets.PAT }}" } }').replace("@v5", "@v1")),
      );
    const before = await pushAnalysis(project);
    expect(before.of(file()).pushes).toEqual([]);
    const pushActions = [{ uses: "acme/pusher", env: { TOKEN: "inputs.token" }, run }];
    const analysis = await pushAnalysis(project, undefined, { config: { pushActions } });
    const pushes = [{ identity: { kind: "pat", name: "PAT" }, target: { repository: "octo/app" } }];
    expect(analysis.of(file())).toMatchObject({ pushes });
    expect(analysis.traced(file())).toMatchObject({ pushes });
  });

  it("are worked out once", async () => {
    const analysis = await pushAnalysis(project);
    const file = readFileToCheck(readFile("a.yml", yaml("- run: git push")));
    expect(analysis.of(file)).toBe(analysis.of(file));
  });
});

describe("the pushes of sources", () => {
  it("stand in TypeScript, know who was meant, and follow what sources generate", async () => {
    write({
      "workflows-src/actions/publish.ts": `import { action, run } from "flowkeep";
export default action({
  name: "Publish",
  description: "Pushes",
  runs: { using: "composite", steps: [
    run({ shell: "bash", run: "git push origin HEAD:pages" }),
  ] },
});
`,
      ".github/actions/publish/action.yml": "name: an older one, that pushes nothing\n",
      "workflows-src/release.ts": releaseSource(
        [
          'push({ as: bot, branch: "main" })',
          'run({ run: "git push https://x:${{ secrets.OTHER }}@github.com/octo/app HEAD:main" })',
        ],
        {
          above: 'import publish from "./actions/publish.ts";\nconst bot = pat("BOT");\n',
          jobs: `    pages: job({
      "runs-on": "ubuntu-latest",
      steps: [uses(untyped("actions/checkout@v5"), {}), uses(publish)],
    }),
`,
        },
      ),
    });
    const compiled = await compileSources(project);
    expect(compiled.errors).toEqual([]);
    const analysis = await pushAnalysis(project, compiled);
    const file = compiled.files.find(({ path }) => path === "workflows-src/release.ts");
    expect(analysis.of(file!).pushes).toMatchObject([
      {
        workflow: ".github/workflows/release.yml",
        job: "release",
        span: { file: "workflows-src/release.ts", startLine: 11 },
        identity: { kind: "pat", name: "BOT" },
        intended: { kind: "pat", name: "BOT" },
        verdict: "as-intended",
      },
      {
        job: "release",
        span: { file: "workflows-src/release.ts", startLine: 12, startColumn: 9, endColumn: 12 },
        identity: { kind: "pat", name: "OTHER" },
      },
      {
        job: "pages",
        identity: { kind: "github-token" },
        target: { ref: "pages" },
        evidence: [{ span: { file: "workflows-src/release.ts", startLine: 17 } }, {}, {}],
      },
    ]);
  });

  it("walks through equal jobs of two sources once", async () => {
    const source = (name: string): string => `import { job, run, untyped, uses, workflow } from "flowkeep";
const steps = [uses(untyped("actions/checkout@v5"), {}), run({ name: "${name}", run: "./build.sh" })];
export default workflow({ name: "${name}", on: "push", jobs: { a: job({ "runs-on": "ubuntu-latest", steps }) } });
`;
    write({ "workflows-src/a.ts": source("One"), "workflows-src/b.ts": source("Two") });
    const compiled = await compileSources(project);
    expect(compiled.errors).toEqual([]);
    const analysis = await pushAnalysis(project, compiled);
    const checkouts = compiled.files.map((file) => analysis.traced(file).jobs[0]?.checkouts[0]);
    expect(checkouts.map((each) => each?.place.span?.file.path)).toEqual(["workflows-src/a.ts", "workflows-src/b.ts"]);
    // Where the credential may be used is told only of the job that was walked through.
    expect(checkouts.map((each) => each?.mayUse.map(({ span }) => span?.file.path))).toEqual([
      ["workflows-src/a.ts"],
      [undefined],
    ]);
  });
});

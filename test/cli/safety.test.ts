import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { expectOldOrNew } from "./killed-gen.ts";
import { ProjectFolder, workflowSaying } from "./project-folder.ts";

let project: ProjectFolder;
afterEach(() => project.delete());

/** Runs gen and expects a refusal with a place, and not a byte changed. */
function refuses(place: string, words: string | RegExp): void {
  const before = project.files();
  const { code, out, err } = project.run(["gen"]);
  expect(err).toMatch(words);
  expect(err).toContain(place);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(project.files()).toEqual(before);
  expect(project.run(["check"]).code).toBe(2);
}

describe("gen refuses, and writes nothing:", () => {
  it("no sources at all", () => {
    project = new ProjectFolder();
    refuses("workflows-src:1:1", "there is no workflow in workflows-src/");
    mkdirSync(project.path("workflows-src"));
    refuses("workflows-src:1:1", "there is no workflow in workflows-src/");
  });

  it("a folder of sources that leads to itself, or is none", () => {
    project = new ProjectFolder();
    project.link("workflows-src", "elsewhere");
    project.link("elsewhere", "workflows-src");
    refuses("workflows-src:1:1", "this is a link that leads to itself");
    project.remove("workflows-src");
    project.write({ "workflows-src": "" });
    refuses("workflows-src:1:1", "this is no folder");
    project.remove("workflows-src");
    project.write({ "workflows-src/ok.ts": workflowSaying("x") });
    project.link("workflows-src/a.ts", "b.ts");
    project.link("workflows-src/b.ts", "a.ts");
    refuses("workflows-src/b.ts:1:1", "this is a link that leads to itself");
    project.remove("workflows-src/a.ts");
    project.remove("workflows-src/b.ts");
    project.link("workflows-src/lib", ".");
    expect(project.run(["gen"]).code).toBe(0);
  });

  it.skipIf(process.getuid?.() === 0)("a folder of sources that may not be read", () => {
    project = new ProjectFolder({ "workflows-src/ok.ts": workflowSaying("x") });
    chmodSync(project.path("workflows-src"), 0);
    const { code, err } = project.run(["gen"]);
    chmodSync(project.path("workflows-src"), 0o700);
    expect(err).toContain("workflows-src:1:1 error this may not be read");
    expect(code).toBe(2);
  });

  it("helper modules only", () => {
    project = new ProjectFolder({ "workflows-src/steps.ts": "export const setup = 1;\n" });
    refuses("workflows-src:1:1", "no file in workflows-src/ has a workflow or an action as its default export");
  });

  it("a source that cannot be read", () => {
    project = new ProjectFolder({ "workflows-src/good.ts": workflowSaying("good"), "workflows-src/sub/x": "" });
    project.link("workflows-src/gone.ts", "nowhere.ts");
    refuses("workflows-src/gone.ts:1:1", "links to a file that does not exist");
    project.remove("workflows-src/gone.ts");
    mkdirSync(project.path("workflows-src/folder.ts"));
    refuses("workflows-src/folder.ts:1:1", "this is no file");
  });

  it.skipIf(process.getuid?.() === 0)("a source that may not be read", () => {
    project = new ProjectFolder({
      "workflows-src/good.ts": workflowSaying("good"),
      "workflows-src/secret.ts": workflowSaying("secret"),
    });
    chmodSync(project.path("workflows-src/secret.ts"), 0);
    const { code, err } = project.run(["gen"]);
    chmodSync(project.path("workflows-src/secret.ts"), 0o600);
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringContaining("workflows-src/secret.ts:1:1 error") as string,
    });
    expect(existsSync(project.path(".github"))).toBe(false);
  });

  it("two sources with one output", () => {
    project = new ProjectFolder({
      "workflows-src/ci.ts": workflowSaying("ts"),
      "workflows-src/ci.js": workflowSaying("js"),
    });
    refuses("workflows-src/ci.ts:1:1", "workflows-src/ci.js becomes .github/workflows/ci.yml too");
    project.remove("workflows-src/ci.js");
    project.write({ "workflows-src/CI.mts": workflowSaying("CI") });
    refuses("workflows-src/ci.ts:1:1", "workflows-src/CI.mts becomes .github/workflows/CI.yml too");
    project.remove("workflows-src/CI.mts");
    project.write({ "workflows-src/CI.ts": workflowSaying("CI") });
    expect(project.run(["gen"]).err.trim().split("\n")).toEqual([
      expect.stringContaining("workflows-src/CI.ts becomes .github/workflows/CI.yml too") as string,
      "nothing was written: 1 error",
    ]);
  });

  it.each([
    ["..ts", "would leave .github/workflows"],
    ["...ts", "would leave .github/workflows"],
    ["a\\..\\..\\b.ts", "would leave .github/workflows"],
    ["..hidden.ts", "begins with"],
    ["-x.ts", "begins with"],
    ["a:b.ts", "not every system allows"],
    ["a\nb.ts", "not every system allows"],
    ["con.ts", "Windows has a device named con"],
    [`${"x".repeat(245)}.ts`, "too long"],
  ])("a name that is no name for an output: %j", (name, words) => {
    project = new ProjectFolder({
      [`workflows-src/${name}`]: workflowSaying("x"),
      "workflows-src/ok.ts": workflowSaying("y"),
    });
    refuses(`workflows-src/${name}:1:1`, words);
  });

  it("an output behind a link, which may lie anywhere", () => {
    project = new ProjectFolder({ "workflows-src/ci.ts": workflowSaying("x"), "elsewhere/own.yml": "own\n" });
    project.link(".github/workflows", "../elsewhere");
    refuses(".github/workflows/ci.yml", "is a symbolic link");
    project.remove(".github/workflows");
    project.link(".github/workflows/ci.yml", "../../elsewhere/own.yml");
    refuses(".github/workflows/ci.yml", "symbolic link");
    expect(project.read("elsewhere/own.yml")).toBe("own\n");
  });

  it("a file without the header where the output belongs", () => {
    project = new ProjectFolder({
      "workflows-src/ci.ts": workflowSaying("x"),
      ".github/workflows/ci.yml": "on: push\n",
    });
    refuses(".github/workflows/ci.yml", "does not carry flowkeep's header");
  });

  it.each([
    ["nothing", "export {};\n", "exports nothing"],
    ["no module", "const a = 1;\n", "exports nothing"],
    ["a number", "export default 4;\n", "the default export is a number"],
    [
      "a plain object",
      "export default { on: {}, jobs: {} };\n",
      "is a plain object: write `export default workflow({ … })` around it",
    ],
    ["a promise", "export default Promise.resolve(1);\n", "write `export default await …`"],
    [
      "a job",
      'import { job } from "flowkeep";\nexport default job({ "runs-on": "x", steps: [] });\n',
      "the default export is a job",
    ],
  ])("a source that exports %s", (_, text, words) => {
    project = new ProjectFolder({ "workflows-src/odd.ts": text, "workflows-src/ok.ts": workflowSaying("x") });
    refuses("workflows-src/odd.ts:1:1", words);
  });

  it("a workflow among the actions, an action among the workflows, a workflow too deep", () => {
    const action =
      'import { action } from "flowkeep";\nexport default action({ name: "x", runs: { using: "composite", steps: [] } });\n';
    project = new ProjectFolder({
      "workflows-src/actions/ci.ts": workflowSaying("x"),
      "workflows-src/cache.ts": action,
      "workflows-src/sub/deep.ts": workflowSaying("deep"),
      "workflows-src/old.cjs": "",
    });
    refuses("workflows-src/actions/ci.ts:1:1", "move it to workflows-src/ci.ts");
    refuses("workflows-src/cache.ts:1:1", "move it to workflows-src/actions/cache.ts");
    refuses("workflows-src/sub/deep.ts:3:1", "lies too deep to be generated");
    refuses("workflows-src/old.cjs:1:1", "flowkeep reads .ts, .mts, .js, .mjs, not .cjs");
  });

  it("a lock that cannot be read", () => {
    project = new ProjectFolder({
      "workflows-src/ci.ts": workflowSaying("x"),
      "generated/actions.lock.json": '{\n  "version": 1,\n<<<<<<< HEAD\n',
    });
    refuses("generated/actions.lock.json:3:1", "conflict markers");
    project.delete();
    project = new ProjectFolder({ "workflows-src/ci.ts": workflowSaying("x"), "generated/actions.lock.json/x": "" });
    refuses("generated/actions.lock.json", "it is a folder");
  });

  it("sources of strangers near secrets", () => {
    project = new ProjectFolder({
      "workflows-src/ci.ts": `import { writeFileSync } from "node:fs";\nwriteFileSync(new URL("ran", import.meta.url), "");\n${workflowSaying("x")}`,
    });
    for (const event of ["pull_request_target", "workflow_run"]) {
      const env = { GITHUB_ACTIONS: "true", GITHUB_EVENT_NAME: event };
      for (const args of [["gen"], ["check"], ["gen", "--watch"]])
        expect(project.run(args, env)).toMatchObject({
          code: 2,
          err: expect.stringContaining(`not run under ${event}`) as string,
        });
    }
    const hasRun = (): boolean => existsSync(project.path("workflows-src/ran"));
    expect(hasRun()).toBe(false);
    project.run(["check"]);
    expect(hasRun()).toBe(true);
  });
});

describe("gen", () => {
  it("says nothing of the environment, nor of its own files", () => {
    project = new ProjectFolder({ "workflows-src/ci.ts": "throw new Error('no');\n" });
    const { err } = project.spawn(["gen"], { SECRET_TOKEN: "hunter2" });
    expect(err).not.toContain("hunter2");
    expect(err).not.toContain(project.root);
    expect(err).not.toMatch(/sources\.mjs|dist\/|\n\s+at /);
  });

  it("leaves old or new, never half, when it is killed", async () => {
    project = new ProjectFolder();
    await expectOldOrNew(project, 12);
  });

  it("ends with the shell's code on Ctrl-C, and writes all or nothing", async () => {
    project = new ProjectFolder({
      "workflows-src/ci.ts": `console.error("running");\nsetInterval(() => {}, 1000);\nawait new Promise(() => {});\n${workflowSaying("x")}`,
    });
    const run = project.start(["gen"]);
    const ended = once(run, "exit") as Promise<[number | null, string | null]>;
    await once(run.stderr, "data");
    run.kill("SIGINT");
    const [, signal] = await ended;
    expect(signal).toBe("SIGINT");
    expect(existsSync(project.path(".github"))).toBe(false);
  });

  it("does no harm when it runs twice at once", async () => {
    const sources = Object.fromEntries(
      Array.from({ length: 20 }, (_, at) => [`workflows-src/w${at}.ts`, workflowSaying(`number ${at}`)]),
    );
    project = new ProjectFolder(sources);
    const runs = Array.from({ length: 4 }, () => project.start(["gen"]));
    const codes = await Promise.all(runs.map(async (run) => ((await once(run, "exit")) as [number | null])[0]));
    expect(codes).toEqual([0, 0, 0, 0]);
    expect(project.run(["check"]).code).toBe(0);
    expect(readdirSync(project.path(".github/workflows"))).toHaveLength(20);
  });
});

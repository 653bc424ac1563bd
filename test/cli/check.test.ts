import { afterEach, describe, expect, it } from "vitest";
import { ProjectFolder, workflowSaying } from "./project-folder.ts";

let project: ProjectFolder;
afterEach(() => project.delete());

const YAML = ".github/workflows/ci.yml";

function generated(files: Readonly<Record<string, string>> = {}): ProjectFolder {
  const made = new ProjectFolder({ "workflows-src/ci.ts": workflowSaying("hello"), ...files });
  expect(made.run(["gen"]).code).toBe(0);
  return made;
}

describe("flowkeep check", () => {
  it("is content with what gen wrote, and changes nothing", () => {
    project = generated();
    const before = project.files();
    expect(project.run(["check"])).toEqual({ code: 0, out: "2 files up to date\n", err: "" });
    expect(project.run(["check", "--quiet"])).toEqual({ code: 0, out: "", err: "" });
    expect(project.files()).toEqual(before);
  });

  it("shows a hand edit as a unified diff", () => {
    project = generated();
    project.write({ [YAML]: project.read(YAML).replace("echo hello", "echo edited") });
    expect(project.run(["check"])).toEqual({
      code: 1,
      err: "",
      out: `.github/workflows/ci.yml hand-edit .github/workflows/ci.yml was edited by hand, and the next \`gen\` would undo it: make the change in workflows-src/ci.ts and run \`npx flowkeep gen\`
--- a/.github/workflows/ci.yml
+++ b/.github/workflows/ci.yml
@@ -8,4 +8,4 @@
   say:
     runs-on: ubuntu-latest
     steps:
-      - run: echo edited
+      - run: echo hello

1 file out of date
`,
    });
  });

  it("tells a source that changed without gen from a hand edit, and both at once", () => {
    project = generated({ "workflows-src/b.ts": workflowSaying("b") });
    project.write({
      "workflows-src/ci.ts": workflowSaying("changed"),
      "workflows-src/b.ts": workflowSaying("changed"),
    });
    project.write({ [YAML]: project.read(YAML).replace("echo hello", "echo edited") });
    expect(kinds()).toEqual({
      ".github/workflows/b.yml": "stale",
      ".github/workflows/ci.yml": "hand-edit",
      "generated/source-map.json": "stale",
    });
  });

  it("sees a single byte: a line end, a missing line end", () => {
    project = generated();
    const text = project.read(YAML);
    for (const edited of [text.replaceAll("\n", "\r\n"), text.trimEnd(), ` ${text}`.slice(1) + " "]) {
      project.write({ [YAML]: edited });
      expect(project.run(["check"]).code).toBe(1);
    }
  });

  it("finds files that are missing, and orphans", () => {
    project = generated({ "workflows-src/old.ts": workflowSaying("old") });
    project.remove("workflows-src/old.ts");
    project.remove(YAML);
    expect(kinds()).toEqual({
      ".github/workflows/ci.yml": "missing",
      ".github/workflows/old.yml": "orphan",
      "generated/source-map.json": "stale",
    });
    const { out } = project.run(["check"]);
    expect(out).toContain("--- /dev/null\n+++ b/.github/workflows/ci.yml\n");
    expect(out).toContain("--- a/.github/workflows/old.yml\n+++ /dev/null\n");
    expect(project.run(["gen"]).code).toBe(0);
    expect(project.run(["check"]).code).toBe(0);
  });

  it("finds a stale lock: an entry that is missing, and one that nothing uses", () => {
    const checkout = workflowSaying("x").replace("[run(", '[{ uses: "actions/checkout@v5.1.0" }, run(');
    project = new ProjectFolder({ "workflows-src/ci.ts": checkout });
    expect(project.run(["gen"]).code).toBe(0);
    const lock = project.read("generated/actions.lock.json");
    project.write({ "generated/actions.lock.json": '{\n  "version": 1,\n  "actions": {}\n}\n' });
    expect(kinds()).toEqual({ "generated/actions.lock.json": "stale-lock" });
    project.write({ "generated/actions.lock.json": lock, "workflows-src/ci.ts": workflowSaying("x") });
    project.run(["gen"]);
    const { code, out } = project.run(["check"]);
    expect(code).toBe(0);
    expect(out).toContain("generated/actions.lock.json:4:5 note no source uses actions/checkout@v5.1.0");
    expect(project.run(["check", "--fail-on", "note"]).code).toBe(1);
  });

  it("takes many notes of one rule together", () => {
    const steps = Array.from({ length: 5 }, (_, at) => `uses(untyped("octo/a@v${at}"))`).join(",\n        ");
    project = new ProjectFolder({
      "workflows-src/ci.ts": `import { job, untyped, uses, workflow } from "flowkeep";
export default workflow({
  on: { push: {} },
  jobs: {
    a: job({
      "runs-on": "ubuntu-latest",
      steps: [
        ${steps},
      ],
    }),
  },
});
`,
    });
    expect(project.run(["gen"]).code).toBe(0);
    const { code, out } = project.run(["check"]);
    expect(code).toBe(0);
    expect(out.match(/\[untyped-action\]/g)).toHaveLength(1);
    expect(out).toContain("workflows-src/ci.ts:8:9, and 4 more: note An action is used through `untyped(…)`");
    expect(out).toContain("`npx flowkeep lint` lists them all\n");
    // Who wants to fail for them is shown each, and so are machines.
    expect(project.run(["check", "--fail-on", "note"]).out.match(/\[untyped-action\]/g)).toHaveLength(5);
    const { findings } = JSON.parse(project.run(["check", "--format", "json"]).out) as { findings: unknown[] };
    expect(findings.length).toBeGreaterThanOrEqual(5);
  });

  it("exits with 1 for warnings, and with 2 for sources that do not compile", () => {
    project = generated({ "workflows-src/ci.ts": workflowSaying("x").replace('"runs-on"', '"timeout": 5, "runs-on"') });
    expect(project.run(["check"]).code).toBe(1);
    expect(project.run(["check", "--fail-on", "error"]).code).toBe(0);
    project.write({ "workflows-src/bad.ts": "throw new Error('no');\n" });
    const { code, out } = project.run(["check"]);
    expect(code).toBe(2);
    expect(out).toContain("workflows-src/bad.ts:1:7 error Error: no");
  });

  it("reports as JSON", () => {
    project = generated();
    project.remove(YAML);
    expect(JSON.parse(project.run(["check", "--format", "json"]).out)).toEqual({
      version: 1,
      findings: [],
      drift: [
        {
          kind: "missing",
          file: YAML,
          message: ".github/workflows/ci.yml is missing: run `npx flowkeep gen`",
          diff: expect.stringContaining("+      - run: echo hello\n") as string,
        },
      ],
    });
  });

  it("annotates a GitHub Actions run, and lets no diff speak to the runner", () => {
    project = generated();
    project.write({ [YAML]: `${project.read(YAML)}# ::stop\n::warning::fooled\n` });
    const { code, out } = project.run(["check"], { GITHUB_ACTIONS: "true" });
    expect(code).toBe(1);
    const lines = out.split("\n");
    expect(lines[0]).toMatch(
      /^::error file=\.github\/workflows\/ci\.yml,line=1,endLine=1,col=1,endColumn=1,title=flowkeep hand-edit::/,
    );
    const stop = lines.findIndex((line) => line.startsWith("::stop-commands::"));
    const token = lines[stop]?.slice("::stop-commands::".length) ?? "";
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    const resume = lines.indexOf(`::${token}::`);
    const fooled = lines.findIndex((line) => line.includes("::warning::fooled"));
    expect(stop).toBeLessThan(fooled);
    expect(fooled).toBeLessThan(resume);
  });
});

function kinds(): Readonly<Record<string, string>> {
  const { code, out } = project.run(["check", "--format", "json"]);
  expect(code).toBe(1);
  const { drift } = JSON.parse(out) as { drift: readonly { readonly kind: string; readonly file: string }[] };
  return Object.fromEntries(drift.map(({ file, kind }) => [file, kind]));
}

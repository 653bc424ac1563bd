import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ProjectFolder } from "./project-folder.ts";
import { withSteps } from "../prove/prove-yaml.ts";

const FILE = ".github/workflows/release.yml";
const MADE = [
  ".github/workflows/smoke-release.yml",
  "generated/actions.d.ts",
  "generated/actions.lock.json",
  "generated/pushes.md",
  "generated/source-map.json",
  "workflows-src/smoke-release.ts",
];
const STEPS = "- uses: actions/checkout@v5\n- run: git push origin HEAD:main";

let project: ProjectFolder;
beforeEach(() => (project = new ProjectFolder({ [FILE]: withSteps(STEPS) })));
afterEach(() => project.delete());

describe("flowkeep smoke", () => {
  it("writes a workflow that checks and lints, says what to type, and takes all of it away again", () => {
    const before = project.files();
    const { code, out, err } = project.run(["smoke", FILE]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(Object.keys(project.files())).toEqual([...Object.keys(before), ...MADE].sort());
    expect(out).toContain("Predicted: GitHub sees github-actions[bot].");
    expect(out).toContain("  gh workflow run smoke-release.yml\n");
    expect(out).toMatch(/git add -- workflows-src\/smoke-release\.ts generated\/actions\.lock\.json \S+/);
    expect(project.run(["check"]).code).toBe(0);
    expect(project.run(["lint", "--official"]).code).toBe(0);
    // Again, over what it has written itself.
    expect(project.run(["smoke", FILE, "--branch", "next"]).code).toBe(0);
    expect(project.read(MADE[0] ?? "")).toContain("HEAD:refs/heads/next");
    const removed = project.run(["smoke", "--remove"]);
    expect(removed.out).toBe("removed workflows-src/smoke-release.ts\nremoved .github/workflows/smoke-release.yml\n");
    expect(project.files()).toEqual(before);
  });

  it("leaves other sources and their files as they were", () => {
    project.write({
      "workflows-src/other.ts": `import { job, run, workflow } from "flowkeep";
export default workflow({ on: { push: {} }, jobs: { a: job({ "runs-on": "ubuntu-latest", steps: [run({ run: "make" })] }) } });
`,
    });
    expect(project.run(["gen"]).code).toBe(0);
    const before = project.files();
    // Hijacked: what gen would refuse is taken into the baseline for as long as it is tried.
    const steps = `${STEPS.split("\n")[0]}\n- env:\n    T: \${{ secrets.PAT }}\n  run: git push "https://x:$T@github.com/o/r" HEAD:main`;
    project.write({ [FILE]: withSteps(steps) });
    const { code, out } = project.run(["smoke", FILE, "--format", "json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      file: MADE[0],
      source: "workflows-src/smoke-release.ts",
      push: { job: "job", step: 1, identity: { kind: "github-token" }, branch: "main" },
      written: expect.arrayContaining(["workflows-src/smoke-release.ts", MADE[0]]) as unknown,
      commands: { run: expect.arrayContaining(["gh workflow run smoke-release.yml"]) as unknown },
    });
    project.write({ [FILE]: before[FILE] ?? "" });
    expect(JSON.parse(project.run(["smoke", "--remove", "--format", "json"]).out)).toMatchObject({
      removed: ["workflows-src/smoke-release.ts", MADE[0]],
    });
    expect(project.files()).toEqual(before);
  });

  it.each([
    [["smoke"], "which workflow's push is to be tried?"],
    [["smoke", "--remove"], "there is no smoke test of flowkeep's here"],
    [["smoke", FILE, "--push", "x"], "--push x is not a number above 0"],
    [["smoke", FILE, "--remove"], "name no workflow"],
    [["smoke", "nothing.yml"], "nothing.yml"],
  ])("%j is refused", (args, message) => {
    const { code, err } = project.run(args);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(message) as unknown });
  });

  it("where the other sources do not compile nothing is written, and nothing is lost", () => {
    project.write({ "workflows-src/broken.ts": "export default 1;\n" });
    const before = project.files();
    const { code, err } = project.run(["smoke", FILE]);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("nothing was written") as unknown });
    expect(project.files()).toEqual(before);
  });
});

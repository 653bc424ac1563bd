import { afterEach, describe, expect, it } from "vitest";
import { ALL_RULES } from "../../src/rules/all-rules.ts";
import { sarifErrors } from "../report/validate.ts";
import { ProjectFolder } from "./project-folder.ts";

let project: ProjectFolder;
afterEach(() => project.delete());

const FILE = ".github/workflows/ci.yml";
const CLEAN = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: [{ run: make }]\n";
const WRONG = CLEAN.replace("ubuntu-latest", "ubuntu-latest\n    neeeds: b");

describe("flowkeep lint", () => {
  it("finds nothing in what is right", () => {
    project = new ProjectFolder({ [FILE]: CLEAN });
    expect(project.run(["lint"])).toEqual({ code: 0, out: "nothing to report in 1 file\n", err: "" });
  });

  it("says what is wrong, where, and by which rule", () => {
    project = new ProjectFolder({ [FILE]: WRONG });
    const { code, out } = project.run(["lint"]);
    expect(code).toBe(1);
    expect(out).toMatch(/^\.github\/workflows\/ci\.yml:5:5 warning .*neeeds.*\[unknown-key\]/);
    expect(out).toMatch(/1 warning in 1 file\n$/);
  });

  it("gives machines all of it", () => {
    project = new ProjectFolder({ [FILE]: WRONG });
    const json = JSON.parse(project.run(["lint", "--format", "json"]).out) as object;
    expect(json).toMatchObject({
      version: 1,
      findings: [{ ruleId: "unknown-key", span: { file: FILE, startLine: 5 } }],
    });
    expect(sarifErrors(JSON.parse(project.run(["lint", "--format", "sarif"]).out))).toEqual([]);
    expect(project.run(["lint", "--format", "github"]).out).toMatch(
      /^::warning file=\.github\/workflows\/ci\.yml,line=5,/,
    );
  });

  it("takes what is there into a baseline, and fails for what is new", () => {
    const ignored = CLEAN.replace(
      "{ run: make }",
      "{ run: make } # flowkeep-ignore: unpinned-uses because of nothing\n      ",
    );
    project = new ProjectFolder({ [FILE]: ignored });
    const before = project.run(["lint"]);
    expect([before.code, before.out]).toEqual([1, expect.stringContaining("[unused-ignore]")]);
    expect(project.run(["lint", "--update-baseline"]).code).toBe(0);
    expect(project.run(["lint"]).code).toBe(0);
  });

  it("fails where there is nothing to look at", () => {
    project = new ProjectFolder({ "README.md": "" });
    expect(project.run(["lint"])).toMatchObject({ code: 2, out: "" });
  });
});

describe("flowkeep explain", () => {
  it.each(ALL_RULES.map(({ id }) => id))("has a page for %s", (id) => {
    project = new ProjectFolder();
    const { code, out } = project.run(["explain", id]);
    expect([code, out.startsWith(`# \`${id}\`\n`)]).toEqual([0, true]);
  });

  it("has it in JSON", () => {
    project = new ProjectFolder();
    const { out } = project.run(["explain", "push-hijacked", "--format", "json"]);
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      rule: { id: "push-hijacked", severity: "error", page: expect.any(String) },
    });
  });

  it("guesses what was meant", () => {
    project = new ProjectFolder();
    expect(project.run(["explain", "push-hijaked"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("did you mean push-hijacked?"),
    });
  });
});

import { afterEach, describe, expect, it } from "vitest";
import { ProjectFolder, workflowSaying } from "./project-folder.ts";

let project: ProjectFolder;
afterEach(() => project.delete());

describe("flowkeep eject", () => {
  it("leaves the YAML without the header, and keeps the sources", () => {
    project = new ProjectFolder({
      "workflows-src/ci.ts": workflowSaying("x"),
      "flowkeep.config.json": "{}",
      ".github/workflows/own.yml": "on: push\n",
    });
    project.run(["gen"]);
    const body = project.read(".github/workflows/ci.yml").split("\n").slice(3).join("\n");
    const { code, out } = project.run(["eject", "--yes"]);
    expect(code).toBe(0);
    expect(out).toContain("yours now .github/workflows/ci.yml\nremoved generated/source-map.json\n");
    expect(project.files()).toEqual({
      ".github/workflows/ci.yml": body,
      ".github/workflows/own.yml": "on: push\n",
      "flowkeep.config.json": "{}",
      "workflows-src/ci.ts": workflowSaying("x"),
    });
    expect(body).toMatch(/^on:\n/);
    // The files are people's now: gen does not take them back.
    expect(project.run(["gen"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("does not carry flowkeep's header") as string,
    });
    expect(project.run(["eject", "--yes"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("nothing to eject") as string,
    });
  });

  it("takes the ledger of pushes along: nothing keeps it up to date any more", () => {
    project = new ProjectFolder({
      "workflows-src/ci.ts":
        'import { githubToken, job, push, workflow } from "flowkeep";\nexport default workflow({ on: "push", permissions: { contents: "write" }, jobs: { j: job({ "runs-on": "x", steps: [push({ as: githubToken(), branch: "main" })] }) } });\n',
    });
    project.run(["gen"]);
    expect(Object.keys(project.files())).toContain("generated/pushes.md");
    expect(project.run(["eject", "--yes"])).toMatchObject({ code: 0 });
    expect(Object.keys(project.files())).toEqual([".github/workflows/ci.yml", "workflows-src/ci.ts"]);
  });

  it("asks before it does so, and takes no silence for an answer", () => {
    project = new ProjectFolder({ "workflows-src/ci.ts": workflowSaying("x") });
    project.run(["gen"]);
    const before = project.files();
    expect(project.run(["eject"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("--yes goes ahead without asking") as string,
    });
    expect(project.files()).toEqual(before);
  });

  it("takes init's lines out of .gitattributes, and leaves those of others", () => {
    project = new ProjectFolder({ "package.json": "{}", ".gitattributes": "*.png binary\r\n" });
    project.run(["init"]);
    project.run(["gen"]);
    expect(project.read(".gitattributes")).toContain("linguist-generated");
    expect(project.run(["eject", "--yes"]).out).toContain("took flowkeep's lines out of .gitattributes\n");
    expect(project.read(".gitattributes")).toBe("*.png binary\r\n");
    project.remove(".gitattributes");
    project.remove(".github");
    project.run(["init"]);
    project.run(["gen"]);
    project.run(["eject", "--yes"]);
    expect(Object.keys(project.files())).not.toContain(".gitattributes");
  });

  it("leaves check with nothing to compare", () => {
    project = new ProjectFolder({ "workflows-src/ci.ts": workflowSaying("x") });
    project.run(["gen"]);
    project.run(["eject", "--yes"]);
    const { code, out } = project.run(["check"]);
    expect(code).toBe(2);
    expect(out).toContain("does not carry flowkeep's header");
    expect(out).not.toContain("up to date");
  });

  it("removes the sources only when it is told to", () => {
    project = new ProjectFolder({ "workflows-src/ci.ts": workflowSaying("x"), "flowkeep.config.json": "{}" });
    project.run(["gen"]);
    expect(project.run(["eject", "--yes", "--remove-sources"]).code).toBe(0);
    expect(Object.keys(project.files())).toEqual([".github/workflows/ci.yml"]);
  });
});

import { afterEach, describe, expect, it } from "vitest";
import { ProjectFolder, workflowSaying } from "./project-folder.ts";

let project: ProjectFolder;
afterEach(() => project.delete());

/** What `gen` and `check` say of a project that compiles. */
function remarks(): readonly string[] {
  const { code, err } = project.run(["gen"]);
  expect(code).toBe(0);
  return err.split("\n").filter((line) => line !== "");
}

describe("what people may have overlooked is told:", () => {
  it("a source behind a dot", () => {
    project = new ProjectFolder({
      "workflows-src/ci.ts": workflowSaying("x"),
      "workflows-src/.hidden.ts": workflowSaying("x"),
      "workflows-src/.eslintrc.json": "{}",
      "workflows-src/._ci.ts": "left by macOS",
      "workflows-src/.d.ts": "",
    });
    project.link("workflows-src/.#ci.ts", "left.by.emacs");
    const told = [
      "workflows-src/.hidden.ts:1:1 note this is hidden by the dot before its name, so it is no source [hidden-source]",
    ];
    expect(remarks()).toEqual(told);
    expect(project.run(["check"]).out.split("\n")).toContain(told[0]);
  });

  it("a second config", () => {
    project = new ProjectFolder({
      "workflows-src/ci.ts": workflowSaying("x"),
      "flowkeep.config.ts": "export default {};\n",
      "flowkeep.config.json": "{}",
    });
    expect(remarks()).toEqual([
      "flowkeep.config.json:1:1 note this is not read: flowkeep.config.ts is [unread-config]",
    ]);
    expect(project.run(["gen", "--config", "flowkeep.config.json"]).err).toBe("");
  });

  it("a workflow of the same name with the other ending", () => {
    project = new ProjectFolder({
      "workflows-src/ci.ts": workflowSaying("x"),
      "workflows-src/release.yaml.ts": workflowSaying("x"),
      ".github/workflows/ci.yaml": "on: push\njobs: {}\n",
      ".github/workflows/release.yml": "on: push\njobs: {}\n",
    });
    expect(remarks()).toEqual([
      ".github/workflows/ci.yaml:1:1 note .github/workflows/ci.yml is there, too, and GitHub runs both: remove one of them [same-name]",
      ".github/workflows/release.yml:1:1 note .github/workflows/release.yaml is there, too, and GitHub runs both: remove one of them [same-name]",
    ]);
  });

  it("a project that GitHub does not see, until it has workflows", () => {
    project = new ProjectFolder({ ".git/HEAD": "", "sub/workflows-src/ci.ts": workflowSaying("x") });
    const { err } = project.run(["gen", "--cwd", "sub"]);
    expect(err).toBe(
      `.github/workflows:1:1 note GitHub reads .github/workflows at the root of a repository alone, and that is ${project.root} [not-at-root]\n`,
    );
    expect(project.run(["gen", "--cwd", "sub"]).err).toBe("");
    project.write({ "workflows-src/ci.ts": workflowSaying("x") });
    expect(remarks()).toEqual([]);
  });
});

import { spawnSync } from "node:child_process";
import { afterEach, describe, expect, it } from "vitest";
import { CLI, ProjectFolder, workflowSaying } from "./project-folder.ts";

const project = new ProjectFolder({ "workflows-src/ci.ts": workflowSaying("x") });
let folder: ProjectFolder | undefined;
afterEach(() => {
  folder?.delete();
  folder = undefined;
});

describe("flowkeep", () => {
  it("says its version, and how it is called, with the exit codes of a process", () => {
    const version = { code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string, err: "" };
    expect(project.spawn(["--version"])).toEqual(version);
    expect(project.spawn(["-V"])).toEqual(version);
    expect(project.run(["--version"])).toEqual(version);
    expect(project.spawn([])).toMatchObject({ code: 2, out: "" });
  });

  it.each([
    [["--help"], 0, /^Usage: flowkeep/, /^$/],
    [["gen", "--help"], 0, /Usage: flowkeep gen[^]*--watch[^]*--format/, /^$/],
    [["help", "check"], 0, /Usage: flowkeep check/, /^$/],
    [[], 2, /^$/, /^Usage: flowkeep/],
    [["actions"], 2, /^$/, /Usage: flowkeep actions/],
    [["chekc"], 2, /^$/, /^flowkeep: unknown command 'chekc'\n\(Did you mean check\?\)/],
    [["gen", "--wacth"], 2, /^$/, /unknown option '--wacth'\n\(Did you mean --watch\?\)/],
    [["gen", "extra"], 2, /^$/, /^flowkeep: too many arguments/],
    [["check", "--format", "xml"], 2, /^$/, /Allowed choices are text, json, sarif, github/],
    [["check", "--fail-on", "always"], 2, /^$/, /Allowed choices are error, warning, note/],
    [["actions", "add"], 2, /^$/, /missing required argument/],
  ])("%j exits with %i", (args, code, out, err) => {
    const run = project.run(args);
    expect(run.out).toMatch(out);
    expect(run.err).toMatch(err);
    expect(run.code).toBe(code);
  });

  it("takes global options before and after the command", () => {
    expect(project.run(["--format", "json", "gen"]).out).toMatch(/^\{/);
    expect(project.run(["gen", "--format", "json"]).out).toMatch(/^\{/);
  });

  it("colours only where it is told to", () => {
    expect(project.run(["check"]).out).not.toContain("\u001b");
    folder = new ProjectFolder({ "workflows-src/ci.ts": "throw 1;\n" });
    expect(folder.run(["gen"]).err).not.toContain("\u001b");
    expect(folder.run(["gen"], { FORCE_COLOR: "1" }).err).toContain("\u001b[31merror");
    expect(folder.run(["gen", "--no-color"], { FORCE_COLOR: "1" }).err).not.toContain("\u001b");
    expect(folder.run(["gen"], { FORCE_COLOR: "1", NO_COLOR: "1" }).err).not.toContain("\u001b");
  });

  it("shows no progress in a pipe", () => {
    expect(project.spawn(["gen"]).err).toBe("");
  });

  it("does not mind a reader that has enough", () => {
    const names = Array.from({ length: 300 }, (_, at) => at);
    folder = new ProjectFolder(Object.fromEntries(names.map((at) => [`workflows-src/w${at}.ts`, workflowSaying("x")])));
    const script = `"$0" "$1" check | head -n 1; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync("bash", ["-c", script, process.execPath, CLI], {
      cwd: folder.root,
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(stdout).toMatch(/\n1\n$/);
  });

  it("shows a mistake of its own with what is needed to report it", () => {
    folder = new ProjectFolder({
      "workflows-src/ci.ts": `${workflowSaying("x")}Array.prototype.flatMap = () => { throw new Error("broken"); };\n`,
    });
    const { code, err } = folder.spawn(["gen"]);
    expect(code).toBe(2);
    expect(err).toMatch(/error|mistake in flowkeep/);
  });
});

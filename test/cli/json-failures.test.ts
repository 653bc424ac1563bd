import { afterEach, describe, expect, it } from "vitest";
import { ProjectFolder, workflowSaying } from "./project-folder.ts";

let project: ProjectFolder;
afterEach(() => project.delete());

interface Report {
  readonly version: number;
  readonly errors?: readonly { readonly message: string }[];
  readonly findings?: readonly { readonly message: string }[];
  readonly files?: readonly { readonly reason?: string }[];
}

// Whatever fails: a program that reads the report reads JSON that says why.
describe("--format json", () => {
  const broken = { "workflows-src/ci.ts": "throw new Error('no');\n" };
  const lock = { "generated/actions.lock.json": "{}" };
  it.each([
    ["no sources", {}, ["gen"], /there is no workflow/],
    ["a source that throws", broken, ["gen"], /Error: no/],
    ["a source that throws", broken, ["check"], /Error: no/],
    ["a source that throws", broken, ["lint"], /Error: no/],
    ["nothing at all", {}, ["lint"], /there is no workflow and no action/],
    ["no such file", {}, ["lint", "none.yml"], /there is no such file/],
    ["no such rule", {}, ["explain", "none"], /there is no rule none/],
    ["nothing to import", {}, ["import", ".github"], /nothing is there|no such/],
    ["nothing to eject", {}, ["eject", "--yes"], /nothing to eject/],
    ["nobody to ask", { "workflows-src/ci.ts": workflowSaying("x") }, ["eject"], /--yes goes ahead without asking/],
    ["a lock that cannot be read", lock, ["init"], /`version` must be 1/],
    ["a lock that cannot be read", lock, ["actions", "list"], /`version` must be 1/],
    ["a lock that cannot be read", lock, ["actions", "add", "actions/cache@v4"], /`version` must be 1/],
    ["a lock that cannot be read", lock, ["actions", "remove", "x"], /`version` must be 1/],
    ["no such action", {}, ["actions", "add", "--offline", "nobody/nothing@v1"], /nobody\/nothing@v1/],
    ["no such entry", {}, ["actions", "remove", "nobody/nothing@v1"], /is not in/],
    ["no such folder", {}, ["gen", "--cwd", "none"], /there is no folder none/],
    ["no such command", {}, ["chekc"], /unknown command/],
    ["no such option", {}, ["gen", "--wacth"], /unknown option/],
    ["no argument", {}, ["actions", "add"], /missing required argument/],
    ["no command", {}, ["actions"], /no command was given/],
    ["a file that is a folder", { "out/x": "" }, ["graph", "--out", "out"], /./],
  ] as const)("%s: %j %j", (_, files, args, message) => {
    project = new ProjectFolder(files);
    if (args[0] === "eject") project.run(["gen"]);
    for (const format of [["--format", "json"], ["--format=json"]]) {
      const { code, out } = project.run([...args, ...format]);
      expect(code).toBe(2);
      const { version, errors = [], findings = [], files: imported = [] } = JSON.parse(out) as Report;
      expect(version).toBe(1);
      const told = [...[...errors, ...findings].map((error) => error.message), ...imported.map(({ reason }) => reason)];
      expect(told.join("\n")).toMatch(message);
    }
  });

  it("a baseline that is written", () => {
    project = new ProjectFolder({ "workflows-src/ci.ts": workflowSaying("x") });
    const { out } = project.run(["lint", "--update-baseline", "--format", "json"]);
    expect(JSON.parse(out)).toEqual({ version: 1, baseline: "generated/baseline.json", kept: 0 });
  });
});

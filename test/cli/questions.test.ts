import { afterEach, describe, expect, it } from "vitest";
import { ProjectFolder, workflowSaying } from "./project-folder.ts";
import { CTRL_C, CTRL_D, hasTerminal, startInTerminal } from "./terminal.ts";

let project: ProjectFolder;
afterEach(() => project.delete());

const own = { "package.json": "{}", ".github/workflows/own.yml": "on: push\njobs: {}\n" };

describe.skipIf(!hasTerminal)("at a question", () => {
  it.each([
    ["init, at the first question", ["init"], own, []],
    ["init, at the second question", ["init"], own, ["y\r"]],
    ["eject", ["eject"], { "workflows-src/ci.ts": workflowSaying("x") }, []],
  ] as const)("Ctrl-C ends quietly, and Ctrl-D is no answer: %s", async (_, args, files, answers) => {
    project = new ProjectFolder(files);
    if (args[0] === "eject") project.run(["gen"]);
    const before = project.files();
    for (const [key, code, words] of [
      [CTRL_C, 130, ""],
      [CTRL_D, 2, "flowkeep: there was no answer, so nothing was changed"],
    ] as const) {
      const terminal = startInTerminal(project, args);
      for (const answer of answers) {
        await terminal.says("[y/N]");
        terminal.type(answer);
      }
      await terminal.says("[y/N]");
      terminal.type(key);
      const ended = await terminal.ends();
      expect(ended.said).toContain(words);
      expect(ended.said).not.toMatch(/report|error|\n\s+at /);
      expect(ended.code).toBe(code);
      expect(project.files()).toEqual(before);
    }
  });

  it("yes is yes, and anything else is no", async () => {
    project = new ProjectFolder({ "package.json": "{}" });
    for (const [answer, code] of [
      ["\r", 1],
      ["no\r", 1],
      ["Yes\r", 0],
    ] as const) {
      const terminal = startInTerminal(project, ["init"]);
      await terminal.says("Write these files? [y/N]");
      expect(project.files()).toEqual({ "package.json": "{}" });
      terminal.type(answer);
      expect(await terminal.ends()).toMatchObject({ code });
    }
    expect(Object.keys(project.files())).toContain("workflows-src/ci.ts");
  });
});

describe.skipIf(!hasTerminal)("in a terminal", () => {
  it("Ctrl-C ends a source that never ends, and leaves nothing behind", async () => {
    project = new ProjectFolder({
      "workflows-src/ci.ts": `console.log("looping");\nwhile (true);\n${workflowSaying("x")}`,
    });
    const before = project.files();
    const terminal = startInTerminal(project, ["gen"]);
    await terminal.says("looping");
    terminal.type(CTRL_C);
    expect(await terminal.ends()).toMatchObject({ code: 130 });
    expect(project.files()).toEqual(before);
  });
});

describe.skipIf(!hasTerminal)("on a terminal", () => {
  it("a source that takes long is named, so that whoever presses Ctrl-C knows what it was", async () => {
    const loop = 'import { job } from "flowkeep";\n\nfor (let n = 0; ; ) n++;\nexport default job;\n';
    project = new ProjectFolder({ "workflows-src/ci.ts": workflowSaying("x"), "workflows-src/loop.ts": loop });
    const before = project.files();
    const terminal = startInTerminal(project, ["gen"]);
    await terminal.says("workflows-src/loop.ts:3 has been running for ");
    terminal.type(CTRL_C);
    expect((await terminal.ends()).said).toContain("(Ctrl-C ends it)");
    expect(project.files()).toEqual(before);
  });
});

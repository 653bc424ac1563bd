import { once } from "node:events";
import { renameSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { ProjectFolder, workflowSaying } from "./project-folder.ts";

let project: ProjectFolder;
let watcher: ReturnType<ProjectFolder["start"]>;
afterEach(() => {
  watcher.kill("SIGKILL");
  project.delete();
});

const YAML = ".github/workflows/ci.yml";

/** Starts to watch, and gives what waits until the command has said something, and then is ready for the next change. */
function watching(): (words: string) => Promise<void> {
  watcher = project.start(["gen", "--watch"]);
  let said = "";
  let wake = (): void => {};
  for (const stream of [watcher.stdout, watcher.stderr])
    stream.on("data", (chunk: Buffer) => {
      said += String(chunk);
      wake();
    });
  return async (words) => {
    for (;;) {
      const at = said.indexOf("waiting for changes", Math.max(0, said.indexOf(words)));
      if (said.includes(words) && at >= 0) {
        said = said.slice(at + 1);
        return;
      }
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
}

// Each step waits for what it is about, so that only a machine that does nothing at all is too slow.
describe("flowkeep gen --watch", { timeout: 240_000 }, () => {
  it("compiles again on a change, goes on after mistakes, and ends cleanly", async () => {
    project = new ProjectFolder({
      "workflows-src/ci.ts": `import { words } from "../lib/words.ts";\n${workflowSaying("X").replace('"echo X"', "`echo ${words}`")}`,
      "lib/words.ts": 'export const words = "one";\n',
    });
    const hears = watching();
    await hears("wrote .github/workflows/ci.yml");
    expect(project.read(YAML)).toContain("echo one");

    project.write({ "lib/words.ts": 'export const words = "two";\n' });
    await hears("wrote .github/workflows/ci.yml");
    expect(project.read(YAML)).toContain("echo two");

    project.write({ "lib/words.ts": "export const words = ;\n" });
    await hears("lib/words.ts:1:22 error");
    expect(project.read(YAML)).toContain("echo two");

    project.write({ "lib/words.ts": 'export const words = "three";\n', "workflows-src/new.ts": workflowSaying("new") });
    await hears("wrote .github/workflows/new.yml");
    expect(project.read(YAML)).toContain("echo three");

    project.remove("workflows-src/new.ts");
    await hears("removed .github/workflows/new.yml");

    watcher.kill("SIGINT");
    expect(await once(watcher, "exit")).toEqual([0, null]);
  });

  it("outlives a source that ends its process, and one that never ends", async () => {
    project = new ProjectFolder({ "workflows-src/ci.ts": `process.exit(0);\n${workflowSaying("x")}` });
    const hears = watching();
    await hears("workflows-src/ci.ts:1:9 error process.exit(0)");
    project.write({ "workflows-src/ci.ts": `process.kill(process.pid, "SIGKILL");\n${workflowSaying("x")}` });
    await hears("the run was ended by SIGKILL");
    project.write({ "workflows-src/ci.ts": `console.log("looping");\nwhile (true);\n${workflowSaying("x")}` });
    await once(watcher.stderr, "data");
    project.write({ "workflows-src/ci.ts": workflowSaying("at last") });
    await hears("wrote .github/workflows/ci.yml");
    expect(project.read(YAML)).toContain("echo at last");

    project.write({ "workflows-src/ci.ts": `console.log("looping");\nwhile (true);\n${workflowSaying("x")}` });
    await once(watcher.stderr, "data");
    watcher.kill("SIGTERM");
    expect(await once(watcher, "exit")).toEqual([0, null]);
    expect(project.read(YAML)).toContain("echo at last");
  });

  it("sees folders that are moved away, and come back", async () => {
    project = new ProjectFolder({
      "workflows-src/ci.ts": `import { words } from "../lib/words.ts";\n${workflowSaying("X").replace('"echo X"', "`echo ${words}`")}`,
      "lib/words.ts": 'export const words = "one";\n',
    });
    const hears = watching();
    await hears("wrote .github/workflows/ci.yml");
    for (const [folder, words] of [
      ["workflows-src", "there is no workflow in workflows-src/"],
      ["lib", 'cannot find "../lib/words.ts"'],
    ] as const) {
      renameSync(project.path(folder), project.path("away"));
      await hears(words);
      renameSync(project.path("away"), project.path(folder));
      await hears("nothing to do");
      project.write({ "lib/words.ts": `export const words = "after ${folder}";\n` });
      await hears("wrote .github/workflows/ci.yml");
      expect(project.read(YAML)).toContain(`echo after ${folder}`);
    }
  });
});

import { once } from "node:events";
import { afterEach, describe, expect, it } from "vitest";
import { ProjectFolder, workflowSaying } from "./project-folder.ts";

let project: ProjectFolder;
afterEach(() => project.delete());

const YAML = ".github/workflows/ci.yml";

describe("flowkeep gen --watch", () => {
  it("compiles again on a change, goes on after mistakes, and ends cleanly", async () => {
    project = new ProjectFolder({
      "workflows-src/ci.ts": `import { words } from "../lib/words.ts";\n${workflowSaying("X").replace('"echo X"', "`echo ${words}`")}`,
      "lib/words.ts": 'export const words = "one";\n',
    });
    const watcher = project.start(["gen", "--watch"]);
    let said = "";
    watcher.stderr.on("data", (chunk: Buffer) => (said += String(chunk)));
    watcher.stdout.on("data", (chunk: Buffer) => (said += String(chunk)));
    const hears = async (words: string): Promise<void> => {
      await expect
        .poll(() => said, { timeout: 20_000, interval: 20 })
        .toMatch(new RegExp(`${words}[^]*waiting for changes`));
      said = "";
    };
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
});

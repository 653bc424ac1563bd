import { describe, expect, it } from "vitest";
import { mentionsPushInYaml } from "../../../src/credentials/jobs/mentions.ts";
import { knownTool, KNOWN_TOOLS, mentionsKnownTool } from "../../../src/credentials/tools/known-tools.ts";

const commands = KNOWN_TOOLS.flatMap((tool) =>
  [...tool.commands.matchAll(/`([^`]+)`/g)].map(([, command = ""]) => ({ tool, command })),
).filter(({ command, tool }) => tool.names.some((name) => command.replace("git ", "git-").includes(name)));

describe("what is known of programs that push", () => {
  it("names each program once", () => {
    const names = KNOWN_TOOLS.flatMap(({ names }) => names);
    expect(new Set(names).size).toBe(names.length);
    expect(KNOWN_TOOLS.every((tool) => tool.names.every((name) => knownTool(name) === tool))).toBe(true);
  });

  it("shows a command of each", () => {
    const shown = new Set(commands.map(({ tool }) => tool));
    expect(KNOWN_TOOLS.filter((tool) => !shown.has(tool)).map(({ names }) => names[0])).toEqual([]);
  });

  it.each(commands.map(({ command }) => command))("finds `%s` in a script and in a workflow", (command) => {
    expect(mentionsKnownTool(command)).toBe(true);
    expect(mentionsPushInYaml(`steps:\n  - run: npx ${command}\n`, false)).toBe(true);
  });

  it("looks through long lines of names in one go", () => {
    for (const { names } of KNOWN_TOOLS)
      for (const name of names) expect(typeof mentionsKnownTool(`${name} `.repeat(20_000))).toBe("boolean");
  });

  it.each([
    "npm ci && npm test",
    "cargo build --release",
    "mvn -B verify",
    "./gradlew build",
    "sbt test",
    "ng build",
    "hexo generate",
    "auto-merge the latest",
    "julia -e 'using Pkg'",
    "uses: actions/setup-node@v5",
  ])("finds none in `%s`", (text) => {
    expect(mentionsKnownTool(text)).toBe(false);
  });
});

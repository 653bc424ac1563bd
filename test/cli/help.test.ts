import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { examplesOf } from "../../src/cli/command-help.ts";
import type { Io } from "../../src/cli/io.ts";
import { makeProgram } from "../../src/cli/program.ts";
import { run } from "../../src/cli/run.ts";

/** Every command's words, and the command. */
function commandsOf(command: Command, path: readonly string[] = []): readonly (readonly [string, Command])[] {
  return [
    [path.join(" "), command],
    ...command.commands.flatMap((below) => commandsOf(below, [...path, below.name()])),
  ];
}

async function help(path: string, env: Io["env"], isTerminal = false): Promise<string> {
  let said = "";
  const say = (text: string): void => void (said += text);
  const rest = { cwd: "/", flowkeep: new URL("file:///"), scratch: "/", ask: () => Promise.resolve(undefined) };
  const io = { ...rest, env, out: say, err: say, isTerminal: { in: false, out: isTerminal, err: isTerminal } };
  expect(await run([...path.split(" ").filter((word) => word !== ""), "--help"], io)).toBe(0);
  return said;
}

const COMMANDS = commandsOf(makeProgram({} as Io, async () => {})).map(([path]) => path);

describe("the help", () => {
  it.each(COMMANDS)("of flowkeep %s fits in 80 columns, and has examples of that command", async (path) => {
    const text = await help(path, {});
    expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
    const calls = examplesOf(path).map(([call]) => call);
    expect(calls).not.toEqual([]);
    for (const call of calls) {
      expect(call).toContain(`flowkeep ${path}`.trim());
      expect(text).toContain(`\n  ${call}\n`);
    }
    expect(await help(path, {}, true)).toContain("\u001b[1mUsage:");
    expect(await help(path, { NO_COLOR: "1" }, true)).toBe(text);
  });

  it("says each command in one line", async () => {
    const text = await help("", {});
    const list = text.slice(text.indexOf("Commands:\n"), text.indexOf("\n\nExamples:")).split("\n").slice(1);
    expect(list.length).toBe(COMMANDS.filter((path) => path !== "" && !path.includes(" ")).length + 1);
    for (const line of list) expect(line).toMatch(/^ {2}\w+( [<[][\w.]+[>\]])? +\S/);
  });
});

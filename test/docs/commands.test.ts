import type { Command } from "commander";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { addActions } from "../../src/actions/add-actions.ts";
import { openCatalog } from "../../src/actions/catalog.ts";
import { emptyLock } from "../../src/actions/lock.ts";
import type { Io } from "../../src/cli/io.ts";
import { makeProgram } from "../../src/cli/program.ts";
import { blocksOf, inlineCode, PAGES, readPage, ROOT } from "./markdown.ts";

interface Shown {
  readonly place: string;
  readonly command: string;
}

/** Command lines in fences for a shell, and in the text. */
const shown = PAGES.flatMap((page) =>
  blocksOf(readPage(page)).flatMap((block): Shown[] => {
    const place = `${page}:${block.line}`;
    if (block.kind === "note") return [];
    const lines =
      block.kind === "fence" ? (block.language === "sh" ? block.text.split("\n") : []) : inlineCode(block.text);
    return lines.flatMap(commandsIn).map((command) => ({ place, command }));
  }),
);
const flowkeep = shown.filter(({ command }) => /^(npx )?flowkeep /.test(command));

/** One line's commands, without what is said behind `#`, and without what becomes of their output. */
function commandsIn(line: string): readonly string[] {
  return line
    .replace(/(^|\s)#.*|\s[|>]\s.*/, "")
    .split("&&")
    .map((command) => command.trim())
    .filter((command) => command !== "");
}

describe("a flowkeep command", () => {
  test("is shown in many places", () => {
    expect(flowkeep.length).toBeGreaterThan(20);
  });

  test.each(flowkeep)("$place: $command is one", async ({ command }) => {
    const words = command.replace(/^(npx )?flowkeep /, "").match(/(?:"[^"]*"|[^\s"])+/g) ?? [];
    const args = words.map((word) => word.replaceAll('"', ""));
    expect(await parse(args.map((arg) => arg.replace(/^<(\w+)[\w|]*(?:\.\.\.)?>$|^\[[\w.]+\]$/, "$1")))).toBe("");
  });

  const added = flowkeep.filter(
    // What belongs to octo is made up.
    ({ command }) => / actions add .*@v?\d/.test(command) && !/--manifest| octo\//.test(command),
  );
  test.each(added)("$place: $command adds actions that the catalogue knows", async ({ command }) => {
    const refs = command.split(/\s+/).filter((arg) => arg.includes("@"));
    const result = await addActions({ refs, lock: emptyLock, catalog: await openCatalog() });
    expect(result).toMatchObject({ kind: "added" });
  });
});

describe("an npm script", () => {
  const scripts = new Set(Object.keys(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).scripts as object));
  const named = shown.flatMap(({ place, command }) => {
    const name = /^npm (?:run )?([\w:-]+)$/.exec(command)?.[1];
    return name === undefined || ["ci", "install", "init"].includes(name) ? [] : [{ place, name }];
  });

  test.each(named)("$place: $name exists", ({ name }) => {
    expect([...scripts]).toContain(name);
  });
});

/** What the command line is told of its arguments; nothing where they are right. Runs no command. */
async function parse(args: readonly string[]): Promise<string> {
  let said = "";
  const io: Io = {
    cwd: "/",
    env: {},
    flowkeep: new URL("file:///"),
    scratch: "/",
    out: () => {},
    err: (text) => void (said += text),
    isTerminal: { in: false, out: false, err: false },
    ask: () => Promise.reject(new Error("a command was run")),
  };
  const program = makeProgram(io, async () => {});
  silence(program);
  try {
    await program.parseAsync([...args], { from: "user" });
  } catch (error) {
    if (!(error instanceof Error) || !("exitCode" in error) || error.exitCode !== 0) return said || String(error);
  }
  return "";
}

function silence(command: Command): void {
  for (const below of command.commands) silence(below);
  if (command.commands.length === 0) command.action(() => {});
}

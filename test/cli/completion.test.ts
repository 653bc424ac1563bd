import { spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { ProjectFolder } from "./project-folder.ts";
import { hasTerminal } from "./terminal.ts";

const project = new ProjectFolder({ "workflows-src/ci.ts": "", "own.config.ts": "" });
afterAll(() => project.delete());

const has = (shell: string): boolean => spawnSync(shell, ["-c", "true"]).status === 0;
const script = (shell: string): string => {
  const { code, out, err } = project.run(["completion", shell]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  writeFileSync(project.path(`flowkeep.${shell}`), out);
  return project.path(`flowkeep.${shell}`);
};

/** What is typed, and words that are offered for its end. */
const OFFERED: readonly (readonly [line: string, offered: readonly string[], notOffered?: readonly string[]])[] = [
  ["flowkeep ", ["init", "gen", "check", "actions", "completion"], ["add"]],
  ["flowkeep ch", ["check"], ["init"]],
  ["flowkeep gen --w", ["--watch"], ["--yes"]],
  ["flowkeep gen --", ["--watch", "--format", "--help"], ["--yes"]],
  ["flowkeep --format json eject --", ["--yes", "--remove-sources"], ["--watch"]],
  ["flowkeep --format ", ["text", "json", "sarif", "github"]],
  ["flowkeep check --fail-on w", ["warning"]],
  ["flowkeep actions ", ["add", "remove", "list"], ["init"]],
  ["flowkeep actions add --ma", ["--manifest"]],
  ["flowkeep completion ", ["bash", "zsh", "fish"]],
  ["flowkeep explain unpinned", ["unpinned-uses"]],
  ["flowkeep explain --config actions unpinned", ["unpinned-uses"]],
];

function expectOffers(line: string, words: readonly string[]): void {
  const [, offered = [], notOffered = []] = OFFERED.find(([known]) => known === line) ?? [];
  expect(words).toEqual(expect.arrayContaining([...offered]));
  for (const word of notOffered) expect(words).not.toContain(word);
}

describe("flowkeep completion bash", () => {
  const complete = (line: string): readonly string[] => {
    const words = line.split(" ").flatMap((word) => word.split(/(=)/).filter((part, at) => part !== "" || at === 0));
    const run = `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _flowkeep; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync("bash", ["--norc", "-euc", run, "bash", script("bash"), ...words], {
      cwd: project.root,
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    return stdout.split("\n").filter((word) => word !== "");
  };
  it.each(OFFERED.map(([line]) => line))("after %j", (line) => expectOffers(line, complete(line)));

  it("offers values behind an equals sign, folders, and nothing where files may stand", () => {
    expect(complete("flowkeep gen --format=j")).toEqual(["json"]);
    expect(complete("flowkeep gen --cwd wor")).toEqual(["workflows-src"]);
    expect(complete("flowkeep gen --config ow")).toEqual([]);
  });
});

describe.skipIf(!has("fish"))("flowkeep completion fish", () => {
  const complete = (line: string): readonly string[] => {
    const run = `source ${script("fish")}; complete -C '${line}'`;
    const { stdout, stderr } = spawnSync("fish", ["--no-config", "-c", run], { cwd: project.root, encoding: "utf8" });
    expect(stderr).toBe("");
    return stdout.split("\n").map((offer) => offer.split("\t", 1)[0] ?? "");
  };
  it.each(OFFERED.map(([line]) => line))("after %j", (line) => expectOffers(line, complete(line)));

  it("offers files and folders where they may stand", () => {
    expect(complete("flowkeep gen --config ow")).toContain("own.config.ts");
    expect(complete("flowkeep gen --cwd wor")).toContain("workflows-src/");
    expect(complete("flowkeep lint ow")).toContain("own.config.ts");
    expect(complete("flowkeep gen ow")).not.toContain("own.config.ts");
  });
});

describe.skipIf(!has("zsh") || !hasTerminal)("flowkeep completion zsh", () => {
  it("completes words, options and values", async () => {
    const shell = spawn("script", ["--quiet", "--flush", "--command", "zsh -f", "/dev/null"], {
      cwd: project.root,
      env: { ...process.env, TERM: "dumb", PS1: "> ", COLUMNS: "80", LINES: "50" },
    });
    let said = "";
    shell.stdout.on("data", (chunk: Buffer) => (said += String(chunk)));
    const ended = new Promise((resolve) => shell.once("close", resolve));
    shell.stdin.write(
      `autoload -Uz compinit; compinit -u -D; source ${script("zsh")}; flowkeep() { print -r -- "<$*>" }\n`,
    );
    const typed: readonly (readonly [keys: string, completed: string])[] = [
      ["flowkeep che\t\n", "<check>"],
      ["flowkeep gen --wa\t\n", "<gen --watch>"],
      ["flowkeep --format js\t che\t\n", "<--format json check>"],
      ["flowkeep check --format=js\t\n", "<check --format=json>"],
      ["flowkeep actions rem\t\n", "<actions remove>"],
      ["flowkeep completion fi\t\n", "<completion fish>"],
      ["flowkeep explain unpinned-u\t\n", "<explain unpinned-uses>"],
      ["flowkeep lint --config own\t\n", "<lint --config own.config.ts>"],
    ];
    for (const [keys] of typed) shell.stdin.write(keys);
    shell.stdin.write("exit\n");
    await ended;
    for (const [, completed] of typed) expect(said).toContain(completed);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateCondition } from "../../src/shell/conditions.ts";
import { readEnvFile } from "../../src/shell/env-file.ts";
import { follow } from "../../src/shell/follow.ts";
import { readMakefile } from "../../src/shell/makefile.ts";
import { evaluateOutput } from "../../src/shell/output.ts";
import { parseScript, parseValue } from "../../src/shell/parse-script.ts";
import { readRun } from "../../src/shell/read-run.ts";
import type { Script } from "../../src/shell/script.ts";
import { unwrapCommand } from "../../src/shell/unwrap-command.ts";
import { literal, optionsOf, textOf } from "../../src/shell/value.ts";
import { readShell } from "../../src/shell/which-shell.ts";
import { evaluateArguments } from "../../src/shell/words.ts";
import { scope } from "./scope.ts";

const words = fc.constantFrom(
  ...[
    "git push",
    "sudo",
    "-u",
    "env",
    "-i",
    "A=b",
    "bash",
    "-c",
    "'git push'",
    "eval",
    "xargs",
    "-I{}",
    "{}",
    "$PAT",
    '"$DIR"',
  ],
  ...[
    "$EITHER",
    "${PAT:-$EITHER}",
    "${REPO//[a/*}",
    "${REPO%%?*}",
    "$(echo $PAT | base64 -w0)",
    "`cat`",
    "{a,b}",
    "{1..9}",
    "~",
  ],
  ...[
    "| base64 -d",
    "| tr -d",
    "'\\n'",
    "printf",
    "'%s%d%q%%'",
    "echo -ne",
    "&&",
    "||",
    ";",
    "\n",
    "if",
    "then",
    "fi",
    "[",
    "-n",
    "]",
  ],
  ...[
    "make",
    "-C",
    "npm run",
    "x",
    "--",
    "source",
    "./x.sh",
    "[[ $PAT == * ]]",
    "<<<",
    "> f",
    "timeout",
    "5",
    "${{ a }}",
    "!",
    "(",
    ")",
  ],
);

function* commandsOf(script: Script) {
  for (const statement of script.statements) if (statement.kind === "command") yield statement;
}

describe("any text", () => {
  it("is evaluated, unwrapped and followed without an exception", () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 25 }), (pieces) => {
        const text = pieces.join(" ");
        const script = parseScript(text);
        for (const { value } of optionsOf(evaluateOutput(script, scope))) {
          readEnvFile(value);
          parseValue(value);
        }
        if (script.kind === "unreadable") return;
        evaluateCondition(script.statements, scope);
        for (const command of commandsOf(script))
          for (const { fields } of evaluateArguments(command.words, scope)) {
            const { run } = unwrapCommand(fields);
            const readRepositoryFile = (path: string) => (path.includes("x") ? undefined : text);
            const followed = follow(run, { directory: "/w", root: "/w", readRepositoryFile });
            expect(["none", "scripts", "out-of-sight"]).toContain(followed.kind);
          }
      }),
      { numRuns: 2_000 },
    );
  });

  it("is a Makefile, a shell's name or a script for one without an exception", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, shell) => {
        readMakefile(text);
        readMakefile(`a: b\n\t${text}\nX = ${text}\n\techo $(X) $${text}`);
        expect(["read", "unknown"]).toContain(readRun(text, readShell(shell)).kind);
        expect(["read", "unknown"]).toContain(readRun(text, readShell("pwsh")).kind);
      }),
    );
  });

  const long = {
    ...scope,
    variable: (name: string) => (name === "L" ? literal("ab ".repeat(100_000)) : scope.variable(name)),
  };
  const outputOf = (text: string) => evaluateOutput(parseScript(text), long);

  it.each<readonly [string, () => unknown]>([
    ["a Makefile's long line", () => readMakefile(`a${" ".repeat(400_000)}b`)],
    ["a Makefile's variable that holds itself", () => readMakefile("X = $(Y)$(Y)\nY = $(X)$(X)\na:\n\t$(X)")],
    ["PowerShell's long line", () => readRun("a ".repeat(200_000), { kind: "pwsh" })],
    ["PowerShell's open quotes", () => readRun(`git ${'" '.repeat(9_000)}`, { kind: "pwsh" })],
    ["a long text that is split often", () => outputOf(`echo ${"$L ".repeat(50)}`)],
    ["a pattern over a long text", () => outputOf("echo ${L%%*a*a*a*c} ${L//a?a?[ab]c/x}")],
    ["many arguments", () => outputOf(`printf '%s' ${"a ".repeat(50_000)}`)],
    [
      "many ways",
      () => outputOf(`${"x && ".repeat(20)}echo a || echo b; ${"if x; then echo a; else echo b; fi;".repeat(200)}`),
    ],
    ["many blocks of an env file", () => readEnvFile(textOf(literal("A<<E\nE\n".repeat(50_000)).fragments))],
  ])("ends: %s", (_, run) => {
    run();
  });
});

import { parseScript } from "../../src/shell/parse-script.ts";
import type { Scope } from "../../src/shell/scope.ts";
import type { Command } from "../../src/shell/script.ts";
import { literal, reference, unknown, type Value } from "../../src/shell/value.ts";

const VARIABLES: Readonly<Record<string, Value>> = {
  PAT: reference("secrets.PAT"),
  TOKEN: reference("github.token", { canBeEmpty: false }),
  REPO: literal("octo/app"),
  FLAGS: literal("--force --tags"),
  EMPTY: literal(""),
  HOME: literal("/home/runner"),
  DIR: unknown("it is computed"),
  EITHER: {
    kind: "choice",
    options: [
      { value: literal("a"), when: "x" },
      { value: literal("b c"), when: "y" },
    ],
  },
};

export const scope: Scope = {
  variable: (name) => VARIABLES[name],
  positional: [literal("v1"), literal("two words")],
  expression: ({ text }) => reference(text),
};

/** The first statement of a script, which is to be a command. */
export function commandOf(text: string): Command {
  const script = parseScript(text);
  const [command] = script.kind === "script" ? script.statements : [];
  if (command?.kind !== "command") throw new Error(`${text} begins with no command`);
  return command;
}

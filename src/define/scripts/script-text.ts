import { DefinitionError } from "../../ir/errors.ts";
import { unindent } from "./block-text.ts";
import { expressionData } from "../expressions/expression-value.ts";
import type { ScriptDefinition } from "../model.ts";
import { ShellQuoting, type ShellPlace } from "./shell-quoting.ts";

/** A script with the environment that its values travel in. */
export interface ScriptText {
  readonly text: string;
  /** Variable → expression, without `${{ }}`. */
  readonly env: ReadonlyMap<string, string>;
}

/**
 * `` sh`…` `` as text: each expression becomes a variable of the step, each other value is quoted for the shell, and the
 * template's own indentation is taken off.
 *
 * @param taken names that the step's `env` holds already, with their values as text
 * @param resolve puts job ids into an expression
 */
export function scriptText(
  script: Extract<ScriptDefinition, { readonly literals: readonly string[] }>,
  shell: string | undefined,
  taken: ReadonlyMap<string, string>,
  resolve: (source: string) => string,
): ScriptText {
  const dialect = dialectOf(shell);
  const names = new VariableNames(taken);
  const quoting = new ShellQuoting();
  let text = "";
  unindent(script.literals).forEach((literal, at) => {
    text += literal;
    quoting.read(literal);
    if (at >= script.values.length) return;
    const value = script.values[at];
    const data = expressionData(value);
    if (data === undefined) text += plainText(value);
    else {
      const name = names.nameFor(resolve(data.source));
      text += dialect === "pwsh" ? `\${env:${name}}` : variable(name, quoting.place());
    }
    quoting.readValue();
  });
  return { text, env: names.chosen };
}

function dialectOf(shell: string | undefined): "bash" | "pwsh" {
  const name =
    shell
      ?.trim()
      .split(/\s+/)[0]
      ?.replace(/^.*[\\/]/, "") ?? "bash";
  if (name === "bash" || name === "sh" || name === "dash" || name === "zsh" || name === "ksh") return "bash";
  if (name === "pwsh" || name === "powershell") return "pwsh";
  throw new DefinitionError(
    `sh\`…\` writes values for bash, sh and pwsh; for \`shell: ${shell}\` put them into \`env\` yourself`,
  );
}

function variable(name: string, place: ShellPlace): string {
  switch (place) {
    case "bare":
      return `"$${name}"`;
    case "double-quoted":
    case "heredoc":
      return `\${${name}}`;
    case "single-quoted":
      return `'"$${name}"'`;
    case "comment":
      return name;
    case "literal-heredoc":
      throw new DefinitionError(
        "a heredoc with a quoted delimiter expands nothing: write <<EOF instead of <<'EOF', or take the value out of it",
      );
  }
}

/** A value that is known now stands in the script as it is: it was written by the author. */
function plainText(value: unknown): string {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return String(value);
  throw new DefinitionError(
    `sh\`…\` takes expressions, texts, numbers and booleans, not ${value === null ? "null" : typeof value}`,
  );
}

// Names that mean something to shells, runners or systems: a step that overwrites them breaks far from here.
const RESERVED =
  /^(GITHUB_|RUNNER_|ACTIONS_|LD_|DYLD_|GIT_|BASH|LC_)|^(CI|OS|PATH|HOME|USER|SHELL|IFS|PWD|OLDPWD|LANG|TMP|TEMP|TMPDIR|ENV|TERM|PS4|NODE_OPTIONS)$/;
const CONTEXTS_LEFT_OUT = new Set(["github", "steps", "needs", "secrets", "vars", "env", "event", "outputs"]);

/** Chooses a variable's name for each expression: readable, and the same for the same expression. */
class VariableNames {
  readonly chosen = new Map<string, string>();
  readonly #taken: ReadonlyMap<string, string>;

  constructor(taken: ReadonlyMap<string, string>) {
    this.#taken = taken;
  }

  nameFor(source: string): string {
    for (const [name, known] of this.chosen) if (known === source) return name;
    for (const [name, known] of this.#taken) if (known === `\${{ ${source} }}`) return name;
    for (const name of candidates(source)) {
      if (this.#taken.has(name) || this.chosen.has(name) || RESERVED.test(name)) continue;
      this.chosen.set(name, source);
      return name;
    }
    throw new DefinitionError(`no free variable name was found for \`${source}\``);
  }
}

function* candidates(source: string): Generator<string> {
  const words = source.match(/[A-Za-z0-9_]+/g) ?? [];
  const isPath = /^[\w.*[\]'-]+$/.test(source);
  const short = words.filter((word) => !CONTEXTS_LEFT_OUT.has(word));
  const base = (isPath ? short.slice(-2) : words.slice(0, 3)).join("_").replace(/([a-z0-9])([A-Z])/g, "$1_$2");
  const name = base.toUpperCase().replace(/^(?=\d)/, "_") || "VALUE";
  yield name;
  yield `${words.join("_").toUpperCase()}`.replace(/^(?=\d)/, "_");
  yield `${name}_VALUE`;
  yield `VALUE_OF_${name}`;
  for (let count = 2; count < 100; count++) yield `${name}_${count}`;
}

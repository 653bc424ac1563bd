import { hasExpression } from "../expression-text.ts";

/** Shells that the runner knows how to start. Source: ScriptHandlerHelpers.cs in actions/runner. */
const BUILT_IN = ["bash", "sh", "pwsh", "powershell", "cmd", "python"];

/** What is wrong with a `shell`: the runner takes its own, and any other program with a place for the script. */
export function wrongShell(shell: string): string | undefined {
  if (shell === "" || hasExpression(shell)) return undefined;
  const [, command = "", options = ""] = /^([^ ]*)(.*)$/s.exec(shell) ?? [];
  if (options.trimStart() !== "") {
    return options.includes("{0}")
      ? undefined
      : `\`${shell}\` does not say where the script goes: write \`${shell.trimEnd()} {0}\``;
  }
  if (BUILT_IN.includes(command.toLowerCase())) return undefined;
  return `\`${command}\` is none of the shells that a runner knows (${BUILT_IN.join(", ")}): for another program write \`${command} {0}\``;
}

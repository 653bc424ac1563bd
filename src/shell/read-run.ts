import { maskExpressions } from "./holes.ts";
import { parseScript } from "./parse-script.ts";
import type { ParsedScript } from "./script.ts";
import { NO_OPTIONS, type ShellOptions } from "./shell-options.ts";
import type { Shell } from "./which-shell.ts";

/** A step's script as its shell runs it. */
export type ReadRun =
  | {
      readonly kind: "read";
      readonly dialect: "bash" | "sh";
      readonly options: ShellOptions;
      readonly script: ParsedScript;
    }
  | { readonly kind: "unknown"; readonly reason: string };

const MOST_CHARACTERS = 20_000;

/** Words that PowerShell or cmd takes for its own, or that a POSIX shell does. */
const SHELL_WORDS =
  /^(?:if|for|foreach|while|do|switch|case|function|param|begin|process|end|try|catch|throw|return|exit|break|continue|trap|set|setx|export|unset|source|\.|eval|exec|alias|call|start|goto|rem|pushd|popd|where|test|select|sort|sudo|env|local|declare)$/i;

/**
 * Reads a step's script. PowerShell, cmd and other languages are read only where every line is one command of plain words,
 * which is the same command in any shell.
 */
export function readRun(text: string, shell: Shell): ReadRun {
  switch (shell.kind) {
    case "bash":
    case "sh":
      return { kind: "read", dialect: shell.kind, options: shell.options, script: parseScript(text) };
    case "pwsh":
    case "powershell":
    case "cmd": {
      // Two pairs of quotes are nothing, in quotes and outside: with them places in the script stay what they are.
      const written = shell.kind === "cmd" ? text : readEnvironment(text, (name) => `${name}""""`);
      const masked = shell.kind === "cmd" ? text : readEnvironment(text, () => "x");
      // A program that fails does not end the script: what GitHub puts in front stops at PowerShell's own errors only.
      if (arePlainLines(masked, shell.kind))
        return { kind: "read", dialect: "bash", options: NO_OPTIONS, script: parseScript(written) };
      return { kind: "unknown", reason: `the script is written for ${shell.kind}, which is not read` };
    }
    case "other": {
      const name = shell.command.includes("${{") ? `the shell that ${shell.command} names` : `\`${shell.command}\``;
      return { kind: "unknown", reason: `the script is written for ${name}, which is not read` };
    }
  }
}

/**
 * PowerShell's `$env:NAME` and `${env:NAME}` as another shell says it. In front of a colon the name would go on.
 */
function readEnvironment(text: string, write: (variable: string) => string): string {
  return text
    .replace(/\$env:([A-Za-z_]\w*)(?![\w:])/gi, (_, name: string) => write(`$${name}`))
    .replace(/\$\{env:([A-Za-z_]\w*)\}/gi, (_, name: string) => write(`\${${name}}`));
}

function arePlainLines(text: string, shell: "pwsh" | "powershell" | "cmd"): boolean {
  if (text.length > MOST_CHARACTERS) return false;
  // An expression is one word, or a piece of one: what it stands for is not seen in any shell.
  const { masked } = maskExpressions(text);
  return masked.split(/\r?\n/).every((line) => line.trim() === "" || isPlainLine(line.trim(), shell));
}

function isPlainLine(line: string, shell: "pwsh" | "powershell" | "cmd"): boolean {
  const words: string[] = [];
  const next = /((?:[\w./:=+@~^-]|"[\w ./:=+@,-]*")+)(?:[ \t]+|$)/y;
  while (next.lastIndex < line.length) {
    const word = next.exec(line)?.[1];
    if (word === undefined) return false;
    words.push(word);
  }
  const [name = ""] = words;
  if (!/^[A-Za-z][\w.-]*$/.test(name) || SHELL_WORDS.test(name)) return false;
  return words.every((word) => isPlainWord(word, shell));
}

function isPlainWord(word: string, shell: "pwsh" | "powershell" | "cmd"): boolean {
  if (shell === "cmd") return !word.includes("^");
  // PowerShell takes `@name` for a variable, and parts `-a.b` and `-a:b` in two.
  return !word.startsWith("@") && !word.startsWith("~") && !/^-[^-"]*[.:]/.test(word);
}

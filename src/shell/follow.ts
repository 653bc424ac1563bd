import { followJust } from "./follow-just.ts";
import { followMake } from "./follow-make.ts";
import { followPackageScript } from "./follow-package-script.ts";
import { followTask } from "./follow-task.ts";
import { parseScript } from "./parse-script.ts";
import type { Field } from "./scope.ts";
import { findFile, outOfSight, type FollowContext, type Followed, type FollowedScript } from "./repository-file.ts";
import { NO_OPTIONS, readShellOptions, type ShellOptions } from "./shell-options.ts";
import type { Run } from "./unwrapped.ts";
import { literalOf, type Value } from "./value.ts";
import { literalsOf } from "./words.ts";

/** Programs that run a file that is no shell script. */
const INTERPRETERS = new Set([
  "node",
  "python",
  "python3",
  "ruby",
  "perl",
  "php",
  "deno",
  "bun",
  "tsx",
  "ts-node",
  "pwsh",
  "Rscript",
]);

/** Scripts that build tools put into every repository: they fetch the tool and start it. */
const BUILD_STARTERS = /(?:^|\/)(?:gradlew|mvnw)$/;

/**
 * Finds the script of the repository that a command runs.
 *
 * @example
 * follow(unwrapCommand(fields).run, context); // `bash ci/push.sh v1` → ci/push.sh, with $1 = v1
 */
export function follow(run: Run, context: FollowContext): Followed {
  switch (run.kind) {
    case "file":
      return followFile(run.path, context, { dialect: run.shell, options: run.options, positional: run.positional });
    case "source": {
      const positional = run.positional.length === 0 ? undefined : run.positional;
      return followFile(run.path, context, { positional, isProcess: false });
    }
    case "program":
      return followProgram(run.fields, context);
    case "unknown":
      return outOfSight(run.reason);
    default:
      return { kind: "none" };
  }
}

function followProgram(fields: readonly Field[], context: FollowContext): Followed {
  const [first, ...args] = fields;
  if (first === undefined) return { kind: "none" };
  const name = literalOf(first.value);
  if (name === undefined || !first.isOne) {
    const isPath =
      first.value.kind === "text" && first.value.fragments.some((f) => f.kind === "literal" && f.text.includes("/"));
    return outOfSight(isPath ? "the path of the program is computed" : "the name of the program is computed");
  }
  if (name === "make" || name === "gmake") return followMake(args, context);
  if (name === "just") return followJust(args, context);
  if (name === "task" || name === "go-task") return followTask(args, context);
  if (["npm", "pnpm", "yarn", "bun"].includes(name)) {
    const followed = followPackageScript(name, args, context);
    if (followed.kind !== "none" || name !== "bun") return followed;
  }
  if (INTERPRETERS.has(name)) return followInterpreter(name, args);
  if (BUILD_STARTERS.test(name)) return { kind: "none" };
  if (!name.includes("/") || /^\/(?:usr|bin|opt|sbin)\//.test(name)) return { kind: "none" };
  return followFile(first.value, context, { positional: args });
}

function followInterpreter(name: string, args: readonly Field[]): Followed {
  const file = literalsOf(args).find((text) => text === undefined || /\.\w+$/.test(text));
  if (args.length === 0) return { kind: "none" };
  return outOfSight(`${name} runs ${file ?? "a program"}, which is no shell script`);
}

interface FileRun {
  readonly dialect?: "bash" | "sh";
  readonly options?: ShellOptions;
  readonly positional: readonly Field[] | undefined;
  readonly isProcess?: boolean;
}

function followFile(
  written: Value,
  context: FollowContext,
  { dialect, options, positional, isProcess = true }: FileRun,
): Followed {
  const found = findFile(written, context);
  if ("reason" in found) return outOfSight(found.reason);
  const { path, text } = found;
  const shebang = readShebang(text);
  if (dialect === undefined && isProcess && shebang.dialect === undefined)
    return outOfSight(`${path} is no shell script: its first line is ${text.split("\n", 1)[0]?.slice(0, 60) ?? ""}`);
  const script: FollowedScript = {
    path,
    line: 1,
    dialect: dialect ?? shebang.dialect ?? "bash",
    // The options in `#!` count only where the file itself is started.
    options: options ?? (isProcess ? shebang.options : NO_OPTIONS),
    script: parseScript(text, { hasExpressions: false }),
    positional,
    isProcess,
    directory: undefined,
    ignoresErrors: false,
  };
  return { kind: "scripts", scripts: [script] };
}

/** Reads `#!/bin/bash -e`, `#!/usr/bin/env bash`; a file without it is run by the shell that starts it. */
function readShebang(text: string): { readonly dialect: "bash" | "sh" | undefined; readonly options: ShellOptions } {
  if (!text.startsWith("#!")) return { dialect: text.includes("\0") ? undefined : "bash", options: NO_OPTIONS };
  const words = (text.slice(2).split("\n", 1)[0] ?? "").trim().split(/\s+/);
  const isEnv = /(?:^|\/)env$/.test(words[0] ?? "");
  const [program = "", ...args] = isEnv ? words.slice(words[1] === "-S" ? 2 : 1) : words;
  const name = /[^/]*$/.exec(program)?.[0];
  if (name !== "bash" && name !== "sh" && name !== "dash") return { dialect: undefined, options: NO_OPTIONS };
  return { dialect: name === "bash" ? "bash" : "sh", options: readShellOptions(args).options };
}

import type { By } from "../evidence.ts";
import { findRepository, openGitDir, type Found } from "../find-repository.ts";
import type { Entry } from "../git/config-entries.ts";
import { parseKey } from "../git/config-key.ts";
import { readConfig, type ReadConfig, type ReadEntry } from "../git/read-config.ts";
import { resolvePath } from "../paths.ts";
import { withAssumedRepository } from "../push-view.ts";
import type { Call } from "../script/walk.ts";
import type { Text } from "../text.ts";

/** A call of git, without the options in front of its command. */
export interface GitCall extends Call {
  /** `push`, `config`; undefined where there is none. */
  readonly subcommand: Text | undefined;
  /** The arguments behind it. */
  readonly rest: readonly Text[];
  /** Where it runs, after `-C`. */
  readonly directory: Text;
  readonly entries: readonly Entry<By>[];
  readonly found: Found;
  /** Where `--git-dir` or `GIT_DIR` says that the repository is. */
  readonly gitDir: Text | undefined;
}

const WITH_VALUE = new Set(["--namespace", "--exec-path", "--super-prefix", "--list-cmds", "--attr-source"]);

/** Reads `git -C dir -c KEY=VALUE --git-dir=… command …`. */
export function readGitCall(call: Call): GitCall {
  const { args, world, variable } = call;
  let directory = world.shell.directory;
  let gitDir = variable("GIT_DIR");
  const entries: Entry<By>[] = [];
  let at = 0;
  for (; at < args.length; at++) {
    const arg = args[at] ?? "";
    if (arg === "-C") directory = resolvePath(directory, args[++at] ?? "");
    else if (arg === "-c") entries.push(...readPair(call, args[++at] ?? ""));
    else if (arg.startsWith("--config-env")) {
      const pair = arg.includes("=") ? arg.slice("--config-env=".length) : (args[++at] ?? "");
      const equals = pair.lastIndexOf("=");
      entries.push(...readPair(call, `${pair.slice(0, equals)}=${variable(pair.slice(equals + 1)) ?? ""}`));
    } else if (arg === "--git-dir") gitDir = args[++at];
    else if (arg.startsWith("--git-dir=")) gitDir = arg.slice("--git-dir=".length);
    else if (arg === "--work-tree" || WITH_VALUE.has(arg)) at++;
    else if (!arg.startsWith("-")) break;
  }
  return {
    ...call,
    subcommand: args[at],
    rest: args.slice(at + 1),
    directory,
    entries,
    gitDir: gitDir === "" ? undefined : gitDir,
    found:
      gitDir === undefined || gitDir === ""
        ? findRepository(world.files, directory)
        : openGitDir(world.files, resolvePath(directory, gitDir)),
  };
}

/** `KEY=VALUE`; a key alone is true. */
function readPair(call: Call, pair: Text): readonly Entry<By>[] {
  const equals = pair.indexOf("=");
  const key = parseKey(equals < 0 ? pair : pair.slice(0, equals));
  const by: By = {
    hop: { span: call.span, text: "git -c sets this for the one command" },
    giver: "given",
    isExplicit: true,
  };
  if (key === undefined) return [];
  return [{ key, value: equals < 0 ? "true" : pair.slice(equals + 1), by, isBare: equals < 0 }];
}

/** The configuration that a call of git reads. */
export function configOf(call: GitCall): readonly ReadEntry[] {
  return readConfigOf(call).entries;
}

export function readConfigOf(call: GitCall): ReadConfig {
  return readConfig({
    files: call.world.files,
    repository: call.found.kind === "found" ? call.found.repository : undefined,
    variable: call.variable,
    by: {
      hop: { span: call.span, text: "the environment's GIT_CONFIG_COUNT sets this for the command" },
      giver: "given",
      isExplicit: true,
    },
    command: call.entries,
    concrete: (url) => withAssumedRepository(url, call.walk.analysis),
  });
}

import { NO_OPTIONS } from "../../shell/shell-options.ts";
import { parseValue } from "../../shell/parse-script.ts";
import { literal, type Value } from "../../shell/value.ts";
import { printKey } from "../git/config-key.ts";
import { enterProcess, leaveProcess } from "../script/process.ts";
import { runStatements } from "../script/run-statements.ts";
import { sourceOfCommand } from "../script/script-source.ts";
import { endShell } from "../script/traps.ts";
import { MOST_LEVELS, type Call, type Result } from "../script/walk.ts";
import { withVariable } from "../script/variables.ts";
import type { Text } from "../text.ts";
import { withShell, type World } from "../world.ts";
import { configOf, type GitCall } from "./git-call.ts";

/** git's own commands: an alias of that name is never asked. `git help -a` */
const OWN = new Set(
  "apply archive bisect blame bundle check-ignore clean commit-tree count-objects describe difftool fast-export fast-import filter-branch for-each-ref format-patch fsck gc gitk grep gui hash-object help index-pack instaweb log ls-files ls-tree maintenance mergetool mktag mktree name-rev notes pack-objects prune range-diff read-tree rebase reflog repack replace request-pull restore rev-list send-email shortlog show show-branch sparse-checkout stash status stripspace svn update-index update-ref var verify-commit verify-tag version whatchanged write-tree".split(
    " ",
  ),
);

/**
 * Runs `alias.NAME`: another command of git's, or with `!` a shell's. git-config(1), alias.*
 *
 * @param git runs git with these arguments
 * @returns undefined where there is no such alias
 */
export function runAlias(call: GitCall, git: (call: Call) => readonly Result[]): readonly Result[] | undefined {
  const { subcommand = "", walk } = call;
  if (OWN.has(subcommand) || walk.depth >= MOST_LEVELS) return undefined;
  const value = configOf(call).findLast(
    ({ key }) => key.section === "alias" && key.name === subcommand.toLowerCase() && key.subsection === undefined,
  )?.value;
  if (value === undefined) return undefined;
  if (value.startsWith("!")) return runShell(call, value.slice(1), call.rest);
  const words = splitCommandLine(value);
  const options = call.args.slice(0, call.args.length - call.rest.length - 1);
  const deeper = { ...walk, depth: walk.depth + 1 };
  return words && git({ ...call, walk: deeper, args: [...options, ...words, ...call.rest] });
}

/** In a shell of its own, at the top of the working tree or where it is said, with the arguments behind it. */
export function runShell(call: GitCall, text: Text, rest: readonly Text[], where?: Text): readonly Result[] {
  const { walk, world, found, directory, span } = call;
  const { symbols } = walk.analysis;
  const script = parseValue(symbols.decode(rest.length === 0 ? text : `${text} "$@"`));
  if (script.kind === "unreadable") return [{ world, status: "likely" }];
  const top = found.kind === "found" ? found.repository.top : undefined;
  const entered = withShell(withParameters(enterProcess(world, NO_OPTIONS), call), {
    directory: where ?? top ?? directory,
    positional: rest.map((arg): Value => symbols.decode(arg)),
  });
  const source = { ...sourceOfCommand(script.text, span), label: walk.source.label };
  const place = { walk: { ...walk, source, depth: walk.depth + 1 }, isTested: true, input: call.input };
  return endShell(runStatements(script.statements, entered, place), place).map((end) => {
    const { world: left, status } = leaveProcess(end, world);
    const { printed } = left.shell;
    return { world: withShell(left, { printed: world.shell.printed }), status, output: printed ?? literal("") };
  });
}

/** What stands behind `-c` holds for whatever git starts: `GIT_CONFIG_PARAMETERS`. */
function withParameters(world: World, { entries, variable, walk }: GitCall): World {
  if (entries.length === 0) return world;
  const quote = (text: Text): Text => `'${text.replaceAll("'", "'\\''")}'`;
  const own = entries.map(({ key, value }) => `${quote(printKey(key))}=${quote(value)}`);
  const before = variable("GIT_CONFIG_PARAMETERS") ?? "";
  const text = [...(before === "" ? [] : [before]), ...own].join(" ");
  const value = walk.analysis.symbols.decode(text);
  return withVariable(world, "GIT_CONFIG_PARAMETERS", { value, isExported: true });
}

/** As git splits an alias into words: quotes and backslashes, and nothing else of a shell's. alias.c, split_cmdline */
function splitCommandLine(text: Text): readonly Text[] | undefined {
  const words: Text[] = [];
  let word: Text | undefined;
  let quote = "";
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? "";
    if (quote === "" && /\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (quote === "" && /["']/.test(char)) {
      quote = char;
      word ??= "";
    } else if (char === quote) quote = "";
    else if (char === "\\" && quote !== "'") word = (word ?? "") + (text[++at] ?? "");
    else word = (word ?? "") + char;
  }
  if (quote !== "") return undefined;
  return word === undefined ? words : [...words, word];
}

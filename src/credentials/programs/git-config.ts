import { concatenate, EMPTY } from "../../shell/value.ts";
import { applyEffect } from "../apply-effect.ts";
import type { ConfigEffect } from "../effects.ts";
import type { Files } from "../files.ts";
import type { Entry, Scope } from "../git/config-entries.ts";
import type { By } from "../evidence.ts";
import { readConfigFile } from "../git/config-file.ts";
import { equalKeys, parseKey, printKey, type ConfigKey } from "../git/config-key.ts";
import { globalFiles, systemFiles, usesWorktreeConfig, type ReadEntry } from "../git/read-config.ts";
import { resolvePath } from "../paths.ts";
import { byCommand, done, type Result } from "../script/walk.ts";
import { hasSymbol, type Text } from "../text.ts";
import { configOf, type GitCall } from "./git-call.ts";
import { hasOption, readArguments, type Arguments } from "./options.ts";
import { printAll, printMatching, printUrlMatch, printValues } from "./print-entries.ts";

const WITH_VALUE = ["--file", "-f", "--blob", "--type", "-t", "--default", "--value", "--comment", "--url"];

/** `git config`, in its old form and in that of git 2.46: `git config set KEY VALUE`. */
export function runGitConfig(call: GitCall): readonly Result[] {
  const args = readArguments(call.rest, WITH_VALUE);
  const [verb, ...others] = args.operands;
  if (verb !== undefined && NEW_VERBS.has(verb) && !verb.includes(".")) return run(call, verb, others, args);
  return run(call, oldVerb(args), args.operands, args);
}

const NEW_VERBS = new Set(["get", "set", "unset", "list", "rename-section", "remove-section", "edit", "get-all"]);

function oldVerb(args: Arguments): string {
  for (const name of [
    "get",
    "get-all",
    "get-regexp",
    "get-urlmatch",
    "add",
    "replace-all",
    "unset",
    "unset-all",
    "remove-section",
    "rename-section",
    "list",
    "edit",
  ])
    if (args.options.has(`--${name}`)) return name;
  if (args.options.has("-l")) return "list";
  if (args.options.has("-e")) return "edit";
  return args.operands.length < 2 ? "get" : "set";
}

function run(call: GitCall, verb: string, operands: readonly Text[], args: Arguments): readonly Result[] {
  const [name = "", value = "", pattern] = operands;
  const key = parseKey(name);
  switch (verb) {
    case "get":
    case "get-all":
      return key === undefined
        ? done(call.world, false)
        : answer(call, args, key, verb === "get-all" || hasOption(args, "--all"));
    case "list":
      return printAll(call, args, entriesToRead(call, args));
    case "get-regexp":
      return printMatching(call, args, entriesToRead(call, args), name);
    case "get-urlmatch":
      return printUrlMatch(call, entriesToRead(call, args), name, value);
    case "edit":
      return done(call.world, "likely");
    case "remove-section":
      if (isComputed(name)) return forget(call, args);
      return change(call, args, { action: "remove-section", name });
    case "rename-section":
      return change(call, args, { action: "rename-section", name, to: value });
    case "unset":
    case "unset-all": {
      const action = verb === "unset-all" || hasOption(args, "--all") ? "unset-all" : "unset";
      if (isComputed(name)) return forget(call, args);
      if (key === undefined) return done(call.world, false);
      return change(call, args, { action, key, pattern: operands[1] ?? args.options.get("--value") });
    }
    default: {
      if (isComputed(name)) return forget(call, args);
      if (key === undefined) return done(call.world, false);
      const entry: Entry<By> = { key, value, by: byCommand(call, describeSet(call, key, value)) };
      if (verb === "add" || hasOption(args, "--append")) return change(call, args, { action: "add", entry });
      const action = verb === "replace-all" || hasOption(args, "--all") ? "replace-all" : "set";
      return change(call, args, { action, entry, pattern });
    }
  }
}

/** A key of which nobody can tell whether it decides a push: `"$KEY"`, `http.$URL.extraheader`; `branch.$NAME.merge` does not. */
function isComputed(name: Text): boolean {
  if (!hasSymbol(name)) return false;
  const [section = ""] = name.split(".", 1);
  return hasSymbol(section) || DECIDING.has(section.toLowerCase());
}

/** Sections whose entries are told apart by what stands between the dots, and decide what a push sends. */
const DECIDING: ReadonlySet<string> = new Set(["includeif"]);

/** Which entry a computed key means is not known, and so nothing is known of the file any more. */
function forget(call: GitCall, args: Arguments): readonly Result[] {
  const path = fileToWrite(call, args);
  if (path === undefined) return done(call.world, "likely");
  const reason = "git's configuration is changed here under a key that is computed";
  return done(
    { ...call.world, files: applyEffect(call.world.files, { kind: "forget", path, reason }).files },
    "likely",
  );
}

function describeSet(call: GitCall, key: ConfigKey, value: Text): string {
  const { symbols } = call.walk.analysis;
  return value === ""
    ? `git config empties ${symbols.show(printKey(key))} here`
    : `git config sets ${symbols.show(printKey(key))} here`;
}

function change(call: GitCall, args: Arguments, change: ConfigEffect["change"]): readonly Result[] {
  const file = fileToWrite(call, args);
  if (file === undefined) return done(call.world, call.found.kind === "unknown" ? "likely" : false);
  const { files, succeeded } = applyEffect(call.world.files, {
    kind: "config",
    file,
    change,
    isFixed: hasOption(args, "--fixed-value"),
  });
  if (call.walk.isRecording) noticeUnset(call, file, change, files);
  // git-config(1), DESCRIPTION: 5 where there is nothing to unset, or more than one line would be.
  const code = succeeded ? undefined : 5;
  return [{ world: { ...call.world, files }, status: succeeded, output: EMPTY, code }];
}

/** What should take a header away, and whether it does. */
function noticeUnset(call: GitCall, file: Text, change: ConfigEffect["change"], files: Files): void {
  const { analysis, source } = call.walk;
  // What is in the file is not known, or an action does it, which knows what it does.
  if (call.world.files.get(file)?.kind === "unknown" || source.label !== undefined) return;
  const key = removedHeader(change);
  if (key === undefined) return;
  const after = { ...call, world: { ...call.world, files } };
  const left = configOf(after).filter((entry) => equalKeys(entry.key, key) && entry.value !== "");
  const { command, span } = call;
  const shown = analysis.symbols.show(printKey(key));
  analysis.notice?.({
    kind: "unset",
    span,
    command,
    key: shown,
    hasRemoved: files !== call.world.files,
    left: left.map(({ by }) => by.hop),
  });
}

function removedHeader(change: ConfigEffect["change"]): ConfigKey | undefined {
  if (change.action === "unset" || change.action === "unset-all")
    return change.key.section === "http" && change.key.name === "extraheader" ? change.key : undefined;
  if (change.action !== "remove-section") return undefined;
  const key = parseKey(`${change.name}.extraheader`);
  return key?.section === "http" ? key : undefined;
}

/** The file that `--global`, `--system`, `--file`, `--worktree` or nothing means. */
function fileToWrite(call: GitCall, args: Arguments): Text | undefined {
  const given = args.options.get("--file") ?? args.options.get("-f") ?? call.variable("GIT_CONFIG");
  if (given !== undefined) return resolvePath(call.directory, given);
  if (hasOption(args, "--system")) return systemFiles(call)[0];
  if (hasOption(args, "--global")) {
    const [first, second] = globalFiles(call);
    const usesFirst =
      first !== undefined && call.world.files.has(first) && !(second !== undefined && call.world.files.has(second));
    return usesFirst || second === undefined ? first : second;
  }
  if (call.found.kind !== "found") return undefined;
  const { repository } = call.found;
  // Without `extensions.worktreeConfig` it is the same file.
  return hasOption(args, "--worktree") && usesWorktreeConfig(configOf(call))
    ? `${repository.gitDir}/config.worktree`
    : `${repository.commonDir}/config`;
}

/** What `git config --get KEY` prints. With a file named, includes are not followed: C56. */
function answer(call: GitCall, args: Arguments, key: ConfigKey, isAll: boolean): readonly Result[] {
  const values = entriesToRead(call, args).filter((entry) => equalKeys(entry.key, key));
  const { symbols } = call.walk.analysis;
  if (values.length === 0) {
    const fallback = args.options.get("--default");
    if (fallback !== undefined) return done(call.world, true, symbols.decode(`${fallback}\n`));
    if (call.found.kind === "unknown") return done(call.world, "open");
    // What the runner's image and the checkout have besides is not in the model.
    const isModelled = ["http", "remote", "credential", "include", "includeif", "url"].includes(key.section);
    return isModelled ? done(call.world, false, EMPTY) : done(call.world, "open");
  }
  const printed = isAll ? values : values.slice(-1);
  if (hasOption(args, "--show-origin", "--show-scope", "-z", "--null")) return printValues(call, args, printed);
  return done(call.world, true, concatenate(printed.map(({ value }) => symbols.decode(`${value}\n`))));
}

function entriesToRead(call: GitCall, args: Arguments): readonly (Entry | ReadEntry)[] {
  const hasFile = ["--file", "-f", "--local", "--global", "--system", "--worktree"].some((name) =>
    args.options.has(name),
  );
  if (!hasFile) return configOf(call);
  const path = fileToWrite(call, args);
  if (hasOption(args, "--includes"))
    return configOf(call).filter(
      (entry: ReadEntry) => entry.file !== undefined && (entry.file === path || entry.scope === "local"),
    );
  const file = readConfigFile(path === undefined ? undefined : call.world.files.get(path));
  return file.kind === "entries" ? file.entries.map((entry) => ({ ...entry, scope: scopeIn(args), file: path })) : [];
}

function scopeIn({ options }: Arguments): Scope {
  return options.has("--global")
    ? "global"
    : options.has("--system")
      ? "system"
      : options.has("--local")
        ? "local"
        : "command";
}

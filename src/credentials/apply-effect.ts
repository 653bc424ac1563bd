import { addSubmodules, applyCheckout } from "./apply-checkout.ts";
import type { ConfigEffect, Effect } from "./effects.ts";
import type { By } from "./evidence.ts";
import { copyTree, withFile, withoutTree, type Files } from "./files.ts";
import {
  addEntry,
  removeSection,
  renameSection,
  replaceAll,
  setEntry,
  unsetAll,
  unsetEntry,
  type Changed,
  type Entry,
  type ValueTest,
} from "./git/config-entries.ts";
import { readConfigFile } from "./git/config-file.ts";
import { withHead } from "./git/head.ts";
import { parseConfig } from "./git/parse-config.ts";
import { baseName } from "./paths.ts";
import { hasSymbol, type Text } from "./text.ts";

/** The files as an effect leaves them, and whether it could do its work. */
export interface Applied {
  readonly files: Files;
  readonly succeeded: boolean;
}

/** Applies one effect. Every change of the state goes through here. */
export function applyEffect(files: Files, effect: Effect): Applied {
  switch (effect.kind) {
    case "checkout":
      return { files: applyCheckout(files, effect), succeeded: true };
    case "config":
      return applyConfig(files, effect);
    case "init":
      return succeeded(initRepository(files, effect.directory, effect.isBare, undefined, [], effect.by));
    case "clone": {
      const { directory, isBare, branch, url, remote, entries, by } = effect;
      const origin: Entry<By> = { key: { section: "remote", subsection: remote, name: "url" }, value: url, by };
      return succeeded(
        initRepository(withoutTree(files, directory), directory, isBare, branch, [...entries, origin], by),
      );
    }
    case "worktree": {
      const gitDir = `${effect.commonDir}/worktrees/${baseName(effect.path)}`;
      const by: By = { hop: { span: undefined, text: "a linked worktree" }, giver: "given" };
      const linked = withFile(files, `${effect.path}/.git`, { kind: "text", text: `gitdir: ${gitDir}`, by });
      return succeeded(effect.branch === undefined ? linked : withHead(linked, gitDir, effect.branch, by));
    }
    case "submodules":
      return succeeded(addSubmodules(files, effect.top, effect.gitDir, effect.submodules, effect.by, () => []));
    case "directory":
      return succeeded(files.has(effect.path) ? files : withFile(files, effect.path, { kind: "directory" }));
    case "branch":
      return succeeded(withHead(files, effect.gitDir, effect.name, effect.by));
    case "copy":
      return { files: copyTree(files, effect.from, effect.to), succeeded: true };
    case "move":
      return succeeded(withoutTree(copyTree(files, effect.from, effect.to), effect.from));
    case "remove":
      return succeeded(withoutTree(files, effect.path));
    case "write":
      return succeeded(writeFile(files, effect.path, effect.text, effect.append, effect.by));
    case "forget":
      return succeeded(withFile(files, effect.path, { kind: "unknown", reason: effect.reason }));
  }
}

function succeeded(files: Files): Applied {
  return { files, succeeded: true };
}

function applyConfig(files: Files, { file: path, change, isFixed = false }: ConfigEffect): Applied {
  const file = readConfigFile(files.get(path));
  // What is there is not known, and stays so.
  if (file.kind === "unknown") return { files, succeeded: true };
  const { entries } = file;
  const { entries: made, exitCode } = changeEntries(entries, change, isFixed);
  if (made === entries) return { files, succeeded: exitCode === 0 };
  return { files: withFile(files, path, { kind: "config", entries: made }), succeeded: exitCode === 0 };
}

function changeEntries(entries: readonly Entry<By>[], change: ConfigEffect["change"], isFixed: boolean): Changed<By> {
  switch (change.action) {
    case "set":
      return setEntry(entries, change.entry, testOf(change.pattern, isFixed));
    case "replace-all":
      return replaceAll(entries, change.entry, testOf(change.pattern, isFixed));
    case "add":
      return addEntry(entries, change.entry);
    case "unset":
      return unsetEntry(entries, change.key, testOf(change.pattern, isFixed));
    case "unset-all":
      return unsetAll(entries, change.key, testOf(change.pattern, isFixed));
    case "remove-section":
      return removeSection(entries, change.name);
    case "rename-section":
      return renameSection(entries, change.name, change.to);
  }
}

/** A value's pattern is an extended regular expression, a leading `!` turns it round. */
function testOf(pattern: Text | undefined, isFixed: boolean): ValueTest {
  if (pattern !== undefined && isFixed) return (value) => value === pattern;
  if (pattern === undefined || hasSymbol(pattern)) return undefined;
  const isNegated = pattern.startsWith("!");
  try {
    const expression = new RegExp(isNegated ? pattern.slice(1) : pattern);
    return (value) => expression.test(value) !== isNegated;
  } catch {
    return undefined;
  }
}

function initRepository(
  files: Files,
  directory: Text,
  isBare: boolean,
  branch: Text | undefined,
  entries: readonly Entry<By>[],
  by: By,
): Files {
  const gitDir = isBare ? directory : `${directory}/.git`;
  // `git init` in a repository that is there changes nothing.
  if (files.has(`${gitDir}/config`) && entries.length === 0) return files;
  const made = withFile(files, `${gitDir}/config`, { kind: "config", entries });
  return withHead(made, gitDir, branch, by);
}

/** Text that is added to a configuration goes on in its last section. */
function writeFile(files: Files, path: Text, text: Text, append: boolean, by: By): Files {
  const before = append ? files.get(path) : undefined;
  switch (before?.kind) {
    case undefined:
    case "directory":
      return withFile(files, path, { kind: "text", text, by });
    case "text":
      return withFile(files, path, { kind: "text", text: before.text + text, by });
    case "unknown":
      return files;
    case "config": {
      const last = before.entries.at(-1)?.key;
      const added = parseConfig(text, by, last);
      if (added === undefined)
        return withFile(files, path, {
          kind: "unknown",
          reason: "what is added to git's configuration cannot be read",
        });
      return added.length === 0
        ? files
        : withFile(files, path, { kind: "config", entries: [...before.entries, ...added] });
    }
  }
}

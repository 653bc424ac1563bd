import type { By } from "../evidence.ts";
import type { Files } from "../files.ts";
import type { Repository } from "../find-repository.ts";
import { HOME, parentOf, resolvePath } from "../paths.ts";
import type { Text } from "../text.ts";
import type { Entry, Scope } from "./config-entries.ts";
import { asConfig } from "./config-file.ts";
import { parseKey } from "./config-key.ts";
import { includeApplies } from "./include.ts";

/** An entry, and where it was read. */
export interface ReadEntry extends Entry<By> {
  readonly scope: Scope;
  readonly file: Text | undefined;
}

/** What the configuration of one call of git depends on. */
export interface ConfigSources {
  readonly files: Files;
  readonly repository: Repository | undefined;
  readonly variable: (name: string) => Text | undefined;
  /** Who set the environment. */
  readonly by: By;
  /** `-c KEY=VALUE`, in order. */
  readonly command: readonly Entry<By>[];
}

/** More includes in includes than this are a circle: git's own limit. */
const MOST_LEVELS = 10;

/** What git reads. */
export interface Configuration {
  /** In the order in which git reads them: git-config(1), FILES. */
  readonly entries: readonly ReadEntry[];
  /** Why there may be more: a file is not known. */
  readonly unknown: string | undefined;
}

/** All that is configured for a call of git. */
export function readConfig(sources: ConfigSources): Configuration {
  const { repository } = sources;
  const entries: ReadEntry[] = [];
  const unknown: string[] = [];
  const readFile = (path: Text, scope: Scope): void => readInto(path, scope, sources, { entries, unknown }, 0);
  for (const path of systemFiles(sources)) readFile(path, "system");
  for (const path of globalFiles(sources)) readFile(path, "global");
  if (repository !== undefined) {
    readFile(`${repository.commonDir}/config`, "local");
    readFile(`${repository.gitDir}/config.worktree`, "worktree");
  }
  for (const entry of environmentEntries(sources)) entries.push({ ...entry, scope: "environment", file: undefined });
  for (const entry of sources.command) entries.push({ ...entry, scope: "command", file: undefined });
  return { entries, unknown: unknown[0] };
}

export function systemFiles({ variable }: Pick<ConfigSources, "variable">): readonly Text[] {
  if (/^(?:1|true|yes|on)$/i.test(variable("GIT_CONFIG_NOSYSTEM") ?? "")) return [];
  return [variable("GIT_CONFIG_SYSTEM") ?? "/etc/gitconfig"];
}

/** In the order in which they are read; `git config --global` writes to the last, unless only the first is there. */
export function globalFiles({ variable }: Pick<ConfigSources, "variable">): readonly Text[] {
  const given = variable("GIT_CONFIG_GLOBAL");
  if (given !== undefined) return given === "" ? [] : [given];
  const home = variable("HOME") ?? HOME;
  const xdg = variable("XDG_CONFIG_HOME");
  return [`${xdg === undefined || xdg === "" ? `${home}/.config` : xdg}/git/config`, `${home}/.gitconfig`];
}

interface Reading {
  readonly entries: ReadEntry[];
  readonly unknown: string[];
}

function readInto(path: Text, scope: Scope, sources: ConfigSources, into: Reading, level: number): void {
  if (level > MOST_LEVELS) return;
  const file = asConfig(sources.files.get(path));
  if (file.kind === "unknown") {
    into.unknown.push(file.reason);
    return;
  }
  for (const entry of file.entries) {
    into.entries.push({ ...entry, scope, file: path });
    const included = includedPath(entry, path, sources);
    if (included !== undefined) readInto(included, scope, sources, into, level + 1);
  }
}

function includedPath({ key, value }: Entry, from: Text, { repository, variable }: ConfigSources): Text | undefined {
  if (key.name !== "path") return undefined;
  const home = variable("HOME") ?? HOME;
  const isPlain = key.section === "include" && key.subsection === undefined;
  const isConditional =
    key.section === "includeif" &&
    repository !== undefined &&
    includeApplies(key.subsection ?? "", repository.gitDir, home);
  if (!isPlain && !isConditional) return undefined;
  return value.startsWith("~/") ? resolvePath(home, value.slice(2)) : resolvePath(parentOf(from), value);
}

/** `GIT_CONFIG_COUNT` with its keys and values, then `GIT_CONFIG_PARAMETERS`. */
function environmentEntries({ variable, by }: ConfigSources): readonly Entry<By>[] {
  const entries: Entry<By>[] = [];
  const count = Number(variable("GIT_CONFIG_COUNT") ?? 0);
  for (let at = 0; at < Math.min(count || 0, 100); at++) {
    const key = parseKey(variable(`GIT_CONFIG_KEY_${at}`) ?? "");
    if (key !== undefined) entries.push({ key, value: variable(`GIT_CONFIG_VALUE_${at}`) ?? "", by });
  }
  // `'key'='value'`, and `'key=value'` as git wrote it before 2.31.
  for (const [, first = "", second] of (variable("GIT_CONFIG_PARAMETERS") ?? "").matchAll(
    /'([^']*)'(?:='([^']*)')?/g,
  )) {
    const equals = first.indexOf("=");
    const [name, value] =
      second !== undefined || equals < 0
        ? [first, second ?? "true"]
        : [first.slice(0, equals), first.slice(equals + 1)];
    const key = parseKey(name);
    if (key !== undefined) entries.push({ key, value, by });
  }
  return entries;
}

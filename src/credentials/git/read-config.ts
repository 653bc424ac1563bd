import type { By } from "../evidence.ts";
import type { Files } from "../files.ts";
import type { Repository } from "../find-repository.ts";
import { HOME, parentOf, resolvePath } from "../paths.ts";
import type { Text } from "../text.ts";
import type { Entry, Scope } from "./config-entries.ts";
import { readConfigFile } from "./config-file.ts";
import { environmentEntries, type ConfigProblem } from "./environment-config.ts";
import { headBranch } from "./head.ts";
import { conditionOf, type Circumstances } from "./include.ts";

/** An entry, and where it was read. */
export interface ReadEntry extends Entry<By> {
  readonly scope: Scope;
  readonly file: Text | undefined;
  /** It holds only when this does, and nobody can tell before it runs. */
  readonly when?: string | undefined;
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
  /** A URL with the names that GitHub gives replaced by those that they are taken for. */
  readonly concrete: (url: Text) => Text;
}

/** What git reads. */
export interface ReadConfig {
  readonly entries: readonly ReadEntry[];
  /** Why git stops before it does anything; or why nobody can tell what it reads. */
  readonly problem: ConfigProblem | undefined;
}

/** More includes in includes than this are a circle: git's own limit. */
const MOST_LEVELS = 10;

/** Every entry, in the order in which git reads them: git-config(1), FILES. */
export function readConfig(sources: ConfigSources): ReadConfig {
  const first = new Reading(sources, []);
  first.readAll();
  const hasUrlCondition = first.entries.some(({ key }) => key.subsection?.startsWith("hasconfig:") === true);
  if (!hasUrlCondition) return first;
  // `hasconfig` asks for the URLs of all files, wherever they are read.
  const second = new Reading(sources, urlsIn(first.entries));
  second.readAll();
  return second;
}

function urlsIn(entries: readonly ReadEntry[]): readonly Text[] {
  return entries.flatMap(({ key, value }) => (key.section === "remote" && key.name === "url" ? [value] : []));
}

class Reading implements ReadConfig {
  readonly entries: ReadEntry[] = [];
  problem: ConfigProblem | undefined;
  readonly #sources: ConfigSources;
  readonly #circumstances: Circumstances;

  constructor(sources: ConfigSources, urls: readonly Text[]) {
    const { repository, variable, files, concrete } = sources;
    this.#sources = sources;
    this.#circumstances = {
      gitDir: repository?.gitDir,
      branch: repository === undefined ? undefined : headBranch(files, repository.gitDir),
      urls: urls.map(concrete),
      home: variable("HOME") ?? HOME,
    };
  }

  readAll(): void {
    const { repository, command } = this.#sources;
    for (const path of systemFiles(this.#sources)) this.#readFile(path, "system");
    for (const path of globalFiles(this.#sources)) this.#readFile(path, "global");
    if (repository !== undefined) {
      this.#readFile(`${repository.commonDir}/config`, "local");
      if (usesWorktreeConfig(this.entries)) this.#readFile(`${repository.gitDir}/config.worktree`, "worktree");
    }
    const environment = environmentEntries(this.#sources);
    this.problem ??= environment.problem;
    for (const entry of environment.entries) this.#add(entry, "environment", undefined, 0, undefined);
    for (const entry of command) this.#add(entry, "command", undefined, 0, undefined);
  }

  #readFile(path: Text, scope: Scope, level = 0, when?: string): void {
    const file = readConfigFile(this.#sources.files.get(path));
    if (level > MOST_LEVELS) return;
    if (file.kind === "unknown") this.problem ??= { isFatal: false, reason: file.reason };
    else for (const entry of file.entries) this.#add(entry, scope, path, level, when);
  }

  #add(entry: Entry<By>, scope: Scope, file: Text | undefined, level: number, when: string | undefined): void {
    this.entries.push({ ...entry, scope, file, when });
    if (entry.isBare === true && TEXTS.has(entry.key.name))
      this.problem ??= { isFatal: true, reason: `git stops: ${entry.key.name} is given without a value` };
    const { key, value } = entry;
    if (key.name !== "path" || !/^include(?:if)?$/.test(key.section)) return;
    const holds = key.section === "include" ? key.subsection === undefined : this.#holds(key.subsection ?? "", file);
    if (holds === false) return;
    const path = this.#pathOf(value, file);
    if (path === undefined) return;
    const conditions = [when, holds === true ? undefined : holds].filter((text) => text !== undefined);
    this.#readFile(path, scope, level + 1, conditions.length === 0 ? undefined : conditions.join(", and "));
  }

  #holds(condition: string, file: Text | undefined): boolean | string {
    return conditionOf(condition, file === undefined ? undefined : parentOf(file), this.#circumstances);
  }

  /** Relative paths are those of the file that includes; the command line has none. */
  #pathOf(value: Text, file: Text | undefined): Text | undefined {
    if (value.startsWith("~/")) return resolvePath(this.#circumstances.home, value.slice(2));
    if (value.startsWith("/")) return value;
    return file === undefined || value === "" ? undefined : resolvePath(parentOf(file), value);
  }
}

/** Variables that git takes for texts: without a value it stops. */
const TEXTS: ReadonlySet<string> = new Set([
  "extraheader",
  "helper",
  "insteadof",
  "pushinsteadof",
  "pushurl",
  "pushremote",
  "pushdefault",
  "sshcommand",
  "askpass",
]);

/** git-worktree(1), CONFIGURATION FILE. */
export function usesWorktreeConfig(entries: readonly Entry[]): boolean {
  const value = entries.findLast(({ key }) => key.section === "extensions" && key.name === "worktreeconfig")?.value;
  return value !== undefined && /^(?:1|true|yes|on)$/i.test(value);
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

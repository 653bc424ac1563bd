import { existsSync, realpathSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { UsageError } from "../ir/errors.ts";
import { SOURCES_FOLDER } from "../load/find-sources.ts";
import { CONFIG_NAMES, type Project } from "../project/project.ts";
import type { Severity } from "../report/finding.ts";
import { colored, plain, type Paint } from "../report/paint.ts";
import { fail } from "./fail.ts";
import type { Format } from "./formats.ts";
import { CLEAR_LINE, showsProgress } from "./terminal/progress.ts";
import type { Io } from "./io.ts";
import { defaultTimeLimit } from "./process/time-limit.ts";

/** The options that every command takes. */
export interface GlobalOptions {
  readonly format?: Format;
  readonly failOn?: Severity;
  readonly config?: string;
  readonly cwd?: string;
  readonly timeLimit?: number;
  readonly quiet?: true;
  readonly color: boolean;
}

/** What a command works on and how it reports. */
export interface Settings {
  readonly project: Project;
  readonly format: Format;
  /** Undefined where nobody said: the config may. */
  readonly failOn: Severity | undefined;
  readonly quiet: boolean;
  /** For standard output, and for standard error. */
  readonly paint: Paint;
  readonly paintError: Paint;
  readonly io: Io;
}

/**
 * @param looksUp whether a command that is called in a folder of a repository, and is told no other, works on the whole of it
 */
export function readSettings(options: GlobalOptions, io: Io, looksUp = false): Settings {
  const {
    failOn,
    config,
    cwd = looksUp ? topOf(io.cwd) : ".",
    timeLimit = defaultTimeLimit(io),
    quiet = false,
    color,
  } = options;
  const format = options.format ?? defaultFormat(io.env);
  const root = findRoot(resolve(io.cwd, cwd), cwd);
  const paint = (isTerminal: boolean): Paint => (color && usesColor(io.env, isTerminal) ? colored : plain);
  return {
    project: {
      root,
      flowkeep: io.flowkeep,
      // Node runs what was built, and no TypeScript.
      verdictThread: io.flowkeep.href.endsWith(".js") ? new URL("verdict-thread.js", io.flowkeep) : undefined,
      scratch: io.scratch,
      cache: findCache(io.env, root),
      config: config === undefined ? undefined : relative(root, resolve(io.cwd, config)).replaceAll("\\", "/"),
      observer: io.observer?.observe({
        timeLimit,
        report: (error) => void fail({ io, format }, [error]),
        tell: showsProgress({ io, quiet }) ? (text) => io.err(`${CLEAR_LINE}${text}\n`) : undefined,
      }),
    },
    format,
    failOn,
    quiet,
    paint: paint(io.isTerminal.out),
    paintError: paint(io.isTerminal.err),
    io,
  };
}

export function defaultFormat(env: Io["env"]): Format {
  return env["GITHUB_ACTIONS"] === "true" ? "github" : "text";
}

function findRoot(folder: string, given: string): string {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats?.isDirectory() !== true)
    throw new UsageError(`there is no folder ${given}: --cwd names the one that holds workflows-src/`);
  return realpathSync(folder);
}

/** The nearest folder, upward, that is a project or the top of a repository; where there is none, the folder itself. */
function topOf(folder: string): string {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (MARKS.some((name) => existsSync(join(at, name)))) return at;
    if (dirname(at) === at) return folder;
  }
}

const MARKS = [SOURCES_FOLDER, ".github", ".git", ...CONFIG_NAMES];

/** Where verdicts are kept: `FLOWKEEP_CACHE` says it, or `off`; else beside the packages, or in the user's own cache. */
function findCache(env: Io["env"], root: string): string | undefined {
  const given = env["FLOWKEEP_CACHE"];
  if (given !== undefined && given !== "") return given === "off" ? undefined : resolve(root, given);
  const modules = join(root, "node_modules");
  if (statSync(modules, { throwIfNoEntry: false })?.isDirectory()) return join(modules, ".cache/flowkeep");
  const home = env["XDG_CACHE_HOME"] ?? env["LOCALAPPDATA"] ?? (env["HOME"] ? join(env["HOME"], ".cache") : undefined);
  return home === undefined || home === "" ? undefined : join(home, "flowkeep");
}

// no-color.org, force-color.org
export function usesColor(env: Io["env"], isTerminal: boolean): boolean {
  if (env["NO_COLOR"]) return false;
  if (env["FORCE_COLOR"]) return env["FORCE_COLOR"] !== "0";
  return isTerminal && env["TERM"] !== "dumb";
}

/**
 * Whether sources may be a stranger's while secrets are near: then they are not run.
 * Source: securitylab.github.com, "Preventing pwn requests".
 */
export function isForeign({ env }: Io): boolean {
  const event = env["GITHUB_EVENT_NAME"];
  return env["GITHUB_ACTIONS"] === "true" && (event === "pull_request_target" || event === "workflow_run");
}

/** Refuses a command that can do nothing without running sources. */
export function refuseForeignSources(io: Io): void {
  if (!isForeign(io)) return;
  const event = io.env["GITHUB_EVENT_NAME"];
  throw new UsageError(
    `sources are not run under ${event}: they may be a stranger's, and this run has the repository's secrets. Run this command under pull_request`,
  );
}

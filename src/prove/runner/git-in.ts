import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { JobRun } from "./job-run.ts";
import { processEnvironment } from "./run-script.ts";

const runFile = promisify(execFile);

/** A git that failed in an action of ours. */
export class GitFailure extends Error {
  override readonly name = "GitFailure";
  readonly log: string;
  constructor(message: string, log: string) {
    super(message);
    this.log = log;
  }
}

/** git in a directory of the job, with the job's environment and without a terminal. */
export interface Git {
  /** @throws GitFailure */
  (...args: readonly string[]): Promise<string>;
  /** Undefined where it fails. */
  readonly try: (...args: readonly string[]) => Promise<string | undefined>;
  /**
   * One after the other, up to the first that fails, in one shell: to start a process from this one costs more than git does.
   *
   * @throws GitFailure
   */
  readonly all: (...commands: readonly (readonly string[])[]) => Promise<string>;
  /** The same in another directory, or with more in its environment. */
  readonly with: (more: { readonly directory?: string; readonly env?: Readonly<Record<string, string>> }) => Git;
}

export function gitIn(run: JobRun, directory: string, more: Readonly<Record<string, string>> = {}): Git {
  const frame = { outputs: new Map(), inputs: undefined, actionPath: undefined, defaults: NO_DEFAULTS };
  const env: Record<string, string> = {
    ...processEnvironment(run, run.state.env, frame),
    GIT_TERMINAL_PROMPT: "0",
    ...more,
  };
  // What an action does to prepare is no push of the job's, and git need not tell of it.
  delete env["GIT_TRACE2_EVENT"];
  const start = async (program: string, args: readonly string[], shown: string): Promise<string> => {
    const options = { cwd: directory, env, timeout: MOST_TIME, maxBuffer: 1e8, signal: run.tools.signal };
    try {
      return (await runFile(program, args, options)).stdout;
    } catch (error) {
      if (!(error instanceof Error && "stderr" in error && typeof error.stderr === "string")) throw error;
      const why = error.stderr.trim().split("\n").at(-1) ?? "";
      throw new GitFailure(`\`${shown}\` failed: ${why}`, error.stderr);
    }
  };
  const git = (...args: readonly string[]): Promise<string> => start("git", args, shownAs(args));
  return Object.assign(git, {
    all: (...commands: readonly (readonly string[])[]) => {
      const script = commands.map((args) => ["git", ...args.map(quoted)].join(" ")).join("\n");
      return start("sh", ["-ec", script], commands.map(shownAs).join("; "));
    },
    try: (...args: readonly string[]) =>
      git(...args).catch((error: unknown) => {
        if (error instanceof GitFailure) return undefined;
        throw error;
      }),
    with: (changes: { readonly directory?: string; readonly env?: Readonly<Record<string, string>> }) =>
      gitIn(run, changes.directory ?? directory, { ...more, ...changes.env }),
  });
}

/** A command for people: its values may be secrets, and its options say little. */
function shownAs(args: readonly string[]): string {
  return `git ${args.filter((arg) => !arg.startsWith("-")).join(" ")}`;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** Milliseconds. What an action of ours does is no script that may hang. */
const MOST_TIME = 300_000;

const NO_DEFAULTS = { shell: undefined, directory: undefined };

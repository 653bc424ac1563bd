import { explainGit } from "./explain-git.ts";
import {
  gitEnvironment,
  pickUserConfig,
  userEnvironment,
  type ConfigEntries,
  type Environment,
} from "./git-environment.ts";
import { RemoteError } from "./remote-error.ts";
import { GitFailure, runGit, type GitOutput } from "./run-git.ts";

/** What bounds the work with remote repositories. */
export interface RemoteLimits {
  /** Milliseconds for one command of git. */
  readonly timeout: number;
  /** Milliseconds to wait before each further try; as many as there are tries after the first. */
  readonly backoff: readonly number[];
  /** Bytes of a manifest or workflow. */
  readonly mostFile: number;
  /** Bytes of a list of refs. */
  readonly mostRefs: number;
  /** Bytes of packs that are fetched of one repository. */
  readonly mostFetched: number;
  /** Repositories that are read at once. */
  readonly parallel: number;
}

export const REMOTE_LIMITS: RemoteLimits = {
  timeout: 60_000,
  backoff: [500, 2_000],
  mostFile: 1 << 20,
  mostRefs: 32 << 20,
  mostFetched: 128 << 20,
  parallel: 8,
};

export interface GitOptions {
  readonly env: Environment;
  readonly limits: RemoteLimits;
  /** A folder whose repository's configuration the user has, too: the project. */
  readonly root: string;
}

interface GitCommand {
  readonly cwd: string;
  /** What it is about, for messages: `octo/deploy on github.com`. */
  readonly what: string;
  readonly protocols: readonly string[];
  readonly config?: ConfigEntries;
  readonly mostOutput?: number;
  readonly growing?: { readonly folder: string; readonly most: number };
  readonly input?: string;
}

/** The system's git, with a scrubbed configuration and environment. */
export class Git {
  readonly limits: RemoteLimits;
  readonly #env: Environment;
  readonly #root: string;
  #userConfig: Promise<ConfigEntries> | undefined;

  constructor({ env, limits, root }: GitOptions) {
    this.#env = env;
    this.limits = limits;
    this.#root = root;
  }

  /** Runs a command that is local, or that must not be repeated. */
  async run(args: readonly string[], command: GitCommand): Promise<GitOutput> {
    const { timeout } = this.limits;
    this.#userConfig ??= this.#readUserConfig();
    const config = [...(await this.#userConfig), ...(command.config ?? [])];
    try {
      return await runGit(args, {
        cwd: command.cwd,
        env: { ...gitEnvironment(this.#env, config, command.protocols), GIT_DIR: command.cwd },
        timeout,
        mostOutput: command.mostOutput ?? this.limits.mostFile,
        growing: command.growing,
        input: command.input,
      });
    } catch (error) {
      if (error instanceof GitFailure) throw explainGit(error, command.what, timeout);
      throw error;
    }
  }

  /** Runs a command that asks a server, and tries again where that did not answer. */
  async ask(args: readonly string[], command: GitCommand): Promise<GitOutput> {
    for (const wait of this.limits.backoff) {
      try {
        return await this.run(args, command);
      } catch (error) {
        if (!(error instanceof RemoteError) || error.failure !== "unreachable") throw error;
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
    return this.run(args, command);
  }

  /** Credentials and network of the user's own configuration; nothing where it cannot be read. */
  async #readUserConfig(): Promise<ConfigEntries> {
    const { timeout, mostFile: mostOutput } = this.limits;
    try {
      const run = { cwd: this.#root, env: userEnvironment(this.#env), timeout, mostOutput };
      const { stdout } = await runGit(["config", "--null", "--includes", "--list"], run);
      return pickUserConfig(stdout.toString());
    } catch (error) {
      if (error instanceof GitFailure) return [];
      throw error;
    }
  }
}

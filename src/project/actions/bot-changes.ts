import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { GITHUB_LOCK_FILE } from "../../actions/github-lock/github-lock.ts";
import { gitEnvironment, type Environment } from "../../actions/remote/git-environment.ts";
import { GitFailure, runGit } from "../../actions/remote/run-git.ts";
import { isGenerated } from "../../emit/header.ts";
import { UsageError } from "../../ir/errors.ts";
import { SOURCES_FOLDER } from "../../load/find-sources.ts";
import { LOCK_FILE } from "../project.ts";

/** A file of a bot's commit, as data: it is read, and nothing of it is run. */
export interface ChangedFile {
  readonly path: string;
  /** Where the bot began, and what it made of it; undefined where there is no such file. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Set where the lock that `after` comes from was raised. */
  readonly raised?: "lock";
}

/** Of a commit that is made, what is not in its files. */
export interface NewCommit {
  readonly branch: string;
  readonly message: string;
  /** Who wrote it. */
  readonly name: string;
  readonly email: string;
  /** A folder for what lives for a moment. */
  readonly scratch: string;
}

const TIMEOUT = 60_000;
const MOST_OUTPUT = 64 << 20;

/** Reads commits of the project's own repository, with nothing of its configuration. */
export class LocalCommits {
  readonly #root: string;
  readonly #env: Environment;

  constructor(root: string, env: Environment) {
    this.#root = root;
    this.#env = gitEnvironment(env, [["safe.directory", root]], []);
  }

  /** The commit that a name stands for. */
  async commit(name: string): Promise<string> {
    const listed = await this.#git("rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`);
    if (listed === undefined)
      throw new UsageError(`there is no commit ${name} here: fetch it first (git fetch origin <branch>)`);
    return listed.trim();
  }

  /** Whether a file that git knows differs from the commit that is checked out. */
  async isChanged(): Promise<boolean> {
    return (await this.#git("status", "--porcelain", "--untracked-files=no", "--ignore-submodules=all"))?.trim() !== "";
  }

  /** What the commits of a branch changed since it left `HEAD`, of what concerns flowkeep. */
  async changes(from: string): Promise<readonly ChangedFile[]> {
    const head = await this.commit(from);
    const base = (await this.#git("merge-base", "HEAD", head))?.trim();
    if (base === undefined)
      throw new UsageError(`${from} and HEAD have no commit in common here: fetch all of the history (fetch-depth: 0)`);
    const listed = (await this.#git("diff-tree", "-r", "-z", "--no-renames", "--name-only", base, head)) ?? "";
    const paths = listed.split("\0").filter(concernsFlowkeep);
    const files: ChangedFile[] = [];
    for (const path of paths)
      files.push({ path, before: await this.#file(base, path), after: await this.#file(head, path) });
    return files.filter(
      ({ path, before, after }) => !isWorkflow(path) || isGenerated(before ?? "") || isGenerated(after ?? ""),
    );
  }

  /**
   * Makes a commit on top of another one, and puts a branch at it, without checking anything out: the files become the given texts,
   * or go where there is none, and all others stay as the commit below has them. Undefined where it has all of that already.
   */
  async commitOn(
    parent: string,
    files: ReadonlyMap<string, string | undefined>,
    made: NewCommit,
  ): Promise<string | undefined> {
    const index = { GIT_INDEX_FILE: join(made.scratch, `flowkeep-index-${randomUUID()}`) };
    try {
      await this.#must(["read-tree", parent], index);
      for (const [path, text] of files) {
        if (text === undefined) await this.#must(["update-index", "--force-remove", "--", path], index);
        else {
          // As it is, whatever filters a .gitattributes names.
          const blob = await this.#must(["hash-object", "-w", "--no-filters", "--stdin"], index, text);
          await this.#must(["update-index", "--add", "--cacheinfo", `100644,${blob},${path}`], index);
        }
      }
      const tree = await this.#must(["write-tree"], index);
      if (tree === (await this.#must(["rev-parse", `${parent}^{tree}`], index))) return undefined;
      const author = { GIT_AUTHOR_NAME: made.name, GIT_AUTHOR_EMAIL: made.email };
      const committer = { GIT_COMMITTER_NAME: made.name, GIT_COMMITTER_EMAIL: made.email };
      const commit = await this.#must(
        ["commit-tree", "--no-gpg-sign", "-p", parent, tree],
        { ...author, ...committer },
        made.message,
      );
      await this.#must(["update-ref", "--", `refs/heads/${made.branch}`, commit], {});
      return commit;
    } finally {
      await rm(index.GIT_INDEX_FILE, { force: true });
    }
  }

  async #must(args: readonly string[], env: Environment, input?: string): Promise<string> {
    try {
      const run = { cwd: this.#root, env: { ...this.#env, ...env }, timeout: TIMEOUT, mostOutput: MOST_OUTPUT, input };
      return (await runGit(args, run)).stdout.toString().trim();
    } catch (error) {
      if (!(error instanceof GitFailure)) throw error;
      throw new UsageError(`git cannot make the commit (${args[0] ?? ""}): ${error.stderr.trim() || error.how}`);
    }
  }

  #file(commit: string, path: string): Promise<string | undefined> {
    return this.#git("cat-file", "blob", `${commit}:${path}`);
  }

  /** Undefined where git says no. */
  async #git(...args: readonly string[]): Promise<string | undefined> {
    try {
      const run = { cwd: this.#root, env: this.#env, timeout: TIMEOUT, mostOutput: MOST_OUTPUT };
      return (await runGit(args, run)).stdout.toString();
    } catch (error) {
      if (!(error instanceof GitFailure)) throw error;
      if (error.how === "failed" && !/not a git repository/.test(error.stderr)) return undefined;
      throw new UsageError(error.how === "failed" ? "this is no git repository" : `git cannot be asked: ${error.how}`);
    }
  }
}

function isWorkflow(path: string): boolean {
  return /^\.github\/(?:workflows|actions)\/.+\.ya?ml$/.test(path);
}

/** What a bot changes besides, such as package.json, is not flowkeep's, and is never looked at. */
function concernsFlowkeep(path: string): boolean {
  return (
    isWorkflow(path) ||
    path === LOCK_FILE ||
    path === GITHUB_LOCK_FILE ||
    path.startsWith("generated/") ||
    path.startsWith(`${SOURCES_FOLDER}/`) ||
    /^flowkeep\.config\.\w+$/.test(path)
  );
}

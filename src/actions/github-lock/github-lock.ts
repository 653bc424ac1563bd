import type { RepositoryIds } from "../lock.ts";

/** GitHub's own lock: where it lies, from the root. Source: docs.github.com, "Workflow dependency lockfiles". */
export const GITHUB_LOCK_FILE = ".github/workflows/actions.lock";

/** The form that new files get. */
export const GITHUB_LOCK_VERSION = "v0.0.2";

/**
 * The forms that are read, and kept as they are. v0.0.3 knows `hostname` besides, which nothing here needs to understand.
 * Source: github/actions-lockfile, `schema/lockfile-v0.0.2.json` and `schema/lockfile-v0.0.3.json`.
 */
export const GITHUB_LOCK_VERSIONS: readonly string[] = [GITHUB_LOCK_VERSION, "v0.0.3"];

/** What GitHub's lock says. Actions and reusable workflows go by pin: `owner/name@ref`, see `pinOf`. */
export interface GithubLock {
  readonly version: string;
  /** By a workflow's path from the root: what it uses itself. */
  readonly workflows: ReadonlyMap<string, readonly string[]>;
  readonly dependencies: ReadonlyMap<string, GithubDependency>;
}

export interface GithubDependency extends RepositoryIds {
  /** The tag or branch that the commit was found by: the pin's own, or, where that is a commit, one that has it. */
  readonly ref: string;
  /** 40 digits, or 64: without the `sha1-` or `sha256-` that the file has. */
  readonly commit: string;
  /** What it uses in turn. */
  readonly uses: readonly string[];
}

/** What a dependency should be, as far as it is known here. */
export interface WantedDependency {
  /** Undefined where no tag and no branch of the commit is known. */
  readonly ref: string | undefined;
  readonly commit: string;
  readonly uses: readonly string[];
  readonly ids: RepositoryIds | undefined;
}

/** Whether a text is a commit, which a pin may name in the place of a tag or branch. */
export function isDigest(ref: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(ref);
}

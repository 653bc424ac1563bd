import type { Text } from "./text.ts";

/** What a job did in a repository that its push will bring along. */
export interface Work {
  /** From the top of the working tree, as `git add` was given them; undefined: any. */
  readonly staged: readonly Text[] | undefined;
  readonly commit: Commit | undefined;
  /** Tags that were made; undefined: any. */
  readonly tags: readonly Text[] | undefined;
}

/** The commits that a job made on a branch, the last one's message. */
export interface Commit {
  /** Undefined: it is computed, or nobody can tell which of several it is. */
  readonly message: Text | undefined;
  /** The paths that they change; undefined: any. */
  readonly paths: readonly Text[] | undefined;
  readonly isSigned: boolean;
  /** The branch that was checked out. */
  readonly branch: Text | undefined;
  /** Others' commits came with a merge. */
  readonly isMixed: boolean;
}

export const NO_WORK: Work = { staged: [], commit: undefined, tags: [] };

/** Git directory → what was done there. */
export type Works = ReadonlyMap<Text, Work>;

export const NO_WORKS: Works = new Map();

/** Of two ways that come together. What was committed in one of them only is what a push brings, if it brings anything. */
export function joinWork(a: Work = NO_WORK, b: Work = NO_WORK): Work {
  return {
    staged: joinLists(a.staged, b.staged),
    commit: a.commit === undefined || b.commit === undefined ? (a.commit ?? b.commit) : joinCommits(a.commit, b.commit),
    tags: joinLists(a.tags, b.tags),
  };
}

function joinCommits(a: Commit, b: Commit): Commit {
  return {
    message: a.message === b.message ? a.message : undefined,
    paths: joinLists(a.paths, b.paths),
    isSigned: a.isSigned && b.isSigned,
    branch: a.branch === b.branch ? a.branch : undefined,
    isMixed: a.isMixed || b.isMixed,
  };
}

export function joinLists(a: readonly Text[] | undefined, b: readonly Text[] | undefined): readonly Text[] | undefined {
  if (a === undefined || b === undefined) return undefined;
  return a === b ? a : [...new Set([...a, ...b])];
}

/** What a push brings along, for people and rules. */
export interface PushedCommit {
  /** Computed pieces are `COMPUTED`; undefined where all of it is. */
  readonly message: string | undefined;
  readonly paths: readonly string[] | undefined;
  readonly isSigned: boolean;
}

/** Stands in a message for what is computed: U+FFFC, "object replacement character". */
export const COMPUTED = "\uFFFC";

export function showCommit({ message, paths, isSigned }: Commit): PushedCommit {
  const shown = message?.replace(/[\uE000-\uF8FF]+/g, COMPUTED);
  return { message: shown === COMPUTED ? undefined : shown, paths, isSigned };
}

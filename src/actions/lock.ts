import { parseUses } from "../ir/uses-ref.ts";
import type { ActionInterface } from "./action-interface.ts";
import { ownRef } from "./own-ref.ts";

/**
 * `generated/actions.lock.json`: every ref that sources may use, and the commit it stands for.
 *
 * The lock is also the list of what is bound: `generated/actions.d.ts` has an entry for each of its refs and no other, so that
 * `gen` can write the bindings again from the lock and the catalogue alone, without a network and with the same bytes. A ref that
 * cannot be pinned offline is in it all the same, with the reason. A manifest that was given by the user, and that no catalogue
 * knows, is kept in its entry as `interface`. An entry without `manifest` is a pin and no more: an import knows the commit of an
 * action whose manifest nobody knows. Where the catalogue has another version of its line, `typedAs` names it.
 */
export interface Lock {
  readonly version: 1;
  /** By ref as written in sources, sorted. */
  readonly actions: ReadonlyMap<string, LockEntry>;
  /** What those use in turn, and what that uses, by ref as written there. */
  readonly nested?: ReadonlyMap<string, NestedAction> | undefined;
  /** GitHub's numbers of their repositories, by `owner/name` in lower case: only where GitHub's own lock is kept, which has them. */
  readonly repositories?: ReadonlyMap<string, RepositoryIds> | undefined;
}

/** A name can be given up and taken by somebody else; these numbers cannot. */
export interface RepositoryIds {
  readonly owner_id: number;
  readonly repo_id: number;
}

/** Something that an action or workflow of the lock uses. Nobody can pin it from outside: GitHub takes what its ref names. */
export interface NestedAction {
  /** Where the ref stood when it was locked. */
  readonly sha: string;
  /** Of a ref that is a commit: the tag, or else a branch, that has it. */
  readonly tag?: string | undefined;
  readonly branch?: string | undefined;
  readonly uses: readonly string[];
}

export type LockEntry = PinnedEntry | UnpinnedEntry;

interface LockedFacts {
  /** `digestInterface` of the interface that the bindings were written from; a pin may have none. */
  readonly manifest?: string | undefined;
  /** The version of the catalogue whose inputs stand for those of this one, whose manifest nobody knows: `v6.1.0`. */
  readonly typedAs?: string | undefined;
  /** What a composite action uses in turn. */
  readonly uses: readonly string[];
  /** Only where the manifest was given. */
  readonly interface?: ActionInterface | undefined;
}

export interface PinnedEntry extends LockedFacts {
  /** 40 hexadecimal digits. */
  readonly sha: string;
  /** The tag's name, for the comment behind the SHA; absent for a commit without a tag. */
  readonly tag?: string | undefined;
  /** The branch that was at this commit when it was locked, where the ref names one. */
  readonly branch?: string | undefined;
  readonly unpinned?: undefined;
}

interface UnpinnedEntry extends LockedFacts {
  readonly unpinned: UnpinnedReason;
  readonly sha?: undefined;
}

/** Why a ref has no commit: the words that stand in the lock file. */
export type UnpinnedReason = (typeof UNPINNED_REASONS)[number];
/** `as imported`: its commit may be known, but it was not pinned where it was imported from; `actions add` pins it. */
export const UNPINNED_REASONS = ["moving tag", "branch", "unknown commit", "local", "as imported"] as const;

export const emptyLock: Lock = { version: 1, actions: new Map() };

/** The lock with other entries; of what is nested, what they still use. */
export function withActions(lock: Lock, actions: ReadonlyMap<string, LockEntry>): Lock {
  const nested = new Map<string, NestedAction>();
  const add = (ref: string): void => {
    const found = lock.nested?.get(ref);
    if (found === undefined || nested.has(ref)) return;
    nested.set(ref, found);
    found.uses.forEach(add);
  };
  for (const [ref, { sha, uses }] of actions)
    for (const used of uses) add(sha === undefined ? used : ownRef(used, ref, sha));
  const used = new Set([...actions.keys(), ...nested.keys()].map(repositoryName));
  const repositories = new Map([...(lock.repositories ?? [])].filter(([name]) => used.has(name)));
  return {
    version: lock.version,
    actions,
    ...(nested.size === 0 ? {} : { nested }),
    ...(repositories.size === 0 ? {} : { repositories }),
  };
}

/** `owner/name` of a ref's repository, in lower case: GitHub compares it so. */
export function repositoryName(ref: string): string | undefined {
  const uses = parseUses(ref);
  return uses.kind === "repository" ? `${uses.owner}/${uses.name}`.toLowerCase() : undefined;
}

/** Which commit a ref was found to stand for. */
export type LockedCommit = Pick<PinnedEntry, "sha" | "tag" | "branch">;

/** The commit of an entry and the name behind it, and no more of it. */
export function commitOf({ sha, tag, branch }: PinnedEntry): LockedCommit {
  return { sha, ...(tag === undefined ? {} : { tag }), ...(branch === undefined ? {} : { branch }) };
}

export function isPinned(entry: LockEntry): entry is PinnedEntry {
  return entry.sha !== undefined;
}

import { digestInterface } from "../actions/action-interface.ts";
import { fillLock } from "../actions/fill-lock.ts";
import { isPinned, type Lock, type LockEntry } from "../actions/lock.ts";
import { findUses, type UsesPlace } from "../actions/pin-uses.ts";
import { isReusableWorkflow, isSha, resolveInterface, type KnownActions } from "../actions/resolve-interface.ts";
import { standIn } from "../actions/stand-in.ts";
import type { FileNode } from "../ir/any-node.ts";
import type { Scalar } from "../ir/node.ts";
import { actionName, parseUses } from "../ir/uses-ref.ts";
import type { PinnedRef } from "./import-context.ts";

/** How every pinned `uses` is written, and the lock that makes of it again what it was. */
export interface Pins {
  readonly refs: ReadonlyMap<Scalar, PinnedRef>;
  readonly lock: Lock;
}

/**
 * Takes commits for what the comments behind them say: `actions/checkout@93cb6ef… # v5.0.1` is written `actions/checkout@v5.0.1`, and the
 * lock holds the commit. What is not pinned stays so. A commit stays written as one where its tag stands for another commit
 * elsewhere, or unpinned.
 */
export function planPins(files: readonly FileNode[], lock: Lock, known: KnownActions): Pins {
  const uses = files.flatMap(findUses);
  const commits = uses.flatMap((place) => commitOf(place) ?? []);
  const unpinned = new Set(uses.map(({ ref }) => fold(ref)));
  const tags = chooseCommits(commits, unpinned, lock);
  const entries = new Map(lock.actions);
  const refs = new Map<Scalar, PinnedRef>();

  const bare: Commit[] = [];
  for (const commit of commits) {
    const { scalar, name, sha, tag, words } = commit;
    const ref = `${name}@${tag}`;
    if (tag === undefined || tags.get(fold(ref)) !== sha) {
      bare.push(commit);
      continue;
    }
    if (!entries.has(ref)) entries.set(ref, { sha, tag, ...typedAs(ref, tag, known), uses: [] });
    refs.set(scalar, { ref, comment: words });
  }
  for (const commit of bare) {
    const { scalar, tag, words, comment } = commit;
    const ref = scalar.text;
    if (!entries.has(ref)) {
      // The lock writes one comment behind a commit: it can take over those that are the same everywhere.
      const isShared = bare.every((other) => other.scalar.text !== ref || other.tag === tag);
      const lockedTag = isShared && tag !== undefined ? { tag } : {};
      if (tag === undefined && resolveInterface(ref, known).kind === "unknown") continue;
      entries.set(ref, { sha: commit.sha, ...lockedTag, ...typedAs(ref, tag, known), uses: [] });
    }
    refs.set(scalar, { ref, comment: tagOf(entries.get(ref)) === tag ? words : comment });
  }
  for (const { ref } of uses) {
    if (entries.has(ref)) continue;
    const found = resolveInterface(ref, known);
    if (found.kind === "unknown") {
      const stand = typedAs(ref, undefined, known);
      if (stand.typedAs !== undefined) entries.set(ref, { unpinned: "as imported", ...stand, uses: [] });
    } else if (found.by === "tag") {
      const { nested } = found.interface;
      entries.set(ref, { unpinned: "as imported", manifest: digestInterface(found.interface), uses: nested });
    }
  }
  const wanted = uses.map(({ scalar, ref }) => refs.get(scalar)?.ref ?? ref).filter(isAction);
  return { refs, lock: fillLock([...entries.keys(), ...wanted], { version: 1, actions: entries }, known).lock };
}

/** The version that stands for one that nobody knows. */
function typedAs(ref: string, tag: string | undefined, known: KnownActions): Pick<LockEntry, "typedAs"> {
  if (resolveInterface(ref, known).kind === "resolved") return {};
  const typedAs = standIn(ref, known.catalog, tag)?.tag ?? undefined;
  return typedAs === undefined ? {} : { typedAs };
}

/** A `uses` that names a commit. */
interface Commit {
  readonly scalar: Scalar;
  /** `owner/name[/path]` */
  readonly name: string;
  readonly sha: string;
  /** The comment behind it, and if it begins with a tag: the tag, and the words after it. */
  readonly comment: string | undefined;
  readonly tag: string | undefined;
  readonly words: string | undefined;
}

/** `v4`, `v4.1.2-beta`, `4.1`: a bare number could be any. */
const TAG = /^(v\d[\w.+-]*|\d+(?:\.\d+)+[\w.+-]*)(?:\s+(\S.*))?$/;

function commitOf({ ref, scalar }: UsesPlace): Commit | undefined {
  const uses = parseUses(ref);
  // The lock writes commits in small letters.
  if (uses.kind !== "repository" || !isSha(uses.ref) || uses.ref !== uses.ref.toLowerCase()) return undefined;
  const comment = scalar.comments?.trailing?.trim();
  const [, tag, words] = TAG.exec(comment ?? "") ?? [];
  return { scalar, name: actionName(uses), sha: uses.ref, comment, tag, words: tag === undefined ? comment : words };
}

/** The commit that each tag stands for: the lock's, else the one that stands behind it most often. */
function chooseCommits(
  commits: readonly Commit[],
  unpinned: ReadonlySet<string>,
  lock: Lock,
): ReadonlyMap<string, string> {
  const locked = new Map([...lock.actions].map(([ref, entry]) => [fold(ref), entry]));
  const counts = new Map<string, Map<string, number>>();
  for (const { name, sha, tag } of commits) {
    if (tag === undefined) continue;
    const ref = fold(`${name}@${tag}`);
    const found = counts.get(ref) ?? new Map<string, number>();
    counts.set(ref, found.set(sha, (found.get(sha) ?? 0) + 1));
  }
  const chosen = new Map<string, string>();
  for (const [ref, found] of counts) {
    const entry = locked.get(ref);
    if (unpinned.has(ref) || (entry !== undefined && !isPinned(entry))) continue;
    const [most] = [...found].sort(([, a], [, b]) => b - a);
    const sha = entry?.sha ?? most?.[0];
    if (sha !== undefined) chosen.set(ref, sha);
  }
  return chosen;
}

function tagOf(entry: LockEntry | undefined): string | undefined {
  return entry !== undefined && isPinned(entry) ? entry.tag : undefined;
}

function isAction(ref: string): boolean {
  const uses = parseUses(ref);
  return uses.kind === "repository" && !isReusableWorkflow(uses);
}

/** Owner and name are case-insensitive on GitHub. */
function fold(ref: string): string {
  const at = ref.lastIndexOf("@");
  return `${ref.slice(0, at).toLowerCase()}${ref.slice(at)}`;
}

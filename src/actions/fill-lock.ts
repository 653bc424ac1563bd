import { compareText, digestInterface } from "./action-interface.ts";
import { explainUnpinned } from "./explain-unpinned.ts";
import { withLocked } from "./bound-actions.ts";
import { commitOf, isPinned, withActions, type Lock, type LockEntry, type UnpinnedReason } from "./lock.ts";
import {
  isSha,
  resolveInterface,
  type KnownActions,
  type Resolution,
  type ResolvedAction,
  type UnknownAction,
} from "./resolve-interface.ts";
import { parseUses } from "../ir/uses-ref.ts";

export interface FilledLock {
  readonly lock: Lock;
  /** Refs that stay as they are written, with the reason as a sentence. */
  readonly unpinned: readonly UnpinnedRef[];
  /** Refs of which nothing is known: they have no entry. */
  readonly unknown: readonly UnknownAction[];
}

export interface UnpinnedRef {
  readonly ref: string;
  readonly reason: string;
}

/**
 * Gives every ref an entry in the lock, without a network.
 *
 * A commit comes only from what the repository said (`commits`), from an exact version of the catalogue, or from the ref itself.
 * Where the catalogue says a moving tag pointed (`majorRef`) is never used: it was weeks old when it was written down. A commit that
 * is in the lock stays there, since a locked version must not change under its user, and so does the decision not to pin what was
 * imported unpinned; entries for refs that are not asked for stay as well.
 */
export function fillLock(refs: Iterable<string>, lock: Lock, known: KnownActions): FilledLock {
  const actions = new Map(lock.actions);
  const all = withLocked(lock, known);
  const unpinned: UnpinnedRef[] = [];
  const unknown: UnknownAction[] = [];
  for (const ref of new Set(refs)) {
    const before = actions.get(ref);
    const found = resolveInterface(ref, all);
    const isKnown = found.kind === "resolved" && !isStandIn(ref, before, known);
    const entry = isKnown ? fillEntry(found, before, known) : (pinAlone(ref, known) ?? before);
    if (entry !== undefined) actions.set(ref, entry);
    else if (found.kind === "unknown") unknown.push(found);
    if (entry?.unpinned !== undefined && entry.unpinned !== "local") {
      const newest = found.kind === "resolved" ? found.version : undefined;
      unpinned.push({ ref, reason: explainUnpinned(ref, entry.unpinned, newest) });
    }
  }
  const sorted = [...actions].sort(([a], [b]) => compareText(a, b));
  const nested = new Map([...(lock.nested ?? []), ...(known.nested ?? [])]);
  const repositories = new Map([...(lock.repositories ?? []), ...(known.repositories ?? [])]);
  return { lock: withActions({ ...lock, nested, repositories }, new Map(sorted)), unpinned, unknown };
}

/** Whether what stands for a ref is another version's interface. */
function isStandIn(ref: string, before: LockEntry | undefined, known: KnownActions): boolean {
  return before?.typedAs !== undefined && resolveInterface(ref, known).kind === "unknown";
}

/** A reusable workflow has no manifest to bind, but a commit. */
function pinAlone(ref: string, { commits }: KnownActions): LockEntry | undefined {
  return commits?.get(ref);
}

function fillEntry(found: ResolvedAction, before: LockEntry | undefined, known: KnownActions): LockEntry {
  const { ref } = found;
  const facts = {
    manifest: digestInterface(found.interface),
    uses: found.interface.nested,
    ...(known.given?.has(ref) === true || before?.interface !== undefined ? { interface: found.interface } : {}),
  };
  const commit = known.commits?.get(ref);
  if (commit !== undefined) return { ...commit, ...facts };
  if (before !== undefined && isPinned(before)) return { ...commitOf(before), ...facts };
  if (before?.unpinned === "as imported") return { unpinned: "as imported", ...facts };
  const uses = parseUses(ref);
  if (uses.kind !== "repository") return { unpinned: "local", ...facts };
  // A manifest that was given says nothing about commits; the catalogue may.
  const inCatalog = found.by === "given" ? resolveInterface(ref, { catalog: known.catalog }) : found;
  const version = inCatalog.kind === "resolved" ? inCatalog.version : undefined;
  if (isSha(uses.ref)) {
    const sha = uses.ref.toLowerCase();
    return { sha, ...(version?.sha === sha && version.tag ? { tag: version.tag } : {}), ...facts };
  }
  if (inCatalog.kind === "resolved" && inCatalog.by === "tag" && version?.tag)
    return { sha: version.sha, tag: version.tag, ...facts };
  return { unpinned: whyUnpinned(inCatalog, uses.ref), ...facts };
}

function whyUnpinned(inCatalog: Resolution, version: string): UnpinnedReason {
  if (inCatalog.kind === "resolved" && inCatalog.by === "branch") return "branch";
  const isMajor = inCatalog.kind === "resolved" && inCatalog.by === "major";
  return isMajor || /^v?\d+$/i.test(version) ? "moving tag" : "unknown commit";
}

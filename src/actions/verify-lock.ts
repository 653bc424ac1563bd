import type { Path } from "../ir/origin.ts";
import { actionName, parseUses } from "../ir/uses-ref.ts";
import { digestInterface } from "./action-interface.ts";
import { isPinned, type Lock, type NestedAction, type PinnedEntry } from "./lock.ts";
import { chooseCommit } from "./remote/choose-commit.ts";
import { inParallel } from "./remote/in-parallel.ts";
import type { RemoteActions } from "./remote/remote-actions.ts";
import { RemoteError } from "./remote/remote-error.ts";
import type { RepositoryRef } from "./remote/safe-names.ts";
import { isSha } from "./resolve-interface.ts";

/** Where a lock and the repositories of its actions do not agree. */
export interface LockProblem {
  readonly code: "moved-tag" | "impostor-commit" | "manifest-changed" | "lock-unverified";
  readonly severity?: "warning" | "note" | undefined;
  /** A sentence. */
  readonly message: string;
  /** In the lock file. */
  readonly path: Path;
}

interface Entry {
  readonly ref: string;
  readonly uses: RepositoryRef;
  readonly path: Path;
}

/** Asks the repositories whether all that is in the lock still is as it was locked. */
export async function verifyLock(
  lock: Lock,
  remote: RemoteActions,
  progress?: (done: number, all: number) => void,
): Promise<readonly LockProblem[]> {
  const checks = [
    ...[...lock.actions].flatMap(([ref, entry]) => {
      const uses = parseUses(ref);
      if (uses.kind !== "repository" || !isPinned(entry)) return [];
      return [() => verifyEntry({ ref, uses, path: ["actions", ref] }, entry, remote)];
    }),
    ...[...(lock.nested ?? [])].flatMap(([ref, nested]) => {
      const uses = parseUses(ref);
      if (uses.kind !== "repository" || isSha(uses.ref)) return [];
      return [() => verifyNested({ ref, uses, path: ["nested", ref] }, nested, remote)];
    }),
  ];
  let done = 0;
  const problems = await inParallel(checks, remote.limits.parallel, async (check) => {
    const found = await check();
    progress?.(++done, checks.length);
    return found;
  });
  return problems.flat();
}

async function verifyEntry(entry: Entry, locked: PinnedEntry, remote: RemoteActions): Promise<readonly LockProblem[]> {
  const { ref, uses, path } = entry;
  const { sha, tag, manifest } = locked;
  const name = `${uses.owner}/${uses.name}`;
  const problems: LockProblem[] = [];
  try {
    const refs = tag === undefined ? undefined : await remote.refs(name);
    const now = tag === undefined ? undefined : refs?.tags.get(tag);
    if (tag !== undefined && now !== sha) {
      const what =
        now === undefined ? `${name} has no tag ${tag} any more` : `the tag ${tag} of ${name} is at ${now} now`;
      const message = `${what}, and was at ${sha} when ${ref} was locked: a tag of a release should never move. What runs is still the locked commit; find out why before you update`;
      problems.push({ code: "moved-tag", message, path: [...path, "tag"] });
    }
    const found = await remote.resolve(`${actionName(uses)}@${sha}`);
    if (found.kind === "unknown") return [...problems, unverified(found.reason, entry)];
    if (found.isReachable === false) {
      const message = `${sha} is on no branch and no tag of ${name}: it is somebody's fork's, or its tag was taken away`;
      problems.push({ code: "impostor-commit", message, path: [...path, "sha"] });
    } else if (found.isReachable === undefined) {
      const message = `whether ${sha} is on a branch or tag of ${name} could not be told: its history is too large`;
      problems.push({ code: "lock-unverified", severity: "note", message, path: [...path, "sha"] });
    }
    if (manifest !== undefined && found.interface !== undefined && digestInterface(found.interface) !== manifest) {
      const message = `the manifest of ${ref} at ${sha} is not the one that was locked, and a commit never changes: the lock was edited, or made from something else. Take the action out and add it again`;
      problems.push({ code: "manifest-changed", message, path: [...path, "manifest"] });
    }
    return problems;
  } catch (error) {
    if (error instanceof RemoteError) return [...problems, unverified(error.message, entry)];
    throw error;
  }
}

/** What others use moves as they please: that is no mistake, but news. */
async function verifyNested({ ref, uses, path }: Entry, { sha }: NestedAction, remote: RemoteActions) {
  try {
    const chosen = chooseCommit(uses.ref, await remote.refs(`${uses.owner}/${uses.name}`));
    const now = chosen.kind === "none" ? undefined : (chosen.named ?? chosen.commit);
    if (now === sha) return [];
    const message = `${ref}, which is used below, ${now === undefined ? "is gone" : `is at ${now} now`}, and was at ${sha} when it was locked: GitHub runs what it is now`;
    return [{ code: "moved-tag", severity: "warning", message, path: [...path, "sha"] } as const];
  } catch (error) {
    if (error instanceof RemoteError) return [unverified(error.message, { ref, uses, path })];
    throw error;
  }
}

function unverified(reason: string, { ref, path }: Entry): LockProblem {
  return { code: "lock-unverified", message: `${ref} could not be verified: ${reason}`, path };
}

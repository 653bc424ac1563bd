import { actionName, parseUses } from "../ir/uses-ref.ts";
import type { ActionInterface } from "./action-interface.ts";
import { isPinned, type Lock, type LockedCommit, type LockEntry } from "./lock.ts";
import { nextRef } from "./next-ref.ts";
import type { Bump } from "./plan-updates.ts";
import type { WrittenUses } from "./read-bumps.ts";
import type { RemoteActions } from "./remote/remote-actions.ts";
import { RemoteError } from "./remote/remote-error.ts";
import type { RepositoryRef } from "./remote/safe-names.ts";
import { isSha, resolveInterface, type KnownActions } from "./resolve-interface.ts";
import { compareVersions, parseTag } from "./version-tags.ts";

/** A bump that was found to be one. */
export interface JudgedBump extends Bump {
  readonly kind: "bump";
  readonly interface: ActionInterface | undefined;
  readonly uses: readonly string[];
}

export interface RefusedBump {
  readonly kind: "refused";
  /** A sentence. */
  readonly reason: string;
}

/**
 * Whether a changed `uses:` is a version that was raised, and nothing else: the same action, at a commit of its own repository that
 * a newer tag names (or of its branch, where it follows one). Gives a bump for each ref of the lock that it means.
 */
export async function judgeBump(
  before: WrittenUses,
  after: WrittenUses,
  lock: Lock,
  known: KnownActions,
  remote: RemoteActions,
): Promise<readonly JudgedBump[] | RefusedBump> {
  const [old, now] = [parseUses(before.ref), parseUses(after.ref)];
  // Where only the comment was changed, both would read the same.
  const both = before.ref === after.ref ? [before, after] : [{ ref: before.ref }, { ref: after.ref }];
  const what = both.map(describeUses).join(" → ");
  if (old.kind !== "repository" || now.kind !== "repository")
    return refuse(`${what} is no version of an action: make this change in the source`);
  const entries = [...lock.actions].filter(([ref, entry]) => isMeant(ref, entry, old));
  if (entries.length === 0)
    return refuse(`the lock has no ${before.ref}: it has moved on, so let the bot rebase its branch`);
  try {
    const moved = await checkName(old, now, remote);
    if (moved !== undefined) return refuse(`${what}: ${moved}`);
    const found = await findVersion(now, after.comment, known, remote);
    if ("reason" in found) return refuse(`${what}: ${found.reason}`);
    return judgeEntries(entries, now, found, what);
  } catch (error) {
    if (error instanceof RemoteError) return refuse(`${what}: ${error.message}`);
    throw error;
  }
}

function describeUses({ ref, comment }: { readonly ref: string; readonly comment?: string | undefined }): string {
  return comment === undefined ? ref : `${ref} # ${comment}`;
}

function refuse(reason: string): RefusedBump {
  return { kind: "refused", reason };
}

/** The entries that a `uses:` in YAML comes from: by its commit, or by the ref itself where that stays in the YAML. */
function isMeant(ref: string, entry: LockEntry, old: RepositoryRef): boolean {
  const uses = parseUses(ref);
  if (uses.kind !== "repository" || actionName(uses).toLowerCase() !== actionName(old).toLowerCase()) return false;
  return uses.ref === old.ref || (isPinned(entry) && entry.sha === old.ref.toLowerCase());
}

/** The same repository and path; or another repository, to which the server sends those who ask for the old one. */
async function checkName(old: RepositoryRef, now: RepositoryRef, remote: RemoteActions): Promise<string | undefined> {
  if (actionName(old).toLowerCase() === actionName(now).toLowerCase()) return undefined;
  const name = `${now.owner}/${now.name}`;
  if (old.path !== now.path) return "this is another action: make this change in the source";
  const { movedTo } = await remote.refs(`${old.owner}/${old.name}`);
  if (movedTo?.toLowerCase() === name.toLowerCase()) return undefined;
  return `${old.owner}/${old.name} has not become ${name}, as far as its server says: if you want the other action, write it in the source`;
}

interface FoundVersion {
  readonly to: LockedCommit;
  readonly interface: ActionInterface | undefined;
  readonly uses: readonly string[];
}

async function findVersion(
  now: RepositoryRef,
  comment: string | undefined,
  known: KnownActions,
  remote: RemoteActions,
): Promise<FoundVersion | { readonly reason: string }> {
  const ref = `${actionName(now)}@${now.ref}`;
  // An exact tag with its commit is the same everywhere, and needs no network.
  const release = isSha(now.ref) ? comment : now.ref;
  const inCatalog =
    release === undefined ? undefined : resolveInterface(`${actionName(now)}@${release}`, { catalog: known.catalog });
  if (inCatalog?.kind === "resolved" && inCatalog.by === "tag" && inCatalog.version !== undefined) {
    const { interface: found, version } = inCatalog;
    if (!isSha(now.ref) || version.sha === now.ref.toLowerCase())
      return { to: { sha: version.sha, tag: release }, interface: found, uses: found.nested };
  }
  const elsewhere = inCatalog?.kind === "resolved" && inCatalog.by === "tag" ? inCatalog.version?.sha : undefined;
  const found = await remote.resolve(ref);
  if (found.kind === "unknown") {
    // Tags of releases stay where they are, as a rule: the catalogue's is worth telling where no server answers.
    const told = `the comment says ${comment ?? ""}, and the catalogue has that at ${elsewhere ?? ""}`;
    return { reason: elsewhere === undefined ? found.reason : `${told}; ${found.reason}` };
  }
  if (found.isReachable !== true)
    return {
      reason:
        found.isReachable === false
          ? `${found.commit} is on no branch and no tag of the repository`
          : `whether ${found.commit} is the repository's own could not be told`,
    };
  const refs = await remote.refs(`${now.owner}/${now.name}`);
  const named = comment === undefined ? undefined : refs.tags.get(comment);
  if (named !== undefined && named !== found.commit)
    return { reason: `the comment says ${comment ?? ""}, and that is ${named}` };
  if (named === undefined && comment !== undefined && parseTag(comment) !== undefined)
    return { reason: `the comment says ${comment}, and there is no such tag` };
  const branch = comment !== undefined && named === undefined && refs.heads.has(comment) ? comment : found.branch;
  const tag = branch === undefined ? (found.tag ?? (named === undefined ? undefined : comment)) : undefined;
  const to = { sha: found.commit, ...(tag === undefined ? {} : { tag }), ...(branch === undefined ? {} : { branch }) };
  return { to, interface: found.interface, uses: found.uses };
}

function judgeEntries(
  entries: readonly (readonly [string, LockEntry])[],
  now: RepositoryRef,
  found: FoundVersion,
  what: string,
): readonly JudgedBump[] | RefusedBump {
  const bumps: JudgedBump[] = [];
  for (const [ref, entry] of entries) {
    const uses = parseUses(ref);
    if (uses.kind !== "repository") continue;
    // A line of versions without releases of its own (v6) is a version, too.
    const tag = found.to.tag ?? (parseTag(now.ref) === undefined ? undefined : now.ref);
    const { sha } = found.to;
    const wrong = checkOrder(uses.ref, entry, { ...found.to, tag });
    if (wrong !== undefined) return refuse(`${what}: ${wrong}`);
    const version =
      (tag === undefined ? undefined : nextRef(uses.ref, { tag, sha })) ?? (isSha(uses.ref) ? sha : uses.ref);
    const name = actionName({ ...uses, owner: now.owner, name: now.name });
    // The author's own spelling stays.
    const isSame = name.toLowerCase() === actionName(uses).toLowerCase();
    bumps.push({ kind: "bump", ref, next: `${isSame ? actionName(uses) : name}@${version}`, ...found });
  }
  return bumps;
}

/** Why a commit is not newer than the one that is locked. */
function checkOrder(written: string, entry: LockEntry, { sha, tag, branch }: LockedCommit): string | undefined {
  if (isPinned(entry) && entry.branch !== undefined)
    return branch === entry.branch || tag !== undefined
      ? undefined
      : `it followed the branch ${entry.branch}, and does no more`;
  const before = (isPinned(entry) ? entry.tag : undefined) ?? written;
  const [old, now] = [parseTag(before), parseTag(tag ?? "")];
  if (tag === undefined) return "no version stands behind the new commit";
  if (old === undefined || now === undefined)
    return `${before} and ${tag} are not both versions, so nobody can tell which is newer: make this change in the source`;
  const order = compareVersions(now, old);
  if (order < 0) return `${tag} is older than ${before}`;
  // A line of versions (v5) moves from release to release; one release never should.
  if (order === 0 && isPinned(entry) && entry.sha !== sha && old.numbers.length > 1)
    return `the tag ${tag} was moved: it was at ${entry.sha} when it was locked. Find out why`;
  return undefined;
}

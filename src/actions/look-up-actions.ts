import { actionName, parseUses } from "../ir/uses-ref.ts";
import type { ActionInterface } from "./action-interface.ts";
import { withLocked } from "./bound-actions.ts";
import { isPinned, type Lock, type LockedCommit, type NestedAction } from "./lock.ts";
import { ownRef } from "./own-ref.ts";
import { followUses } from "./remote/follow-uses.ts";
import type { NotRemote, RemoteAction } from "./remote/remote-actions.ts";
import { resolveInterface, type FoundCommit, type KnownActions, type UnknownAction } from "./resolve-interface.ts";

/** What resolves refs at their repositories: a `RemoteActions`. */
export interface RemoteResolver {
  readonly resolve: (ref: string) => Promise<RemoteAction | NotRemote>;
  readonly limits: { readonly parallel: number };
}

export type Progress = (done: number, all: number) => void;

/** What is known of some refs after their repositories were asked. */
export interface LookedUp {
  readonly known: KnownActions;
  /** Sentences that a user should read. */
  readonly notes: readonly string[];
  readonly unknown: readonly UnknownAction[];
}

/**
 * Asks the repositories for what is not known without them. An exact version of the catalogue, and what is locked already, is not
 * asked for; where a server does not answer, what the catalogue knows of a moving ref has to do.
 */
export async function lookUpActions(
  refs: Iterable<string>,
  lock: Lock,
  known: KnownActions,
  remote: RemoteResolver,
  progress?: Progress,
): Promise<LookedUp> {
  const asked = [...new Set(refs)];
  const wanted = asked.filter((ref) => needsLookUp(ref, lock, known));
  const {
    found,
    unknown: unresolved,
    problems,
  } = await followUses([...wanted, ...usedByKnown(asked, wanted, lock, known)], {
    resolve: (ref) => remote.resolve(ref),
    parallel: remote.limits.parallel,
    progress,
  });
  const given = new Map<string, ActionInterface>(known.given);
  const commits = new Map<string, FoundCommit>(known.commits);
  const notes: string[] = [];
  const unknown: UnknownAction[] = [];
  for (const ref of wanted) {
    const result = found.get(ref);
    if (result === undefined) continue;
    if (result.isReachable === false) {
      unknown.push({ kind: "unknown", ref, reason: explainImpostor(result), didYouMean: [] });
      continue;
    }
    if (result.interface !== undefined) given.set(ref, result.interface);
    commits.set(ref, { ...lockedCommit(result), uses: result.uses });
    notes.push(...remarksOn(result));
  }
  for (const result of unresolved) {
    const { ref, failure, reason } = result;
    if (!wanted.includes(ref)) {
      if (failure !== "offline") notes.push(`${ref}, which is used below, is not known: ${reason}`);
      continue;
    }
    const inCatalog = resolveInterface(ref, known);
    if (inCatalog.kind === "unknown") unknown.push(joinUnknown(result, inCatalog));
    else if (failure === "unreachable") notes.push(`${reason}; ${ref} is as the catalogue knows it`);
    else if (failure !== "offline") unknown.push(result);
  }
  return { known: { ...known, given, commits, nested: nestedOf(found) }, notes: [...notes, ...problems], unknown };
}

/** What those use that need no look-up themselves, and were not followed before. */
function usedByKnown(
  asked: readonly string[],
  wanted: readonly string[],
  lock: Lock,
  known: KnownActions,
): readonly string[] {
  const all = withLocked(lock, known);
  const used = asked.flatMap((ref) => {
    const entry = lock.actions.get(ref);
    const found = wanted.includes(ref) ? undefined : resolveInterface(ref, all);
    if (found?.kind !== "resolved") return [];
    const sha = entry?.sha ?? found.version?.sha;
    return found.interface.nested.map((used) => (sha === undefined ? used : ownRef(used, ref, sha)));
  });
  return used.filter((ref) => parseUses(ref).kind === "repository" && lock.nested?.has(ref) !== true);
}

/** Where the refs stand that others use, as GitHub takes them. */
function nestedOf(found: ReadonlyMap<string, RemoteAction>): ReadonlyMap<string, NestedAction> {
  return new Map(
    [...found].map(([ref, { by, named, commit, tag, branch, uses }]) => [
      ref,
      // The name of a tag or branch stands in the ref; of a commit it is worth keeping.
      { sha: named ?? commit, ...(by === "commit" ? namesOf({ tag, branch }) : {}), uses },
    ]),
  );
}

/** A newer commit of an action, under the ref that sources are to write. */
interface NewCommit {
  readonly next: string;
  readonly to: LockedCommit;
  readonly interface: ActionInterface | undefined;
  readonly uses: readonly string[];
}

/** What is known, with newer commits of some refs, and with what those use in turn. */
export async function withBumps(
  bumps: readonly NewCommit[],
  known: KnownActions,
  remote: RemoteResolver,
): Promise<KnownActions> {
  const used = bumps.flatMap(({ uses }) => uses).filter((ref) => parseUses(ref).kind === "repository");
  const { found } = await followUses(used, { resolve: (ref) => remote.resolve(ref), parallel: remote.limits.parallel });
  const given = bumps.flatMap((bump) => (bump.interface === undefined ? [] : [[bump.next, bump.interface] as const]));
  return {
    ...known,
    given: new Map([...(known.given ?? []), ...given]),
    commits: new Map(bumps.map(({ next, to, uses }) => [next, { ...to, uses }])),
    nested: nestedOf(found),
  };
}

/** Who has neither answer gets both reasons. */
function joinUnknown({ ref, failure, reason, didYouMean }: NotRemote, inCatalog: UnknownAction): UnknownAction {
  return {
    kind: "unknown",
    ref,
    reason: failure === "unreachable" || failure === "offline" ? `${inCatalog.reason}, and ${reason}` : reason,
    didYouMean: didYouMean.length > 0 ? didYouMean : inCatalog.didYouMean,
  };
}

function needsLookUp(ref: string, lock: Lock, known: KnownActions): boolean {
  const uses = parseUses(ref);
  if (uses.kind !== "repository" || known.given?.has(ref) === true) return false;
  const locked = lock.actions.get(ref);
  if (locked !== undefined && isPinned(locked) && (locked.manifest !== undefined || locked.interface !== undefined))
    return false;
  const found = resolveInterface(ref, known);
  return found.kind === "unknown" || (found.by !== "tag" && found.by !== "sha");
}

/** The commit to lock, and the name to write behind it. */
export function lockedCommit({ commit, tag, branch }: RemoteAction): LockedCommit {
  return { sha: commit, ...namesOf({ tag, branch }) };
}

function namesOf({ tag, branch }: Pick<RemoteAction, "tag" | "branch">): Pick<LockedCommit, "tag" | "branch"> {
  return { ...(tag === undefined ? {} : { tag }), ...(branch === undefined ? {} : { branch }) };
}

function explainImpostor({ ref, commit }: RemoteAction): string {
  const uses = parseUses(ref);
  const repository = uses.kind === "repository" ? `${uses.owner}/${uses.name}` : ref;
  return `${commit} is on no branch and no tag of ${repository}: the server hands it out because somebody's fork has it, and anybody may make a fork`;
}

function remarksOn({ ref, by, named, commit, tag, isReachable, movedTo }: RemoteAction): readonly string[] {
  const uses = parseUses(ref);
  if (uses.kind !== "repository") return [];
  const notes: string[] = [];
  if (by === "newest" && named !== undefined && named !== commit)
    notes.push(`${ref}: ${uses.ref} itself stands at ${named}, and the newest version of its line is ${tag ?? commit}`);
  if (isReachable === undefined)
    notes.push(`${ref}: whether the commit is on a branch or tag of ${actionName(uses)} could not be told`);
  if (movedTo !== undefined) {
    const now = actionName({ ...uses, owner: movedTo.split("/")[0] ?? "", name: movedTo.split("/")[1] ?? "" });
    notes.push(`${ref}: the repository is ${movedTo} now; write ${now}@${uses.ref}`);
  }
  return notes;
}

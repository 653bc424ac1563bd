import { actionName, parseUses } from "../ir/uses-ref.ts";
import type { ActionInterface } from "./action-interface.ts";
import { isPinned, type Lock, type LockedCommit } from "./lock.ts";
import { inParallel } from "./remote/in-parallel.ts";
import type { NotRemote, RemoteAction } from "./remote/remote-actions.ts";
import { resolveInterface, type KnownActions, type UnknownAction } from "./resolve-interface.ts";

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
  const wanted = [...new Set(refs)].filter((ref) => needsLookUp(ref, lock, known));
  let done = 0;
  const results = await inParallel(wanted, remote.limits.parallel, async (ref) => {
    const result = await remote.resolve(ref);
    progress?.(++done, wanted.length);
    return result;
  });
  const given = new Map<string, ActionInterface>(known.given);
  const commits = new Map<string, LockedCommit>(known.commits);
  const notes: string[] = [];
  const unknown: UnknownAction[] = [];
  for (const result of results) {
    if (result.kind === "unknown") {
      const inCatalog = resolveInterface(result.ref, known);
      if (inCatalog.kind === "unknown") unknown.push(joinUnknown(result, inCatalog));
      else if (result.failure === "unreachable")
        notes.push(`${result.reason}; ${result.ref} is as the catalogue knows it`);
      else if (result.failure !== "offline") unknown.push(result);
    } else if (result.isReachable === false) {
      unknown.push({ kind: "unknown", ref: result.ref, reason: explainImpostor(result), didYouMean: [] });
    } else {
      if (result.interface !== undefined) given.set(result.ref, result.interface);
      commits.set(result.ref, lockedCommit(result));
      notes.push(...remarksOn(result));
    }
  }
  return { known: { ...known, given, commits }, notes, unknown };
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
  return { sha: commit, ...(tag === undefined ? {} : { tag }), ...(branch === undefined ? {} : { branch }) };
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

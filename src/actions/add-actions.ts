import { listActions, type ActionRow } from "./list-actions.ts";
import type { Lock } from "./lock.ts";
import { refreshActions, type RefreshedActions, type RefreshRequest } from "./refresh-actions.ts";
import { resolveInterface, type UnknownAction } from "./resolve-interface.ts";

export type AddResult = AddedActions | UnknownActions;

interface AddedActions extends RefreshedActions {
  readonly kind: "added";
  /** The refs asked for, as they now are. */
  readonly added: readonly ActionRow[];
  /** Sentences about what was found. */
  readonly notes: readonly string[];
}

/** Something is unknown: nothing is to be written. */
interface UnknownActions {
  readonly kind: "unknown";
  readonly unknown: readonly UnknownAction[];
}

/** Whoever asks for a ref wants it pinned, however it was imported. */
function withoutImported(lock: Lock, refs: ReadonlySet<string>): Lock {
  const kept = [...lock.actions].filter(([ref, { unpinned }]) => unpinned !== "as imported" || !refs.has(ref));
  return { ...lock, actions: new Map(kept) };
}

/**
 * `flowkeep actions add`: the lock and the bindings with some more refs, as texts to be written. Offline: an action that is not in
 * the catalogue needs its manifest in `given` (`readManifest`, `readLocalAction`).
 */
export async function addActions(request: RefreshRequest): Promise<AddResult> {
  const wanted = new Set(request.refs);
  const refreshed = await refreshActions({ ...request, lock: withoutImported(request.lock, wanted) });
  if (refreshed.unknown.length > 0 || refreshed.lost.length > 0)
    return { kind: "unknown", unknown: [...refreshed.unknown, ...refreshed.lost] };
  return {
    kind: "added",
    ...refreshed,
    unpinned: refreshed.unpinned.filter(({ ref }) => wanted.has(ref)),
    added: listActions(refreshed.lock, request).filter(({ ref }) => wanted.has(ref)),
    notes: [...wanted].flatMap((ref) => {
      const found = resolveInterface(ref, request);
      return found.kind === "resolved" && found.note !== undefined ? [`${ref}: ${found.note}`] : [];
    }),
  };
}

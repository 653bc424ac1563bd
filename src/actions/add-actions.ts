import type { ActionInterface } from "./action-interface.ts";
import { boundActions } from "./bound-actions.ts";
import { fillLock, type UnpinnedRef } from "./fill-lock.ts";
import { listActions, type ActionRow } from "./list-actions.ts";
import type { Lock } from "./lock.ts";
import { printLock } from "./print-lock.ts";
import { resolveInterface, type KnownActions, type UnknownAction } from "./resolve-interface.ts";
import { writeBindings } from "./write-bindings.ts";

export interface AddRequest extends KnownActions {
  /** `owner/name[/path]@ref`, or `./path` of a local action. */
  readonly refs: readonly string[];
  /** The lock as it is; `emptyLock` where there is none. */
  readonly lock: Lock;
  /** Manifests for refs that the catalogue does not know, by ref: read with `readManifest`. */
  readonly given?: ReadonlyMap<string, ActionInterface> | undefined;
}

export type AddResult =
  | {
      readonly kind: "added";
      readonly lock: Lock;
      readonly lockText: string;
      readonly bindingsText: string;
      /** The refs asked for, as they now are. */
      readonly added: readonly ActionRow[];
      readonly unpinned: readonly UnpinnedRef[];
      /** Sentences about what was found. */
      readonly notes: readonly string[];
    }
  /** Something is unknown: nothing is to be written. */
  | { readonly kind: "unknown"; readonly unknown: readonly UnknownAction[] };

/** `flowkeep actions add`: the lock and the bindings with some more refs, as texts to be written. Offline. */
export async function addActions({ refs, lock, ...known }: AddRequest): Promise<AddResult> {
  const filled = fillLock(refs, lock, known);
  // A ref that is locked already and no longer known is unknown too: its bindings cannot be written.
  const { bound, unknown } = boundActions(filled.lock, known);
  if (filled.unknown.length > 0 || unknown.length > 0)
    return { kind: "unknown", unknown: [...filled.unknown, ...unknown] };
  const wanted = new Set(refs);
  return {
    kind: "added",
    lock: filled.lock,
    lockText: printLock(filled.lock),
    bindingsText: await writeBindings(bound),
    added: listActions(filled.lock, known).filter(({ ref }) => wanted.has(ref)),
    unpinned: filled.unpinned,
    notes: [...wanted].flatMap((ref) => {
      const found = resolveInterface(ref, known);
      return found.kind === "resolved" && found.note !== undefined ? [`${ref}: ${found.note}`] : [];
    }),
  };
}

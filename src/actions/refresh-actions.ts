import { areBindingsCurrent } from "./bindings-stamp.ts";
import { boundActions } from "./bound-actions.ts";
import { fillLock, type UnpinnedRef } from "./fill-lock.ts";
import type { Lock } from "./lock.ts";
import { printLock } from "./print-lock.ts";
import type { KnownActions, UnknownAction } from "./resolve-interface.ts";
import { writeBindings } from "./write-bindings.ts";

export interface RefreshRequest extends KnownActions {
  /** Refs to lock and bind beside those that are; what is unknown among them is left out. */
  readonly refs: Iterable<string>;
  readonly lock: Lock;
  /** `generated/actions.d.ts` as it is, where there is one. */
  readonly bindings?: string | undefined;
}

export interface RefreshedActions {
  readonly lock: Lock;
  readonly lockText: string;
  readonly bindingsText: string;
  /** Refs that stay as they are written, with the reason. */
  readonly unpinned: readonly UnpinnedRef[];
  /** Refs of the request that nobody knows. */
  readonly unknown: readonly UnknownAction[];
  /** Locked refs that nobody knows any more: their bindings are lost until their manifests are given again. */
  readonly lost: readonly UnknownAction[];
  /** Locked refs that have another interface than before: a newer catalogue, or an edited local action. */
  readonly changed: readonly string[];
}

/**
 * Both generated files of the actions, as they should be. Equal locks and an equal catalogue give equal bytes, without a network.
 * Bindings that are current are not written again, which saves loading ts-morph.
 */
export async function refreshActions({ refs, lock, bindings, ...known }: RefreshRequest): Promise<RefreshedActions> {
  const { changed } = boundActions(lock, known);
  const filled = fillLock([...lock.actions.keys(), ...refs], lock, known);
  const { bound, unknown: lost } = boundActions(filled.lock, known);
  const isCurrent = bindings !== undefined && areBindingsCurrent(bindings, bound);
  return {
    ...filled,
    lockText: printLock(filled.lock),
    bindingsText: isCurrent ? bindings : await writeBindings(bound),
    lost,
    changed,
  };
}

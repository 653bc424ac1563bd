import { parseUses } from "../ir/uses-ref.ts";
import { digestInterface, type ActionInterface } from "./action-interface.ts";
import type { Lock } from "./lock.ts";
import { resolveInterface, type KnownActions, type UnknownAction } from "./resolve-interface.ts";

/** A ref that sources may use, and the interface it is typed from. */
export interface BoundAction {
  /** As sources write it: `actions/checkout@v5`. */
  readonly ref: string;
  readonly interface: ActionInterface;
  /** The version whose interface stands for a moving ref: `v5.1.0`. */
  readonly asOf?: string | undefined;
}

export interface BoundActions {
  /** What `generated/actions.d.ts` is written from. */
  readonly bound: readonly BoundAction[];
  /** Refs of the lock whose interface is no longer known, as when another flowkeep wrote the lock. */
  readonly unknown: readonly UnknownAction[];
  /** Refs whose interface is not the one that was locked: a newer catalogue, or a local action that was edited. */
  readonly changed: readonly string[];
}

/** The interfaces of everything in the lock. */
export function boundActions(lock: Lock, known: KnownActions): BoundActions {
  const all = withLocked(lock, known);
  const bound: BoundAction[] = [];
  const unknown: UnknownAction[] = [];
  const changed: string[] = [];
  for (const [ref, entry] of lock.actions) {
    const found = resolveInterface(ref, all);
    if (found.kind === "unknown") {
      if (entry.manifest !== undefined) unknown.push(found);
      continue;
    }
    if (entry.manifest !== undefined && digestInterface(found.interface) !== entry.manifest) changed.push(ref);
    const uses = parseUses(ref);
    const tag = found.version?.tag ?? undefined;
    bound.push({
      ref,
      interface: found.interface,
      ...(tag === undefined || (uses.kind === "repository" && uses.ref === tag) ? {} : { asOf: tag }),
    });
  }
  return { bound, unknown, changed };
}

/** What is known, with the manifests that are kept in the lock; one that is given anew comes before them. */
export function withLocked(lock: Lock, { given, ...known }: KnownActions): KnownActions {
  const locked = [...lock.actions].flatMap(([ref, entry]) =>
    entry.interface === undefined ? [] : [[ref, entry.interface] as const],
  );
  return { ...known, given: new Map([...locked, ...(given ?? [])]) };
}

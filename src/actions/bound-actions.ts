import { actionName, parseUses } from "../ir/uses-ref.ts";
import { digestInterface, type ActionInterface } from "./action-interface.ts";
import type { Catalog } from "./catalog.ts";
import type { Lock, LockEntry } from "./lock.ts";
import { isSha, resolveInterface, type KnownActions, type UnknownAction } from "./resolve-interface.ts";

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
      if (entry.manifest !== undefined || entry.typedAs !== undefined) unknown.push(found);
      continue;
    }
    if (entry.manifest !== undefined && digestInterface(found.interface) !== entry.manifest) changed.push(ref);
    const uses = parseUses(ref);
    const tag = entry.typedAs ?? (entry.sha === undefined ? found.version?.tag : entry.tag);
    bound.push({
      ref,
      interface: found.interface,
      ...(tag == null || (uses.kind === "repository" && uses.ref === tag) ? {} : { asOf: tag }),
    });
  }
  return { bound, unknown, changed };
}

/**
 * What is known, with what the lock says: the manifests that are kept in it, and those of the commits that refs are locked to. One
 * that is given anew comes before them.
 */
export function withLocked(lock: Lock, { given, ...known }: KnownActions): KnownActions {
  const locked = [...lock.actions].flatMap(([ref, entry]) => {
    const found = entry.interface ?? interfaceAt(ref, entry, known.catalog) ?? interfaceAs(ref, entry, known.catalog);
    return found === undefined ? [] : [[ref, found] as const];
  });
  return { ...known, given: new Map([...locked, ...(given ?? [])]) };
}

/** Another version's interface stands for a ref only as long as nobody knows its own. */
function interfaceAs(ref: string, { typedAs }: LockEntry, catalog: Catalog): ActionInterface | undefined {
  const uses = parseUses(ref);
  if (typedAs === undefined || uses.kind !== "repository" || isOwnKnown(ref, catalog)) return undefined;
  return catalog.find(actionName(uses))?.versions.find((version) => version.tag === typedAs)?.interface;
}

/** Whether the catalogue has the very version of a ref. */
export function isOwnKnown(ref: string, catalog: Catalog): boolean {
  return resolveInterface(ref, { catalog }).kind === "resolved";
}

/** A ref that is locked has the interface of its commit, even where the catalogue knows a newer version of its line. */
function interfaceAt(ref: string, { sha }: LockEntry, catalog: Catalog): ActionInterface | undefined {
  const uses = parseUses(ref);
  if (sha === undefined || uses.kind !== "repository" || isSha(uses.ref)) return undefined;
  return catalog.find(actionName(uses))?.versions.find((version) => version.sha === sha)?.interface;
}

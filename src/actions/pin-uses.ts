import type { FileNode } from "../ir/any-node.ts";
import type { Scalar } from "../ir/node.ts";
import type { Path } from "../ir/origin.ts";
import { changeParts, visitParts, type Part } from "../ir/parts.ts";
import { actionName, parseUses } from "../ir/uses-ref.ts";
import type { Catalog } from "./catalog.ts";
import { explainUnpinned } from "./explain-unpinned.ts";
import { isPinned, type Lock, type LockedCommit, type LockEntry } from "./lock.ts";
import { isReusableWorkflow, isSha, resolveInterface } from "./resolve-interface.ts";

/** A `uses:` in a file. */
export interface UsesPlace {
  /** As written. */
  readonly ref: string;
  readonly scalar: Scalar;
  readonly path: Path;
}

export interface UnpinnedUses extends UsesPlace {
  /** A sentence. */
  readonly reason: string;
}

/**
 * Pins every `uses:` of a file to the commit that the lock holds for it. It reads the lock alone, so that equal sources and an
 * equal lock are equal bytes.
 *
 * @example
 * pinUses(workflow, lock); // uses: actions/checkout@93cb6efe18208431cddfb8368fd83d5badbf9bfd # v5.0.1
 */
export function pinUses<T extends FileNode>(file: T, lock: Lock): T {
  const find = lookUp(lock);
  return changeParts(file, (part) => {
    if (!hasUses(part)) return part;
    const entry = find(part.uses.text);
    if (entry === undefined || !isPinned(entry)) return part;
    const uses = pinScalar(part.uses, entry);
    return uses === part.uses ? part : { ...part, uses };
  });
}

/**
 * What stays as it is written although it could move, when a file is pinned.
 *
 * @param catalog makes the reasons better
 */
export function findUnpinned(file: FileNode, lock: Lock, catalog?: Catalog): readonly UnpinnedUses[] {
  const find = lookUp(lock);
  return findUses(file).flatMap((place) => {
    const entry = find(place.ref);
    const reason = entry !== undefined && isPinned(entry) ? undefined : whyUnpinned(place.ref, entry, catalog);
    return reason === undefined ? [] : [{ ...place, reason }];
  });
}

const usesByFile = new WeakMap<FileNode, readonly UsesPlace[]>();

/** Every `uses:` of a file's steps and jobs, in the author's order. */
export function findUses(file: FileNode): readonly UsesPlace[] {
  const known = usesByFile.get(file);
  if (known !== undefined) return known;
  const places: UsesPlace[] = [];
  visitParts(file, (part, path) => {
    if (hasUses(part)) places.push({ ref: part.uses.text, scalar: part.uses, path: [...path, "uses"] });
  });
  usesByFile.set(file, places);
  return places;
}

function hasUses(part: Part): part is Extract<Part, { readonly kind: "uses-step" | "call-job" }> & { uses: Scalar } {
  return (part.kind === "uses-step" || part.kind === "call-job") && part.uses !== undefined;
}

/** Owner and name are case-insensitive on GitHub, the rest is not. */
function lookUp(lock: Lock): (ref: string) => LockEntry | undefined {
  let folded: ReadonlyMap<string, LockEntry> | undefined;
  return (ref) => {
    const entry = lock.actions.get(ref);
    if (entry !== undefined) return entry;
    folded ??= new Map([...lock.actions].map(([ref, entry]) => [foldCase(ref), entry]));
    return folded.get(foldCase(ref));
  };
}

function foldCase(ref: string): string {
  const uses = parseUses(ref);
  return uses.kind === "repository" ? `${`${uses.owner}/${uses.name}`.toLowerCase()}/${uses.path}@${uses.ref}` : ref;
}

function pinScalar(uses: Scalar, { sha, tag, branch }: LockedCommit): Scalar {
  const parsed = parseUses(uses.text);
  if (parsed.kind !== "repository") return uses;
  const text = `${actionName(parsed)}@${sha}`;
  const name = tag ?? branch;
  const comments = name === undefined ? uses.comments : { ...uses.comments, trailing: nameComment(name, uses) };
  if (text === uses.text && comments?.trailing === uses.comments?.trailing) return uses;
  return { ...uses, value: text, text, raw: undefined, comments };
}

/** Bots that raise versions look for the tag at the beginning of the comment; the author's own words follow it. */
function nameComment(name: string, uses: Scalar): string {
  const own = uses.comments?.trailing?.trim() ?? "";
  if (own === "" || own === name) return ` ${name}`;
  return own.startsWith(`${name} `) ? ` ${own}` : ` ${name} ${own}`;
}

function whyUnpinned(ref: string, entry: LockEntry | undefined, catalog: Catalog | undefined): string | undefined {
  const uses = parseUses(ref);
  if (uses.kind !== "repository" || isSha(uses.ref) || entry?.unpinned === "local") return undefined;
  const found = catalog && resolveInterface(ref, { catalog });
  if (entry?.unpinned !== undefined)
    return explainUnpinned(ref, entry.unpinned, found?.kind === "resolved" ? found.version : undefined);
  if (isReusableWorkflow(uses)) return `${ref} is not pinned: run \`npx flowkeep actions add ${ref}\``;
  if (found?.kind === "unknown") return `${ref} is not pinned: ${found.reason}`;
  return `${ref} is not pinned: it is not in the lock; run \`npx flowkeep actions add ${ref}\``;
}

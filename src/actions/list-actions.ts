import { digestInterface } from "./action-interface.ts";
import { isOwnKnown, withLocked } from "./bound-actions.ts";
import { explainUnpinned } from "./explain-unpinned.ts";
import { isPinned, type Lock, type UnpinnedReason } from "./lock.ts";
import { parseUses } from "../ir/uses-ref.ts";
import { isReusableWorkflow, resolveInterface, type KnownActions } from "./resolve-interface.ts";

/** A line of `flowkeep actions list`. */
export interface ActionRow {
  readonly ref: string;
  /** Undefined where the ref stays as it is written. */
  readonly sha?: string | undefined;
  /** Why it does. */
  readonly unpinned?: UnpinnedReason | undefined;
  readonly tag?: string | undefined;
  readonly branch?: string | undefined;
  /** Undefined where the interface is not known. */
  readonly using?: string | undefined;
  /** What a composite action uses in turn. */
  readonly uses: readonly string[];
  /** Sentences: why it is not pinned, and what changed since it was locked. */
  readonly notes: readonly string[];
}

/** Everything in the lock, sorted by ref. */
export function listActions(lock: Lock, known: KnownActions): readonly ActionRow[] {
  const all = withLocked(lock, known);
  return [...lock.actions].map(([ref, entry]) => {
    const found = resolveInterface(ref, all);
    const version = found.kind === "resolved" ? found.version : undefined;
    const notes: string[] = [];
    const unpinned = isPinned(entry) ? undefined : entry.unpinned;
    if (unpinned !== undefined && unpinned !== "local") notes.push(explainUnpinned(ref, unpinned, version));
    else if (
      isPinned(entry) &&
      found.kind === "resolved" &&
      found.by === "tag" &&
      version !== undefined &&
      version.sha !== entry.sha
    )
      notes.push(
        `${ref} is locked to ${entry.sha}, but the catalogue saw its tag at ${version.sha}: the tag was moved`,
      );
    if (entry.typedAs !== undefined && !isOwnKnown(ref, known.catalog))
      notes.push(
        `${ref} is typed as ${entry.typedAs}, since the catalogue does not know it; \`npx flowkeep actions add ${ref}\` asks for its own manifest`,
      );
    const uses = parseUses(ref);
    const isWorkflow = uses.kind === "repository" && isReusableWorkflow(uses);
    if (found.kind === "unknown") notes.push(...(isWorkflow ? [] : [found.reason]));
    else if (entry.manifest !== undefined && digestInterface(found.interface) !== entry.manifest)
      notes.push(`${ref} has another interface than the one that was locked: run \`npx flowkeep actions add ${ref}\``);
    const using = found.kind === "resolved" ? found.interface.using : undefined;
    const { sha, tag, branch } = isPinned(entry) ? entry : {};
    return { ref, sha, tag, branch, unpinned, using, uses: entry.uses, notes };
  });
}

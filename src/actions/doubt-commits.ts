import { actionName, parseUses } from "../ir/uses-ref.ts";
import type { Catalog } from "./catalog.ts";
import { isPinned, type Lock } from "./lock.ts";
import { isSha } from "./resolve-interface.ts";

/** A commit of the lock that is another one than the catalogue knows for the tag. */
export interface DoubtedCommit {
  readonly ref: string;
  /** As the lock has it. */
  readonly sha: string;
  readonly tag: string;
  /** As the catalogue has it. */
  readonly known: string;
}

/**
 * Commits of the lock that the catalogue contradicts: of an exact tag, whether the ref is that tag or the lock says that the ref stood
 * there. A tag can be moved, and the catalogue is as old as this flowkeep: which of the two is right, nobody knows here.
 */
export function doubtCommits(lock: Lock, catalog: Catalog): readonly DoubtedCommit[] {
  return [...lock.actions].flatMap(([ref, entry]) => {
    const uses = parseUses(ref);
    if (uses.kind !== "repository" || !isPinned(entry)) return [];
    const versions = catalog.find(actionName(uses))?.versions ?? [];
    const own = uses.ref.replace(/^refs\/tags\//, "");
    // A moving tag may have the name of an exact one.
    const isMoving = versions.some(({ major, majorRef }) => major === own || majorRef?.name === own);
    const tags = isSha(own) || isMoving ? [entry.tag] : [own, entry.tag];
    const version = versions.find(({ tag }) => tag !== null && tags.includes(tag));
    if (version?.tag == null || version.sha === entry.sha) return [];
    return [{ ref, sha: entry.sha, tag: version.tag, known: version.sha }];
  });
}

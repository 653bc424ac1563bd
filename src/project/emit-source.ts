import { pinUses, type UnpinnedUses } from "../actions/pin-uses.ts";
import { emitFile } from "../emit/emit-file.ts";
import type { MappedFile } from "../emit/source-map.ts";
import type { Finding } from "../report/finding.ts";
import type { ConvertedSource } from "./convert-sources.ts";
import { nodeFinding, type Positions } from "./findings.ts";
import type { LockedActions } from "./lock-actions.ts";

export interface EmittedSource {
  readonly file: MappedFile;
  /** What stays as it is written although it could move. */
  readonly unpinned: readonly UnpinnedUses[];
}

/** Pins a source's actions and prints its file. */
export function emitSource(
  { source, node }: ConvertedSource,
  { lock, known }: Pick<LockedActions, "lock" | "known">,
): EmittedSource {
  const pinned = pinUses(node, lock, known.catalog);
  const { text, places } = emitFile(pinned.file, { source: source.file });
  return { file: { path: source.output, source: source.file, text, places }, unpinned: pinned.unpinned };
}

/** One note for each ref that is not pinned, where it is used first. */
export function listUnpinned(emitted: readonly EmittedSource[], positions: Positions): readonly Finding[] {
  const uses = new Map<string, { readonly first: UnpinnedUses; readonly file: string; count: number }>();
  for (const { file, unpinned } of emitted) {
    for (const use of unpinned) {
      const known = uses.get(use.ref);
      if (known === undefined) uses.set(use.ref, { first: use, file: file.source, count: 1 });
      else known.count++;
    }
  }
  return [...uses.values()].map(({ first, file, count }) => {
    const { reason, scalar, path } = first;
    const message = count === 1 ? reason : `${reason} (used in ${count} places)`;
    return nodeFinding({ code: "unpinned-uses", severity: "note", message, node: scalar, path }, file, positions);
  });
}

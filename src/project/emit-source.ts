import { pinUses } from "../actions/pin-uses.ts";
import { emitFile } from "../emit/emit-file.ts";
import type { MappedFile } from "../emit/source-map.ts";

import type { Finding } from "../report/finding.ts";
import type { ConvertedSource } from "./convert-sources.ts";
import { nodeFinding, type Positions } from "./findings.ts";
import type { LockedActions } from "./lock-actions.ts";

export interface EmittedSource {
  readonly file: MappedFile;
  /** What stays unpinned. */
  readonly notes: readonly Finding[];
}

/** Pins a source's actions and prints its file. */
export function emitSource(
  { source, node }: ConvertedSource,
  { lock, known }: Pick<LockedActions, "lock" | "known">,
  positions: Positions,
): EmittedSource {
  const pinned = pinUses(node, lock, known.catalog);
  const { text, places } = emitFile(pinned.file, { source: source.file });
  const notes = pinned.unpinned.map(({ reason, scalar, path }) =>
    nodeFinding(
      { code: "unpinned-uses", severity: "note", message: reason, node: scalar, path },
      source.file,
      positions,
    ),
  );
  return { file: { path: source.output, source: source.file, text, places }, notes };
}

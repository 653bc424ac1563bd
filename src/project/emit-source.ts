import { pinUses } from "../actions/pin-uses.ts";
import { emitFile } from "../emit/emit-file.ts";
import type { MappedFile } from "../emit/source-map.ts";
import type { ConvertedSource } from "./convert-sources.ts";
import type { LockedActions } from "./lock-actions.ts";

export interface EmittedSource {
  readonly file: MappedFile;
}

/** Pins a source's actions and prints its file. */
export function emitSource(
  { source, node }: ConvertedSource,
  { lock, known }: Pick<LockedActions, "lock" | "known">,
): EmittedSource {
  const pinned = pinUses(node, lock, known.catalog);
  const { text, places } = emitFile(pinned.file, { source: source.file });
  return { file: { path: source.output, source: source.file, text, places } };
}

import { pinUses } from "../../actions/pin-uses.ts";
import { emitFile } from "../../emit/emit-file.ts";
import type { MappedFile } from "../../emit/source-map.ts";
import { DefinitionError, UserError } from "../../ir/errors.ts";
import type { LoadResult } from "../../load/load-sources.ts";
import { MOST_CHARACTERS, tooLong } from "../../read/parse-yaml.ts";
import type { ConvertedSource } from "./convert-sources.ts";
import type { LockedActions } from "../actions/lock-actions.ts";

export interface EmittedSource {
  readonly file: MappedFile;
}

export interface EmittedSources {
  readonly yaml: readonly MappedFile[];
  /** What no YAML can say. */
  readonly errors: readonly UserError[];
}

/** Prints all files. One that cannot be printed does not hide the others. */
export function emitSources(
  converted: readonly ConvertedSource[],
  locked: Pick<LockedActions, "lock" | "github">,
  { explain }: Pick<LoadResult, "explain">,
): EmittedSources {
  const yaml: MappedFile[] = [];
  const errors: UserError[] = [];
  for (const source of converted) {
    try {
      yaml.push(emitSource(source, locked).file);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      errors.push(explain(error) ?? error);
    }
  }
  return { yaml, errors };
}

/** Pins a source's actions, unless GitHub's own lock does, and prints its file. */
export function emitSource(
  { source, node }: ConvertedSource,
  { lock, github }: Pick<LockedActions, "lock" | "github">,
): EmittedSource {
  const pinned = github === undefined ? pinUses(node, lock) : node;
  const { text, places } = emitFile(pinned, { source: source.file });
  if (text.length > MOST_CHARACTERS) {
    const place = { file: source.file, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
    throw new DefinitionError(`${tooLong(text)}: move a long script into a file of its own`, place);
  }
  return { file: { path: source.output, source: source.file, text, places } };
}

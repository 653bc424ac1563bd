import { ReadError } from "../ir/errors.ts";
import { locate, sourceFile } from "../ir/span.ts";

/** Says that git left a lock half merged, at the first line that shows it; undefined where it did not. */
export function mergeConflict(text: string, file: string, noun: string): ReadError | undefined {
  const conflict = /^(?:<{7}|={7}|>{7})/m.exec(text);
  if (conflict === null) return undefined;
  const span = { file: sourceFile(file, text), start: conflict.index, end: conflict.index + 7 };
  return new ReadError(`${noun} has conflict markers of a merge: keep both sides' entries`, locate(span));
}

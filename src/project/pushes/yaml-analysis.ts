import type { FileVerdicts } from "../../credentials/analyze-file.ts";
import type { CheckedFile } from "../../rules/checked-file.ts";
import { noteAsked, type PushCache, type PushSubject, type WorkedOut } from "./push-cache.ts";
import { shareVerdicts } from "./share-verdicts.ts";
import { subjectOf, verdictsOf, type YamlSurroundings } from "./yaml-verdicts.ts";

/** Who the pushes of YAML files authenticate as. */
export interface YamlAnalysis {
  /** With the paths of the file's own repository; undefined where it cannot be read. */
  readonly of: (file: CheckedFile) => FileVerdicts | undefined;
  /** Works many files out before they are asked for; that changes no answer. */
  readonly prepare: (files: readonly CheckedFile[]) => Promise<void>;
}

/**
 * @param thread the program of a second thread, which sees what lies on disk and nothing else; undefined where there is none, or
 * where that is not all
 */
export function yamlAnalysis(around: YamlSurroundings, cache: PushCache, thread: URL | undefined): YamlAnalysis {
  const found = new Map<CheckedFile, FileVerdicts | undefined>();
  const subject = (file: CheckedFile): PushSubject => subjectOf(file.path, textOf(file), around);
  const workOut = (file: CheckedFile): WorkedOut =>
    noteAsked(subject(file), (asked) => verdictsOf(asked, around, () => file.node));
  const take = (file: CheckedFile, worked: WorkedOut): void => {
    cache.keep(subject(file), worked);
    found.set(file, worked.verdicts);
  };
  const look = (file: CheckedFile): void => {
    const kept = found.has(file) ? undefined : cache.kept(subject(file));
    if (kept !== undefined) found.set(file, kept);
  };
  return {
    of(file) {
      look(file);
      if (!found.has(file)) take(file, workOut(file));
      return found.get(file);
    },
    async prepare(files) {
      files.forEach(look);
      const missing = files.filter((file) => !found.has(file));
      const { root, repository, actions } = around;
      const texts = missing.map((file) => ({ path: file.path, text: textOf(file) }));
      const shared = await shareVerdicts({ root, repository, actions, files: texts }, thread, missing, workOut);
      for (const [file, worked] of shared) take(file, worked);
    },
  };
}

function textOf({ texts: [text] }: CheckedFile): string {
  return text?.text ?? "";
}

import type { FileVerdicts } from "../../credentials/analyze-file.ts";
import type { CheckedFile } from "../../rules/checked-file.ts";
import type { AnswerKind } from "./answer-cache.ts";
import type { FileAnswers } from "./file-answers.ts";

/** Who the pushes of YAML files authenticate as. */
export interface YamlAnalysis {
  /** Undefined where it cannot be read. */
  readonly of: (file: CheckedFile) => FileVerdicts | undefined;
  /** Takes what another thread has worked out; all that it looked at is noted already. */
  readonly take: (file: CheckedFile, verdicts: FileVerdicts | undefined) => void;
  /** What is kept from another run. */
  readonly kept: (file: CheckedFile) => FileVerdicts | undefined;
}

const VERDICTS: AnswerKind<FileVerdicts> = { name: "verdicts" };

/**
 * Each file's verdicts are worked out once, and kept for the next run; of a file that cannot be read nothing is kept.
 *
 * @param about what decides verdicts beside the files: plain data
 */
export function yamlAnalysis(
  answers: FileAnswers,
  about: (file: CheckedFile) => unknown,
  workOut: (file: CheckedFile) => FileVerdicts | undefined,
): YamlAnalysis {
  const found = new WeakMap<CheckedFile, FileVerdicts | undefined>();
  const kept = (file: CheckedFile): FileVerdicts | undefined => {
    if (found.has(file)) return found.get(file);
    const known = answers.kept(VERDICTS, file, about(file));
    if (known !== undefined) found.set(file, known);
    return known;
  };
  const take = (file: CheckedFile, verdicts: FileVerdicts | undefined): void => {
    if (verdicts !== undefined) answers.keep(VERDICTS, file, about(file), verdicts);
    found.set(file, verdicts);
  };
  return {
    of(file) {
      if (kept(file) === undefined && !found.has(file)) take(file, workOut(file));
      return found.get(file);
    },
    take,
    kept,
  };
}

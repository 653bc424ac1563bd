import type { FileVerdicts } from "../../credentials/analyze-file.ts";
import type { CheckedFile } from "../../rules/checked-file.ts";
import type { AnswerKind } from "./answer-cache.ts";
import type { FileAnswers } from "./file-answers.ts";

/** Who the pushes of YAML files authenticate as. */
export interface YamlAnalysis {
  readonly of: (file: CheckedFile) => YamlVerdicts;
  /** Takes what another thread has worked out; all that it looked at is noted already. */
  readonly take: (file: CheckedFile, verdicts: YamlVerdicts) => void;
  /** What is known already, from this run or another; undefined where nothing is. */
  readonly kept: (file: CheckedFile) => YamlVerdicts | undefined;
}

/** Null where the file cannot be read. */
export type YamlVerdicts = FileVerdicts | null;

const VERDICTS: AnswerKind<YamlVerdicts> = { name: "verdicts" };

/**
 * Each file's verdicts are worked out once, and kept for the next run.
 *
 * @param about what decides verdicts beside the files: plain data
 */
export function yamlAnalysis(
  answers: FileAnswers,
  about: (file: CheckedFile) => unknown,
  workOut: (file: CheckedFile) => YamlVerdicts,
): YamlAnalysis {
  const found = new WeakMap<CheckedFile, YamlVerdicts>();
  const kept = (file: CheckedFile): YamlVerdicts | undefined => {
    const known = found.get(file);
    if (known !== undefined) return known;
    const old = answers.kept(VERDICTS, file, about(file));
    if (old !== undefined) found.set(file, old);
    return old;
  };
  const take = (file: CheckedFile, verdicts: YamlVerdicts): void => {
    answers.keep(VERDICTS, file, about(file), verdicts);
    found.set(file, verdicts);
  };
  return {
    of(file) {
      const known = kept(file);
      if (known !== undefined) return known;
      const verdicts = workOut(file);
      take(file, verdicts);
      return verdicts;
    },
    take,
    kept,
  };
}

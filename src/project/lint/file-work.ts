import type { Seen } from "../pushes/looked-at.ts";
import type { YamlVerdicts } from "../pushes/yaml-analysis.ts";
import type { CheckedYaml } from "./check-yaml-files.ts";

/** What is asked of each file: of `pushes`, who its pushes are, and then what is wrong with them; of `rules`, what they find. */
export type Task = "pushes" | "rules";

/** What was worked out of a file: plain data, which one thread hands to another. */
export interface FileWork {
  /** Who its pushes are, and all that this came from; undefined where only rules were asked. */
  readonly analyzed: Noted<YamlVerdicts> | undefined;
  /** Undefined where it does not push, and nothing else was asked. */
  readonly checked: Noted<CheckedYaml> | undefined;
}

interface Noted<Answer> {
  readonly answer: Answer;
  readonly from: readonly Seen[];
}

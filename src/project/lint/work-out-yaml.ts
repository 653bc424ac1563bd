import type { CheckedFile } from "../../rules/checked-file.ts";
import type { Project } from "../project.ts";
import type { PushAnalysis, PushConfig } from "../pushes/push-analysis.ts";
import type { CheckedYaml, YamlChecker } from "./check-yaml-files.ts";
import type { FileWork, Task } from "./file-work.ts";
import { shareWork } from "./share-work.ts";
import { openShare } from "./work-out-share.ts";

interface ToWorkOut {
  readonly task: Task;
  readonly analysis: PushAnalysis;
  readonly checker: YamlChecker;
}

/**
 * Works many YAML files out before anybody asks: what is kept from another run is taken, the rest is shared by two threads. Who
 * worked what out cannot be seen from the answers.
 *
 * @returns what was found in each; undefined for files that do not push, where only those are checked
 */
export async function workOutYaml(
  project: Project,
  files: readonly CheckedFile[],
  { configured, ...to }: ToWorkOut & { readonly configured: PushConfig },
): Promise<(file: CheckedFile) => CheckedYaml | undefined> {
  const { task, analysis, checker } = to;
  const { yaml, answers } = analysis;
  const found = new Map<CheckedFile, CheckedYaml>();
  const isAnswered = (file: CheckedFile): boolean => {
    const verdicts = task === "pushes" ? yaml.kept(file) : undefined;
    if (task === "pushes" && verdicts === undefined) return false;
    if (verdicts?.pushes.length === 0) return true;
    const checked = checker.kept(file);
    if (checked !== undefined) found.set(file, checked);
    return checked !== undefined;
  };
  const take = (file: CheckedFile, { analyzed, checked }: FileWork): void => {
    answers.noteSeen(file, analyzed?.from ?? []);
    if (analyzed !== undefined) yaml.take(file, analyzed.answer);
    answers.noteSeen(file, checked?.from ?? []);
    if (checked === undefined) return;
    checker.keep(file, checked.answer);
    found.set(file, checked.answer);
  };
  const missing = files.filter((file) => !isAnswered(file));
  const order = {
    root: project.root,
    flowkeep: project.flowkeep.href,
    config: configured.config,
    task,
    rules: checker.rules.map(({ id }) => id),
    files: missing.map((file) => ({
      path: file.path,
      text: file.texts[0]?.text ?? "",
      verdicts: task === "pushes" ? yaml.kept(file) : undefined,
    })),
  };
  if (missing.length > 0) {
    const works = await shareWork(order, project.verdictThread, await openShare(order));
    for (const [at, work] of works.entries()) for (const file of missing.slice(at, at + 1)) take(file, work);
  }
  answers.save();
  return (file) => found.get(file);
}

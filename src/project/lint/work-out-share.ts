import { readFile } from "../../read/read-file.ts";
import { findRule } from "../../rules/all-rules.ts";
import { laterToCheck } from "../../rules/checked-file.ts";
import { pushAnalysis } from "../pushes/push-analysis.ts";
import { yamlChecker } from "./check-yaml-files.ts";
import type { FileWork } from "./file-work.ts";
import { takeTurns, type FileToWorkOut, type WorkAnswer, type WorkOrder } from "./share-work.ts";

/** What the second thread does. */
export async function workOutShare({ files, next, ...order }: WorkOrder): Promise<WorkAnswer> {
  return takeTurns(files, next, await openShare(order));
}

/**
 * Works files out one by one, each by itself: what was read of one is let go before the next. Nothing is kept here; whoever asked
 * keeps the answers.
 */
export async function openShare({
  root,
  flowkeep,
  config,
  task,
  rules: ids,
}: Omit<WorkOrder, "files" | "next">): Promise<(file: FileToWorkOut) => Promise<FileWork>> {
  const project = { root, flowkeep: new URL(flowkeep), scratch: root };
  const configured = { config };
  const analysis = await pushAnalysis(project, undefined, configured);
  const rules = ids.flatMap((id) => findRule(id) ?? []);
  const checker = await yamlChecker(project, { analysis, configured, rules, seen: [] });
  const { answers, yaml, mayPush, forRules } = analysis;
  return async ({ path, text, verdicts }) => {
    const file = laterToCheck(path, text, () => readFile(path, text));
    if (verdicts !== undefined) yaml.take(file, verdicts);
    // One walk through the jobs tells both, who pushes and what else becomes of credentials.
    if (task === "rules") forRules.jobsOf(file);
    const analyzed = task === "pushes" ? { answer: yaml.of(file), from: answers.seen(file) } : undefined;
    if (task === "pushes" && !mayPush(file)) return { analyzed, checked: undefined };
    const answer = await checker.check(file);
    return { analyzed, checked: { answer, from: answers.seen(file) } };
  };
}

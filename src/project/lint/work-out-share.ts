import { readFile } from "../../read/read-file.ts";
import { findRule } from "../../rules/all-rules.ts";
import { laterToCheck } from "../../rules/checked-file.ts";
import { pushAnalysis } from "../pushes/push-analysis.ts";
import { yamlChecker } from "./check-yaml-files.ts";
import { takeTurns, type WorkAnswer, type WorkOrder } from "./share-work.ts";
import { workOutFile } from "./work-out-yaml.ts";

/** What the second thread does. */
export async function workOutShare({
  root,
  flowkeep,
  config,
  task,
  rules: ids,
  files,
  next,
}: WorkOrder): Promise<WorkAnswer> {
  const project = { root, flowkeep: new URL(flowkeep), scratch: root };
  const configured = { config };
  const analysis = await pushAnalysis(project, undefined, configured);
  const rules = ids.flatMap((id) => findRule(id) ?? []);
  const checker = await yamlChecker(project, { analysis, configured, rules, seen: [] });
  return takeTurns(files, next, ({ path, text, verdicts }) => {
    const file = laterToCheck(path, text, () => readFile(path, text));
    if (verdicts !== undefined) analysis.yaml.take(file, verdicts);
    return workOutFile(file, { task, analysis, checker });
  });
}

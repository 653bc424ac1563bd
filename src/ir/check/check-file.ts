import { checkAction } from "./check-action.ts";
import { checkConcurrency, checkDefaults, checkJobs } from "./check-jobs.ts";
import { checkTriggers } from "./check-triggers.ts";
import type { FileNode } from "../any-node.ts";
import { MOST_PROBLEMS, type Report, type SyntaxProblem } from "../syntax-problem.ts";

/** What GitHub refuses although each value has the right shape: ids, the graph of jobs, schedules, inputs, steps. */
export function checkFile(file: FileNode): readonly SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  const report: Report = (code, message, node, path, severity = "error") => {
    if (problems.length < MOST_PROBLEMS) problems.push({ code, severity, message, node, path });
  };
  if (file.kind === "action-file") checkAction(file, report);
  else {
    checkTriggers(file.on, report);
    checkDefaults(file.defaults, [], report);
    checkConcurrency(file.concurrency, ["concurrency"], report);
    checkJobs(file.jobs, report);
  }
  return problems;
}

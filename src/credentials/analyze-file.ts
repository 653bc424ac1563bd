import { startsOf } from "./conditions/starts.ts";
import type { FileNode } from "../ir/any-node.ts";
import type { AnalyzeOptions } from "./analyze-options.ts";
import { planJob } from "./jobs/enter-job.ts";
import { fileMayPush } from "./jobs/may-push.ts";
import { runActionFile } from "./jobs/run-action-file.ts";
import { runWorkflow } from "./jobs/run-workflow.ts";
import { sightOf } from "./jobs/start-analysis.ts";
import { decidePushes, type Met, type PushVerdict } from "./verdicts.ts";

export type { AnalyzeOptions } from "./analyze-options.ts";

export interface FileVerdicts {
  readonly pushes: readonly PushVerdict[];
  /** `git clone` and `git ls-remote`: no pushes, but they go out with the same credentials. */
  readonly reads: readonly PushVerdict[];
}

/**
 * Who each push of a workflow or a composite action authenticates as, who was meant, and why.
 *
 * @example
 * const { node } = readFile(path, text);
 * const { pushes } = analyzeFile(path, node, { catalog });
 */
export function analyzeFile(path: string, node: FileNode, options: AnalyzeOptions): FileVerdicts {
  const met: Met[] = [];
  if (node.kind === "workflow")
    runWorkflow(path, { workflow: node, options, caller: undefined, starts: startsOf(node.on) }, met);
  else runActionFile(path, node, options, met);
  return decidePushes(met);
}

/**
 * Whether `analyzeFile` may find anything in a file, by the words of its jobs. What says no need not be pinned and placed first:
 * most files.
 */
export function mayMeetPush(file: FileNode, options: AnalyzeOptions): boolean {
  if (file.kind !== "workflow") return true;
  const sight = sightOf(options);
  return (file.jobs?.entries ?? []).some(({ value }) => value.kind !== "job" || planJob(value, file, sight).length > 0);
}

/**
 * Whether a file may push at all, by its text and those that it leads to. What says no need not even be parsed: eight files of
 * ten.
 *
 * @example
 * const pushes = mayPush(text, options) ? analyzeFile(path, readFile(path, text).node, options).pushes : [];
 */
export function mayPush(
  text: string,
  options: Pick<AnalyzeOptions, "actions" | "readRepositoryFile" | "only">,
): boolean {
  return fileMayPush(text, sightOf(options));
}

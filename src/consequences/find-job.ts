import type { FileNode } from "../ir/any-node.ts";
import type { AnyJob, Step } from "../ir/workflow.ts";

/** The job of a workflow that a push is listed under: of `call / inner` the one that calls. */
export function findJob(file: FileNode, job: string): AnyJob | undefined {
  if (file.kind !== "workflow") return undefined;
  const [own] = job.split(" / ", 1);
  return file.jobs?.entries.find(({ key }) => key.text === own)?.value;
}

/** The steps that a push is among; none where they are in another file. */
export function stepsOf(file: FileNode, job: string): readonly Step[] {
  if (file.kind === "action-file") return file.runs?.kind === "composite-runs" ? (file.runs.steps?.items ?? []) : [];
  const found = findJob(file, job);
  if (found?.kind !== "job" || job.includes(" / ")) return [];
  return found.steps?.items ?? [];
}

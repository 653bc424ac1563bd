import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { scalarsOf } from "../ir/walk.ts";
import type { CallJob, Job, Workflow } from "../ir/workflow.ts";
import { readWorkflow } from "../read/read-file.ts";

/** A job with steps, of the workflow itself or of one in the same repository that it calls. */
export interface FoundJob {
  /** As the analysis calls it: `build`, or `release / publish` for one that `release` calls. */
  readonly id: string;
  readonly job: Job;
  /** The workflow that it stands in. */
  readonly workflow: Workflow;
  readonly path: string;
  /** Undefined for a job of the workflow itself. */
  readonly call: Call | undefined;
}

/** A job that calls a workflow. */
export interface Call {
  readonly id: string;
  readonly job: CallJob;
  /** Those whose job it is. */
  readonly caller: Pick<FoundJob, "workflow" | "path" | "call">;
  /** The ids of the called workflow's jobs, all levels of them. */
  readonly inner: readonly string[];
  readonly called: Workflow;
}

/** docs.github.com, "Reuse workflows", limitations. */
const MOST_LEVELS = 10;

/** All jobs with steps, in the order of the files. A called workflow is read from the repository's folder. */
export function findJobs(path: string, workflow: Workflow, folder: string): readonly FoundJob[] {
  return jobsOf({ path, workflow, call: undefined }, folder, 0);
}

function jobsOf(caller: Call["caller"], folder: string, level: number): readonly FoundJob[] {
  const { workflow, call } = caller;
  const prefix = call === undefined ? "" : `${call.id} / `;
  return (workflow.jobs?.entries ?? []).flatMap(({ key, value: job }) => {
    const id = prefix + key.text;
    if (job.kind === "job") return [{ id, job, ...caller }];
    const file = job.kind === "call-job" ? /^(?:\.\/|\$\/)(.+\.ya?ml)$/.exec(job.uses?.text ?? "")?.[1] : undefined;
    if (job.kind !== "call-job" || file === undefined || level >= MOST_LEVELS || !existsSync(join(folder, file)))
      return [];
    const called = readWorkflow(file, readFileSync(join(folder, file), "utf8")).node;
    if (called === undefined) return [];
    const inner: string[] = [];
    const found = jobsOf({ path: file, workflow: called, call: { id, job, caller, inner, called } }, folder, level + 1);
    inner.push(...found.map((each) => each.id));
    return found;
  });
}

/** The ids of the jobs that one needs: a call stands for all that it calls, and what is called needs what its call needs. */
export function neededIds({ id, job, call }: FoundJob, all: readonly FoundJob[]): readonly string[] {
  const prefix = call === undefined ? "" : `${call.id} / `;
  const own = scalarsOf(job.needs).map(({ text }) => prefix + text);
  const callers = call === undefined ? [] : scalarsOf(call.job.needs).map(({ text }) => text);
  const outer = call?.caller.call === undefined ? "" : `${call.caller.call.id} / `;
  const named = [...own, ...callers.map((text) => outer + text)];
  return all
    .filter((other) => other.id !== id && named.some((name) => other.id === name || other.id.startsWith(`${name} / `)))
    .map((other) => other.id);
}

import type { Job, Permissions } from "../../ir/workflow.ts";
import type { Hop } from "../evidence.ts";
import type { StepPlace } from "../step-place.ts";
import type { JobContext } from "../steps/job-context.ts";
import { runSteps } from "../steps/run-steps.ts";
import { unseenOnRunner, unseenRepository } from "../steps/unseen-repository.ts";
import { Symbols } from "../text.ts";
import type { Met } from "../verdicts.ts";
import { callWorkflow } from "./call-workflow.ts";
import { jobContext, planJob, startWorld } from "./enter-job.ts";
import { walkMatrix } from "./find-matrix.ts";
import { needsOf } from "./job-outputs.ts";
import { assumeRepository, sightOf, startAnalysis } from "./start-analysis.ts";
import type { WorkflowRun } from "./workflow-run.ts";

/**
 * Meets the pushes of a workflow's jobs, and of the workflows that it calls.
 *
 * @param path the file that is asked for
 */
export function runWorkflow(path: string, run: WorkflowRun, met: Met[]): void {
  for (const { key, value } of run.workflow.jobs?.entries ?? [])
    if (value.kind === "job") runJob(path, key.text, value, run, met);
    else if (value.kind === "call-job") {
      const symbols = run.caller?.symbols ?? new Symbols();
      const called = callWorkflow(key.text, value, run, symbols, needsOf(value, run, symbols));
      if (called !== undefined) runWorkflow(path, called, met);
    }
}

function runJob(path: string, id: string, job: Job, run: WorkflowRun, met: Met[]): void {
  const { workflow, options, caller, starts } = run;
  if (caller === undefined && options.passedOver?.has(id) === true) return;
  const all = job.steps?.items ?? [];
  const plan = planJob(job, workflow, sightOf(options));
  const steps = options.observe === undefined ? all.slice(0, plan.length) : all;
  if (steps.length === 0) return;
  const symbols = caller?.symbols ?? new Symbols();
  walkMatrix(job, (matrix, when) => {
    const site: StepPlace = { job: (caller?.prefix ?? "") + id, step: 0, stepName: undefined, span: undefined };
    let place = site;
    const remarks = new Map<string, Hop>();
    const analysis = startAnalysis({
      options,
      symbols,
      assumedRepository: assumeRepository(options, workflow),
      starts,
      record: (push) => {
        const hops = remarks.size === 0 ? push.hops : [...remarks.values(), ...push.hops];
        met.push({ ...push, hops, workflow: path, place, matrix: when });
      },
      isInContainer: job.container !== undefined && !choosesUser(job.container),
      unseenOnRunner: () => unseenOnRunner(context),
      unseenRepository: () => unseenRepository(job, context, place.step),
      mayWriteContents: writesContents(job.permissions ?? workflow.permissions ?? caller?.permissions),
    });
    const context: JobContext = jobContext(job, {
      id,
      workflow,
      analysis,
      caller,
      matrix,
      needs: needsOf(job, run, symbols, (hop) => remarks.set(hop.text, hop)),
      candidates: plan.candidates,
      site,
      enter: (next) => (place = next),
    });
    runSteps(steps, [startWorld(context, workflow, job)], context);
  });
}

/** `options: --user 1001` */
function choosesUser(container: NonNullable<Job["container"]>): boolean {
  return container.kind === "container" && /(?:^|\s)(?:-u|--user)\b/.test(container.options?.text ?? "");
}

function writesContents(permissions: Permissions | undefined): boolean {
  if (permissions?.kind === "scalar") return permissions.text === "write-all";
  return permissions?.entries.some(({ key, value }) => key.text === "contents" && value.text === "write") ?? false;
}

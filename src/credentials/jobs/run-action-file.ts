import type { ActionFile } from "../../ir/action-file.ts";
import type { Job, Workflow } from "../../ir/workflow.ts";
import type { AnalyzeOptions } from "../analyze-options.ts";
import { NO_FILES, withFile } from "../files.ts";
import { WORKSPACE } from "../paths.ts";
import type { StepPlace } from "../step-place.ts";
import { relevance } from "../steps/is-relevant.ts";
import { runSteps } from "../steps/run-steps.ts";
import { Symbols } from "../text.ts";
import type { Met } from "../verdicts.ts";
import { emptyWorld, jobContext } from "./enter-job.ts";
import { planPushes } from "./may-push.ts";
import { sightOf, startAnalysis } from "./start-analysis.ts";

const NO_WORKFLOW: Workflow = { kind: "workflow", keys: [], unknown: [] };
const NO_JOB: Job = { kind: "job", keys: [], unknown: [] };

/** A composite action on its own: the repository that it runs in is the caller's. */
export function runActionFile(path: string, action: ActionFile, options: AnalyzeOptions, met: Met[]): void {
  if (action.runs?.kind !== "composite-runs") return;
  const directory = path.includes("/") ? path.replace(/\/[^/]*$/, "") : "";
  const all = action.runs.steps?.items ?? [];
  const around = { env: [], folder: directory };
  const plan = planPushes(all, around, sightOf(options));
  const steps = options.observe === undefined ? all.slice(0, plan.length) : all;
  if (steps.length === 0) return;
  let place: StepPlace = { job: "(composite)", step: 0, stepName: undefined, span: undefined };
  const analysis = startAnalysis({
    options,
    symbols: new Symbols(),
    assumedRepository: options.repository ?? "octo/app",
    record: (push) => met.push({ ...push, workflow: path, place, matrix: undefined }),
  });
  const context = jobContext(NO_JOB, {
    id: "composite",
    workflow: NO_WORKFLOW,
    analysis,
    caller: undefined,
    matrix: new Map(),
    needs: () => undefined,
    site: place,
    enter: (next) => (place = next),
  });
  const reason = "the caller's job decides: this action checks nothing out itself";
  const files = withFile(NO_FILES, `${WORKSPACE}/.git/config`, { kind: "unknown", reason });
  const actionPath = directory === "" ? WORKSPACE : `${WORKSPACE}/${directory}`;
  const isRelevant = relevance(analysis, all, () => ({
    candidates: plan.candidates,
    folders: [directory],
    askers: [],
  }));
  runSteps(steps, [{ ...emptyWorld(), files }], { ...context, actionPath, isRelevant });
}

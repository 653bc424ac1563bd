import { actionName, parseUses } from "../../ir/uses-ref.ts";
import type { FileNode } from "../../ir/any-node.ts";
import type { Env, Job, Step, UsesStep, Workflow } from "../../ir/workflow.ts";
import type { AnalyzeOptions } from "../analyze-options.ts";
import { planJob } from "../jobs/enter-job.ts";
import type { Sight } from "../jobs/may-push.ts";
import { sightOf } from "../jobs/start-analysis.ts";

/**
 * Whether a file's own jobs may do anything with credentials, as far as their words tell: what says no need not be walked through.
 * A job does nothing with them where its checkouts keep none, nothing names a secret or a token, no action is known to bring
 * one, and no script, here or in the repository, speaks to a git server or to git at all.
 */
export function mayHoldCredentials(file: FileNode, options: AnalyzeOptions): boolean {
  // What a composite action holds is its caller's to say.
  if (file.kind !== "workflow") return true;
  const sight = sightOf({ ...options, only: undefined });
  const jobs = file.jobs?.entries.map(({ value }) => value) ?? [];
  return envNamesOne(file.env) || jobs.some((job) => job.kind === "job" && jobMayHold(job, file, sight));
}

function jobMayHold(job: Job, workflow: Workflow, sight: Sight): boolean {
  const steps = job.steps?.items ?? [];
  if (envNamesOne(job.env) || steps.some((step) => stepMayHold(step, sight))) return true;
  return planJob(job, workflow, sight).length > 0;
}

function stepMayHold(step: Step, sight: Sight): boolean {
  switch (step.kind) {
    case "run-step":
      return /\bgit\b/.test(step.run.text) || namesOne(step.run.text) || envNamesOne(step.env);
    case "uses-step":
      return envNamesOne(step.env) || withNamesOne(step.with) || actionMayHold(step, sight);
    case "parallel-step":
      return step.parallel.items.some((inner) => stepMayHold(inner, sight));
    case "wait-step":
    case "wait-all-step":
    case "cancel-step":
      return false;
    case "other-step":
      return true;
  }
}

function actionMayHold({ uses, with: given }: UsesStep, { actions }: Sight): boolean {
  const ref = parseUses(uses.text);
  if (ref.kind !== "repository") return ref.kind === "local" || ref.kind === "self";
  const name = actionName(ref).toLowerCase();
  if (name !== "actions/checkout")
    return (
      name === "actions/github-script" ||
      (actions.get(name) ?? []).some(({ run, mints }) => run !== undefined || mints !== undefined)
    );
  const persist =
    given?.kind === "mapping" ? given.entries.find(({ key }) => PERSIST.test(key.text))?.value : undefined;
  return persist?.text?.toLowerCase() !== "false";
}

const PERSIST = /^persist-credentials$/i;

/** `secrets.PAT`, `github.token`, `toJSON(github)`, an input `private-key`. */
const NAMES_ONE = /secrets|token|private|\bgithub\s*[^.\s\w-]/i;

function namesOne(text: string): boolean {
  return NAMES_ONE.test(text);
}

function envNamesOne(env: Env | undefined): boolean {
  if (env?.kind !== "mapping") return env !== undefined && namesOne(env.text);
  return env.entries.some(({ value }) => namesOne(value.text ?? ""));
}

function withNamesOne(given: UsesStep["with"]): boolean {
  if (given?.kind !== "mapping") return given !== undefined;
  return given.entries.some(({ key, value }) => namesOne(key.text) || namesOne(value.text ?? ""));
}

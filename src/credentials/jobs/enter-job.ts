import type { CallJob, Job, Step, Workflow } from "../../ir/workflow.ts";
import { scalarsOf } from "../../ir/walk.ts";
import { NO_OPTIONS } from "../../shell/shell-options.ts";
import { findSystem } from "../../shell/which-shell.ts";
import type { Analysis } from "../analysis.ts";
import { NO_FILES } from "../files.ts";
import { WORKSPACE } from "../paths.ts";
import { evaluateText } from "../steps/evaluate-expression.ts";
import type { StepPlace } from "../step-place.ts";
import { contextsOf, type JobContext } from "../steps/job-context.ts";
import { relevance } from "../steps/is-relevant.ts";
import { readEnv } from "../steps/read-env.ts";
import { NO_WORKS } from "../work.ts";
import { decideIn } from "../conditions/decide-in.ts";
import { formulaOf } from "../steps/condition-formula.ts";
import { partsOfCondition } from "../steps/parse-text.ts";
import { withFact, type World } from "../world.ts";
import type { MatrixValues } from "./find-matrix.ts";
import { foldersOf, planPushes, type PushPlan, type Sight } from "./may-push.ts";
import type { Caller } from "./workflow-run.ts";

interface Entered {
  readonly id: string;
  readonly workflow: Workflow;
  readonly analysis: Analysis;
  readonly caller: Caller | undefined;
  readonly matrix: MatrixValues;
  readonly needs: JobContext["needs"];
  readonly site: StepPlace;
  readonly enter: JobContext["enter"];
  /** Steps that may push. */
  readonly candidates?: ReadonlySet<Step>;
  /** Texts that ask for outputs of the steps when the job has ended. */
  readonly askers?: readonly string[];
}

const NO_STEPS: ReadonlySet<Step> = new Set();

/** What the steps of a job have around them. */
export function jobContext(
  job: Job | CallJob,
  { id, workflow, analysis, caller, matrix, needs, site, enter, candidates = NO_STEPS, askers = [] }: Entered,
): JobContext {
  const { symbols } = analysis;
  const own = job.kind === "job" ? job : undefined;
  const steps = own?.steps?.items ?? [];
  const base: JobContext = {
    analysis,
    jobId: id,
    runnerOs: undefined,
    runsOn: [],
    isInContainer: own?.container !== undefined,
    inputs: caller?.inputs,
    secret: (name) => {
      if (name.toUpperCase() === "GITHUB_TOKEN") return symbols.reference("github.token", false);
      return caller?.secrets === undefined
        ? symbols.reference(`secrets.${name}`)
        : (caller.secrets.get(name.toLowerCase()) ?? "");
    },
    matrix,
    needs,
    scope: "",
    actionPath: undefined,
    defaults: { shell: undefined, workflowShell: undefined, directory: undefined },
    isRelevant: relevance(analysis, steps, () => ({
      candidates,
      folders: foldersOf(steps, defaultFolder(own, workflow)),
      askers,
    })),
    site,
    enter,
  };
  const contexts = contextsOf(base, emptyWorld());
  const runsOn =
    own?.runsOn?.kind === "runner-group" ? [] : scalarsOf(own?.runsOn).map(({ text }) => evaluateText(text, contexts));
  const system = findSystem(runsOn);
  return {
    ...base,
    runsOn,
    runnerOs:
      system === "windows" ? "Windows" : runsOn.some((label) => /ubuntu|linux/i.test(label)) ? "Linux" : undefined,
    defaults: {
      shell: runDefaults(own)?.shell?.text,
      workflowShell: runDefaults(workflow)?.shell?.text,
      directory: defaultFolder(own, workflow),
    },
  };
}

const plans = new WeakMap<Job, { readonly workflow: Workflow; readonly sight: Sight; readonly plan: PushPlan }>();

/** Which of a job's steps may push. Several ask, each before it walks through the job. */
export function planJob(job: Job, workflow: Workflow, sight: Sight): PushPlan {
  const known = plans.get(job);
  if (known !== undefined && known.workflow === workflow && isSameSight(known.sight, sight)) return known.plan;
  const around = { env: [workflow.env, job.env], folder: defaultFolder(job, workflow) };
  const plan = planPushes(job.steps?.items ?? [], around, sight);
  plans.set(job, { workflow, sight, plan });
  return plan;
}

function isSameSight(a: Sight, b: Sight): boolean {
  return a.actions === b.actions && a.readRepositoryFile === b.readRepositoryFile && a.withReads === b.withReads;
}

/** `defaults.run.working-directory` */
function defaultFolder(job: Job | undefined, workflow: Workflow): string | undefined {
  return (runDefaults(job)?.workingDirectory ?? runDefaults(workflow)?.workingDirectory)?.text;
}

function runDefaults(node: Pick<Job, "defaults"> | undefined) {
  return node?.defaults?.run?.kind === "run-defaults" ? node.defaults.run : undefined;
}

export function emptyWorld(): World {
  return {
    files: NO_FILES,
    env: new Map(),
    outputs: new Map(),
    facts: new Map(),
    works: NO_WORKS,
    shell: {
      variables: new Map(),
      arrays: new Map(),
      functions: new Map(),
      directory: WORKSPACE,
      positional: [],
      options: NO_OPTIONS,
      printed: undefined,
    },
  };
}

/** The world in which a job begins: nothing is checked out, and the workflow's and the job's `env` are set. */
export function startWorld(context: JobContext, workflow: Workflow, job: Job): World {
  let world = emptyWorld();
  for (const env of [workflow.env, job.env])
    world = { ...world, env: new Map([...world.env, ...readEnv(env, world, context)]) };
  return withJobCondition(world, context, job);
}

/** What the job's own `if:` says holds in all of its steps; where it says no for sure, the steps are looked at all the same. */
function withJobCondition(world: World, context: JobContext, job: Job): World {
  const parts = job.if === undefined ? [] : partsOfCondition(job.if.text);
  const [part, ...others] = parts;
  if (part?.kind !== "expression" || part.expression === undefined || others.length > 0) return world;
  const formula = formulaOf(part.expression, contextsOf(context, world));
  const { formulas } = context.analysis;
  if (decideIn(formula, world.facts, context.analysis) !== undefined) return world;
  const condition = "the job runs";
  formulas.set(condition, formula);
  return withFact(world, condition, true);
}

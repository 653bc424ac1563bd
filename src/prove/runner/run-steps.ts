import type { Env, RunStep, Step, UsesStep } from "../../ir/workflow.ts";
import { evaluateCondition, evaluateText, EvaluationError, type Scene } from "./evaluate.ts";
import { sceneOf, type Frame, type JobRun, type StepEnd } from "./job-run.ts";
import { runAction } from "./run-action.ts";
import { runScript } from "./run-script.ts";
import { nameOf, namesOf } from "./step-name.ts";
import { whyNotHere } from "./why-not-here.ts";

/** Runs the steps of a job, one after the other. Each leaves an entry in `run.steps`. */
export async function runJobSteps(run: JobRun, steps: readonly Step[], frame: Frame): Promise<void> {
  for (const [index, step] of steps.entries()) {
    const started = run.tools.now();
    const end = await runStep(run, step, index, frame, new Map());
    const { outcome, reason, log = "" } = end;
    run.steps.push({ step: index, name: nameOf(step), outcome, reason, log, started, ended: run.tools.now() });
  }
}

/** Runs the steps of a composite action. Ends with the first failure that nothing after it takes care of. */
export async function runInnerSteps(
  run: JobRun,
  steps: readonly Step[],
  frame: Frame,
  env: ReadonlyMap<string, string>,
): Promise<StepEnd> {
  const logs: string[] = [];
  const reasons: string[] = [];
  let outcome: StepEnd["outcome"] = "success";
  for (const [index, step] of steps.entries()) {
    const end = await runStep(run, step, index, frame, env);
    if (end.log !== undefined) logs.push(end.log);
    if (end.reason !== undefined && end.outcome !== "success") reasons.push(`step ${index + 1} in it: ${end.reason}`);
    if (end.outcome === "failure") outcome = "failure";
  }
  return { outcome, reason: reasons.length === 0 ? undefined : reasons.join("; "), log: logs.join("") };
}

async function runStep(
  run: JobRun,
  step: Step,
  index: number,
  frame: Frame,
  given: ReadonlyMap<string, string>,
): Promise<StepEnd> {
  switch (step.kind) {
    case "run-step":
    case "uses-step":
      return runActing(run, step, index, frame, given);
    case "parallel-step": {
      // One after the other: what they do to one repository at the same time is no matter of credentials.
      const ends: StepEnd[] = [];
      for (const [at, inner] of step.parallel.items.entries()) ends.push(await runStep(run, inner, at, frame, given));
      return {
        outcome: ends.some((end) => end.outcome === "failure") ? "failure" : "success",
        reason: ends.find((end) => end.outcome === "failure")?.reason,
        log: ends.map((end) => end.log ?? "").join(""),
      };
    }
    case "wait-step":
    case "wait-all-step":
    case "cancel-step":
      return { outcome: "success" };
    case "other-step":
      return { outcome: "skipped", reason: "it has none of `run` and `uses`" };
  }
}

type ActingStep = RunStep | UsesStep;

async function runActing(
  run: JobRun,
  step: ActingStep,
  index: number,
  frame: Frame,
  given: ReadonlyMap<string, string>,
): Promise<StepEnd> {
  const { state } = run;
  const id = step.id?.text;
  const finish = (end: StepEnd): StepEnd => {
    const outcome = end.outcome === "replaced" ? "success" : end.outcome;
    const mayFail = step.continueOnError !== undefined && step.continueOnError.text !== "false";
    const conclusion = outcome === "failure" && mayFail ? "success" : outcome;
    if (id !== undefined) frame.outputs.set(id, { outputs: end.outputs ?? new Map(), outcome, conclusion });
    if (conclusion === "failure") state.status = "failure";
    return end;
  };
  try {
    const env = readEnv(step.env, run, frame, new Map([...state.env, ...given]));
    if (!evaluateCondition(step.if?.text, sceneOf(run, frame, env))) return finish(skipped(step, run));
    const stub = stubFor(step, index, run, frame);
    if (stub !== undefined) {
      const end = await runScript(run, { script: stub, shell: "bash", directory: ".", env, frame });
      return finish(end.outcome === "success" ? { ...end, outcome: "replaced", reason: "replaced by --stub" } : end);
    }
    if (step.kind === "uses-step") return finish(await runAction(run, step, index, frame, env));
    return finish(await runOwnScript(run, step, frame, env));
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return finish({ outcome: "failure", reason: error.message });
  }
}

function skipped(step: ActingStep, { state }: JobRun): StepEnd {
  const condition = step.if?.text;
  const reason =
    condition === undefined || (state.status === "failure" && !/\b(?:always|failure)\s*\(/i.test(condition))
      ? "a step before it failed"
      : `its condition is false: ${condition}`;
  return { outcome: "skipped", reason };
}

async function runOwnScript(
  run: JobRun,
  step: RunStep,
  frame: Frame,
  env: ReadonlyMap<string, string>,
): Promise<StepEnd> {
  const scene = sceneOf(run, frame, env);
  const script = evaluateText(step.run.text, scene);
  const shell = step.shell?.text ?? frame.defaults.shell;
  const isShellScript = shell === undefined || /^(?:ba|da)?sh\b/.test(shell);
  const reason = isShellScript ? whyNotHere(script, run.tools.programs) : undefined;
  if (reason !== undefined) return { outcome: "skipped", reason };
  const directory = step.workingDirectory?.text ?? frame.defaults.directory ?? ".";
  return runScript(run, {
    script,
    shell: shell === undefined ? undefined : evaluateText(shell, scene),
    directory: evaluateText(directory, scene),
    env,
    frame,
    minutes: minutesOf(step, scene),
  });
}

function minutesOf({ timeoutMinutes }: RunStep, scene: Scene): number | undefined {
  const minutes = timeoutMinutes === undefined ? NaN : Number(evaluateText(timeoutMinutes.text, scene));
  return minutes > 0 ? minutes : undefined;
}

/** What the user gave in a step's place: by its name, its id, what it runs, or its number in the job, from 1. */
function stubFor(step: ActingStep, index: number, run: JobRun, frame: Frame): string | undefined {
  const { stubs } = run.tools;
  if (frame.actionPath !== undefined || stubs.size === 0) return undefined;
  const names = [...namesOf(step), String(index + 1)];
  return names.map((name) => stubs.get(name)).find((stub) => stub !== undefined);
}

/** The environment of a step: what it has already, and what its `env:` adds. */
export function readEnv(
  env: Env | undefined,
  run: JobRun,
  frame: Frame,
  before: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  if (env?.kind !== "mapping") return before;
  const scene = sceneOf(run, frame, before);
  return new Map([
    ...before,
    ...env.entries.map(({ key, value }) => [key.text, evaluateText(value.text, scene)] as const),
  ]);
}

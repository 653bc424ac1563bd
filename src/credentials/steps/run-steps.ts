import type { Step } from "../../ir/workflow.ts";
import { literal, type Value } from "../../shell/value.ts";
import type { ObservedStep } from "../analysis.ts";
import { mergeOutcomes, type World } from "../world.ts";
import { conditionWays } from "./condition-ways.ts";
import { NO_ENV, readEnv } from "./read-env.ts";
import { contextsOf, nameOfEnd, type JobContext } from "./job-context.ts";
import { givenInputs, runActionStep } from "./run-action.ts";
import { CURRENT, runScriptStep } from "./run-script.ts";

/** Runs steps in order, in each world that there may be. */
export function runSteps(steps: readonly Step[], worlds: readonly World[], job: JobContext): readonly World[] {
  let made = worlds;
  for (const [index, step] of steps.entries()) {
    const own = job.scope === "" ? { ...job, site: placeOf(step, index, job) } : job;
    if (own !== job) job.enter(own.site);
    const before = made;
    made = runStep(step, index, before, own);
    if (own !== job) job.analysis.observe?.(observed(step, before, made, own));
  }
  return made;
}

function observed(step: Step, [before]: readonly World[], worlds: readonly World[], job: JobContext): ObservedStep {
  const { symbols } = job.analysis;
  return {
    place: job.site,
    step,
    worlds,
    env: () => {
      const env = "env" in step && before !== undefined ? readEnv(step.env, before, job) : NO_ENV;
      return new Map([...env].map(([name, value]) => [name, symbols.encode(value)]));
    },
    inputs: () =>
      step.kind === "uses-step" && before !== undefined ? givenInputs(step, contextsOf(job, before)) : new Map(),
    symbols,
  };
}

function placeOf(step: Step, index: number, { site, analysis }: JobContext): JobContext["site"] {
  const name = "name" in step ? step.name?.text : undefined;
  return { job: site.job, step: index, stepName: name, span: step.span, declared: analysis.declaredBy(step) };
}

function runStep(step: Step, index: number, worlds: readonly World[], job: JobContext): readonly World[] {
  switch (step.kind) {
    case "run-step":
    case "uses-step":
      return merge(worlds.flatMap((world) => runInWorld(step, index, world, job)));
    case "parallel-step":
      return runSteps(step.parallel.items, worlds, { ...job, scope: job.scope === "" ? "" : job.scope });
    case "wait-step":
    case "wait-all-step":
    case "cancel-step":
    case "other-step":
      return worlds;
  }
}

type ActingStep = Extract<Step, { kind: "run-step" | "uses-step" }>;

function runInWorld(step: ActingStep, index: number, world: World, job: JobContext): readonly World[] {
  const id = step.id?.text ?? `${job.jobId}-${index}`;
  return conditionWays(step, world, job).flatMap((way) => {
    if (!way.runs) return [withEnd(way.world, step, "skipped", job)];
    const env = readEnv(step.env, way.world, job);
    const inside: World = env.size === 0 ? way.world : { ...way.world, env: new Map([...way.world.env, ...env]) };
    const ends =
      step.kind === "run-step"
        ? runScriptStep(step, env, inside, job).map((end) => leaveEnv(end, way.world, env))
        : runActionStep(step, env, way.world, job, id);
    return ends.map((end) => withEnd(nameOutputs(end, `${job.scope}${id}.`), step, "success", job));
  });
}

/** Notes how a step ended that has an id, for `steps.<id>.outcome`. What may fail, and goes on then, may have either. */
function withEnd(world: World, step: ActingStep, end: "success" | "skipped", { scope }: JobContext): World {
  if (step.id === undefined) return world;
  const outputs = new Map(world.outputs);
  const note = (name: "outcome" | "conclusion", value: string | undefined): void => {
    const key = nameOfEnd(scope + step.id?.text, name);
    if (value === undefined) outputs.delete(key);
    else if (!outputs.has(key) || end === "skipped") outputs.set(key, literal(value));
  };
  const mayGoOn = step.continueOnError !== undefined && step.continueOnError.text !== "false";
  const isOpen = mayGoOn && end === "success" && !outputs.has(nameOfEnd(scope + step.id.text, "outcome"));
  note("outcome", isOpen ? undefined : end);
  note("conclusion", end);
  return { ...world, outputs };
}

/** The step's own variables go, unless the step wrote them to `$GITHUB_ENV`. */
function leaveEnv(end: World, before: World, own: ReadonlyMap<string, Value>): World {
  if (own.size === 0) return end;
  const env = new Map(end.env);
  for (const [name, value] of own) {
    if (env.get(name) !== value) continue;
    const old = before.env.get(name);
    if (old === undefined) env.delete(name);
    else env.set(name, old);
  }
  return { ...end, env };
}

function nameOutputs(world: World, prefix: string): World {
  let outputs: Map<string, Value> | undefined;
  for (const [name, value] of world.outputs) {
    if (!name.startsWith(CURRENT)) continue;
    outputs ??= new Map([...world.outputs].filter(([other]) => !other.startsWith(CURRENT)));
    outputs.set(prefix + name.slice(CURRENT.length), value);
  }
  return outputs === undefined ? world : { ...world, outputs };
}

function merge(worlds: readonly World[]): readonly World[] {
  return mergeOutcomes(worlds.map((world) => ({ world, status: true }))).map(({ world }) => world);
}

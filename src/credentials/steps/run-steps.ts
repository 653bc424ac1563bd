import type { Env, Step } from "../../ir/workflow.ts";
import { print } from "../../expressions/print.ts";
import type { Value } from "../../shell/value.ts";
import type { ObservedStep } from "../analysis.ts";
import { mergeOutcomes, withFact, type World } from "../world.ts";
import { evaluateExpression, evaluateText } from "./evaluate-expression.ts";
import { contextsOf, type JobContext } from "./job-context.ts";
import { partsOfCondition } from "./parse-text.ts";
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
  const env = "env" in step && before !== undefined ? readEnv(step.env, before, job) : NO_ENV;
  const inputs = step.kind === "uses-step" && before !== undefined ? givenInputs(step, contextsOf(job, before)) : [];
  return {
    place: job.site,
    step,
    worlds,
    env: new Map([...env].map(([name, value]) => [name, symbols.encode(value)])),
    inputs: new Map(inputs),
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
  return conditionWays(step, world, job).flatMap((way) => {
    if (!way.runs) return [way.world];
    const env = readEnv(step.env, way.world, job);
    const id = step.id?.text ?? `${job.jobId}-${index}`;
    const inside: World = env.size === 0 ? way.world : { ...way.world, env: new Map([...way.world.env, ...env]) };
    const ends =
      step.kind === "run-step"
        ? runScriptStep(step, env, inside, job).map((end) => leaveEnv(end, way.world, env))
        : runActionStep(step, env, way.world, job, id);
    return ends.map((end) => nameOutputs(end, `${job.scope}${id}.`));
  });
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

interface Way {
  readonly world: World;
  readonly runs: boolean;
}

/** Whether a step runs: known, or one way each. */
function conditionWays(step: ActingStep, world: World, job: JobContext): readonly Way[] {
  if (step.if === undefined) return [{ world, runs: true }];
  const [part] = partsOfCondition(step.if.text);
  if (part?.kind !== "expression" || part.expression === undefined) return [{ world, runs: true }];
  // The step's own `env` is there when its condition is read.
  const own = readEnv(step.env, world, job);
  const inside = own.size === 0 ? world : { ...world, env: new Map([...world.env, ...own]) };
  const outcomes = evaluateExpression(part.expression, contextsOf(job, inside));
  const truths = new Set(outcomes.map(({ isTruthy }) => isTruthy));
  const [truth] = truths;
  if (truths.size === 1 && truth !== undefined) return [{ world, runs: truth }];
  const condition = `\`if: ${print(part.expression)}\` holds`;
  const known = world.facts.get(condition);
  if (known !== undefined) return [{ world, runs: known }];
  const ways: readonly Way[] = [
    { world: withFact(world, condition, true), runs: true },
    { world: withFact(world, condition, false), runs: false },
  ];
  // What runs only after a failure is not the way that things mostly go.
  return /\b(?:failure|cancelled)\s*\(/i.test(print(part.expression)) && !/\balways\s*\(/i.test(print(part.expression))
    ? ways.toReversed()
    : ways;
}

export function readEnv(env: Env | undefined, world: World, job: JobContext): ReadonlyMap<string, Value> {
  if (env?.kind !== "mapping") return NO_ENV;
  const contexts = contextsOf(job, world);
  const { symbols } = job.analysis;
  return new Map(
    env.entries.map(({ key, value }) => [key.text, symbols.decode(evaluateText(value.text ?? "", contexts))]),
  );
}

const NO_ENV: ReadonlyMap<string, Value> = new Map();

function merge(worlds: readonly World[]): readonly World[] {
  return mergeOutcomes(worlds.map((world) => ({ world, status: true }))).map(({ world }) => world);
}

import type { ActionFile } from "../ir/action-file.ts";
import type { FileNode } from "../ir/any-node.ts";
import type { Scalar, Value as IrValue } from "../ir/node.ts";
import type { Path } from "../ir/origin.ts";
import { scalarsOf } from "../ir/walk.ts";
import type { AnyJob, InputDefinition, Step, Workflow } from "../ir/workflow.ts";
import type { MatrixFacts } from "./matrix-type.ts";
import { makeScope, narrowScope, type InputFacts, type OutputFacts, type Scope } from "./scope.ts";
import type { Value } from "./values.ts";

/** Finds the scope of each place of a file; places that share one get the same object. */
export type ScopeAt = (path: Path) => Scope;

/** What the expressions of a file may refer to, place by place. */
export function scopesOf(file: FileNode): ScopeAt {
  return file.kind === "workflow" ? workflowScopes(file) : actionScopes(file);
}

function workflowScopes(workflow: Workflow): ScopeAt {
  const jobs = workflow.jobs?.entries ?? [];
  const base = makeScope({ events: eventsOf(workflow), inputs: workflowInputs(workflow) });
  const onScope = once(() =>
    narrowScope(base, {
      jobs: Object.fromEntries(jobs.map(({ key, value }) => [key.text, { outputs: outputsOf(value) }])),
    }),
  );
  const byJob = new Map(jobs.map(({ key, value }) => [key.text, once(() => jobScopes(base, value, jobs))]));
  return ([first, id, third, index]) => {
    if (first === "on") return onScope();
    const scopes = first === "jobs" && typeof id === "string" ? byJob.get(id)?.() : undefined;
    if (scopes === undefined) return base;
    return scopes(third === "steps" && typeof index === "number" ? index : undefined);
  };
}

function jobScopes(
  base: Scope,
  job: AnyJob,
  all: readonly { readonly key: Scalar; readonly value: AnyJob }[],
): (step?: number) => Scope {
  const needs: Record<string, OutputFacts> = {};
  for (const { text } of scalarsOf(job.needs)) {
    const needed = all.find(({ key }) => key.text === text)?.value;
    needs[text] = { outputs: needed && outputsOf(needed) };
  }
  const services =
    job.kind === "job" && job.services?.kind === "mapping"
      ? job.services.entries.map(({ key }) => key.text)
      : undefined;
  const scope = narrowScope(base, {
    needs,
    matrix: matrixOf(job),
    services: services ?? (job.kind === "job" && job.services === undefined ? [] : undefined),
  });
  return job.kind === "job" ? stepScopes(scope, job.steps?.items ?? []) : () => scope;
}

/** A step sees the steps before it; what stands outside of `steps` sees them all. */
function stepScopes(scope: Scope, steps: readonly Step[]): (step?: number) => Scope {
  const made = new Map<number, Scope>();
  return (step = steps.length) => {
    let known = made.get(step);
    if (known === undefined) {
      // Outputs are what a script writes: their names are not known.
      known = narrowScope(scope, { steps: Object.fromEntries(idsOf(steps.slice(0, step)).map((id) => [id, {}])) });
      made.set(step, known);
    }
    return known;
  };
}

function idsOf(steps: readonly Step[]): readonly string[] {
  return steps.flatMap((step) =>
    step.kind === "parallel-step" ? idsOf(step.parallel.items) : step.id === undefined ? [] : [step.id.text],
  );
}

function actionScopes(action: ActionFile): ScopeAt {
  const declared =
    action.inputs?.kind === "mapping" ? action.inputs.entries.map(({ key }) => [key.text, {}] as const) : [];
  const base = makeScope({ inputs: Object.fromEntries(declared), events: undefined });
  const steps = action.runs?.kind === "composite-runs" ? (action.runs.steps?.items ?? []) : [];
  const scopes = stepScopes(base, steps);
  return ([first, second, index]) =>
    first === "runs" && second === "steps" && typeof index === "number" ? scopes(index) : scopes();
}

// ── Facts ───────────────────────────────────────────────────────────────────────────────────────────────────

/** The names under `on`, or undefined where there is no `on` that can be read. */
function eventsOf({ on }: Workflow): readonly string[] | undefined {
  if (on === undefined) return undefined;
  return on.kind === "mapping" ? on.entries.map(({ key }) => key.text) : scalarsOf(on).map(({ text }) => text);
}

function workflowInputs({ on }: Workflow): Record<string, readonly InputFacts[]> | undefined {
  const inputs: Record<string, InputFacts[]> = {};
  const triggers = on?.kind === "mapping" ? on.entries : [];
  for (const { key, value } of triggers) {
    if (key.text !== "workflow_dispatch" && key.text !== "workflow_call") continue;
    if (value.kind !== "filters" || value.inputs?.kind !== "mapping") continue;
    for (const { key: name, value: definition } of value.inputs.entries) {
      (inputs[name.text] ??= []).push(definition.kind === "scalar" ? {} : inputFacts(definition));
    }
  }
  return inputs;
}

const INPUT_TYPES = ["string", "boolean", "number", "choice", "environment"] as const;

function inputFacts(definition: InputDefinition): InputFacts {
  return {
    type: INPUT_TYPES.find((type) => type === definition.type?.text),
    options: definition.options?.items.map(({ text }) => text),
  };
}

/** The names of a job's outputs, or undefined where they are not in sight. */
function outputsOf(job: AnyJob): readonly string[] | undefined {
  if (job.kind === "call-job" || job.outputs?.kind === "scalar") return undefined;
  return job.outputs?.entries.map(({ key }) => key.text) ?? [];
}

function matrixOf({ strategy }: AnyJob): MatrixFacts | undefined {
  // Without a matrix, `matrix` is null, and reading from it is empty.
  if (strategy === undefined) return { axes: {}, include: [] };
  if (strategy.kind !== "strategy" || strategy.matrix?.kind === "scalar") return undefined;
  if (strategy.matrix === undefined) return strategy.unknown.length > 0 ? undefined : { axes: {}, include: [] };
  const axes: Record<string, readonly Value[] | undefined> = {};
  let include: MatrixFacts["include"] = [];
  for (const { key, value } of strategy.matrix.entries) {
    if (key.text === "exclude") continue;
    const values = value.kind === "sequence" ? value.items.map(plainValue) : undefined;
    if (key.text !== "include") axes[key.text] = values;
    else include = values?.every(isEntry) ? values : undefined;
  }
  return { axes, include };
}

function isEntry(value: Value): value is { readonly [name: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function plainValue(value: IrValue): Value {
  if (value.kind === "scalar") return value.value;
  if (value.kind === "sequence") return value.items.map(plainValue);
  return Object.fromEntries(value.entries.map(({ key, value: inner }) => [key.text, plainValue(inner)]));
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

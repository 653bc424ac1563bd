import type { Data } from "../expressions/values.ts";
import type { Workflow } from "../ir/workflow.ts";
import type { Call, FoundJob } from "./find-jobs.ts";
import type { NeededJob } from "./runner/job-setting.ts";
import { evaluateCondition, evaluateText, type Scene } from "./runner/evaluate.ts";
import { sceneOf, type JobRun } from "./runner/job-run.ts";

/** What a called workflow is given. Undefined for the workflow itself: then they are the event's, and the repository's. */
export interface CallFrame {
  readonly inputs: ReadonlyMap<string, string | boolean> | undefined;
  readonly secrets: ReadonlyMap<string, string>;
}

/** What is the same for the jobs of a workflow and of those that it calls. */
export interface CallScope {
  /** Its setting is the workflow's own. */
  readonly run: JobRun;
  /** By id, of all jobs that ran. */
  readonly needs: ReadonlyMap<string, NeededJob>;
  readonly all: readonly FoundJob[];
}

/** What a job's workflow is given by the job that calls it: docs.github.com, "Reuse workflows". */
export function callFrame(call: Call | undefined, scope: CallScope): CallFrame {
  if (call === undefined) return { inputs: undefined, secrets: scope.run.setting.secrets };
  const outer = callFrame(call.caller.call, scope);
  const scene = callerScene(call, scope, outer);
  const inputs = new Map(defaultInputs(call.called));
  const types = inputTypes(call.called);
  if (call.job.with?.kind === "mapping")
    for (const { key, value } of call.job.with.entries) {
      const text = evaluateText(value.text ?? "", scene);
      inputs.set(key.text, types.get(key.text) === "boolean" ? text === "true" : text);
    }
  if (call.job.secrets?.kind === "scalar") return { inputs, secrets: outer.secrets };
  const given = call.job.secrets?.entries ?? [];
  return { inputs, secrets: new Map(given.map(({ key, value }) => [key.text, evaluateText(value.text ?? "", scene)])) };
}

/** Whether the calling jobs' own conditions hold, all the way up. */
export function whyNotCalled(call: Call | undefined, scope: CallScope): string | undefined {
  if (call === undefined) return undefined;
  const scene = callerScene(call, scope, callFrame(call.caller.call, scope));
  const results = Object.values(neededOf(call.job.needs, call.caller.call, scope)).map(({ result }) => result);
  const status = {
    success: results.every((result) => result === "success"),
    failure: results.includes("failure"),
    cancelled: false,
  };
  if (evaluateCondition(call.job.if?.text, { ...scene, status })) return whyNotCalled(call.caller.call, scope);
  return `the condition of job '${call.id}' is false: ${call.job.if?.text ?? "a job that it needs failed"}`;
}

function callerScene(call: Call, { run, ...scope }: CallScope, outer: CallFrame): Scene {
  const needs = new Map(Object.entries(neededOf(call.job.needs, call.caller.call, { run, ...scope })));
  const caller: JobRun = { ...run, setting: { ...run.setting, needs, secrets: outer.secrets } };
  const frame = { outputs: new Map(), inputs: outer.inputs, actionPath: undefined, defaults: NO_DEFAULTS };
  return sceneOf(caller, frame, new Map());
}

const NO_DEFAULTS = { shell: undefined, directory: undefined };

/** How the jobs ended that a job needs, by the names that it knows them by; a call is all that it calls. */
export function neededOf(
  needs: FoundJob["job"]["needs"],
  call: Call | undefined,
  scope: CallScope,
): Readonly<Record<string, NeededJob>> {
  const prefix = call === undefined ? "" : `${call.id} / `;
  const names = needs === undefined ? [] : needs.kind === "scalar" ? [needs] : needs.items;
  return Object.fromEntries(
    names.flatMap(({ text }) => {
      const found = scope.needs.get(prefix + text) ?? calledJob(prefix + text, scope);
      return found === undefined ? [] : [[text, found] as const];
    }),
  );
}

/** A call as a job that others need: its outputs are those that the called workflow names. */
function calledJob(id: string, { needs, all }: CallScope): NeededJob | undefined {
  const call = all.map((job) => callNamed(id, job.call)).find((found) => found !== undefined);
  const ran = [...needs].filter(([name]) => name.startsWith(`${id} / `));
  if (call === undefined || ran.length === 0) return undefined;
  const jobs = Object.fromEntries(
    ran.map(([name, { result, outputs }]): [string, Data] => [
      name.slice(id.length + 3),
      { result, outputs: Object.fromEntries(outputs) },
    ]),
  );
  const results = ran.map(([, { result }]) => result);
  const scene = { contexts: { jobs, github: {}, inputs: {} }, status: {} };
  const outputs = callFilters(call.called)?.outputs;
  const entries = outputs?.kind === "mapping" ? outputs.entries : [];
  return {
    result: results.find((result) => result !== "success") ?? "success",
    outputs: new Map(
      entries.map(({ key, value }) => [
        key.text,
        value.kind === "output-definition" ? evaluateText(value.value?.text ?? "", scene) : "",
      ]),
    ),
  };
}

function callNamed(id: string, call: Call | undefined): Call | undefined {
  return call === undefined || call.id === id ? call : callNamed(id, call.caller.call);
}

function callFilters({ on }: Workflow) {
  const call = on?.kind === "mapping" ? on.entries.find(({ key }) => key.text === "workflow_call")?.value : undefined;
  return call?.kind === "filters" ? call : undefined;
}

function inputTypes(workflow: Workflow): ReadonlyMap<string, string | undefined> {
  const inputs = callFilters(workflow)?.inputs;
  if (inputs?.kind !== "mapping") return new Map();
  return new Map(
    inputs.entries.map(({ key, value }) => [
      key.text,
      value.kind === "input-definition" ? value.type?.text : undefined,
    ]),
  );
}

function defaultInputs(workflow: Workflow): readonly (readonly [string, string | boolean])[] {
  const inputs = callFilters(workflow)?.inputs;
  if (inputs?.kind !== "mapping") return [];
  return inputs.entries.map(({ key, value }) => {
    const text = value.kind === "input-definition" ? (value.default?.text ?? "") : "";
    return [key.text, value.kind === "input-definition" && value.type?.text === "boolean" ? text === "true" : text];
  });
}

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ActionFile } from "../../ir/action-file.ts";
import { readAction } from "../../read/read-file.ts";
import { evaluateText } from "./evaluate.ts";
import { sceneOf, type Frame, type JobRun, type StepEnd } from "./job-run.ts";
import { runInnerSteps } from "./run-steps.ts";

/** Runs an action that lies in the workspace, if it is a composite one: others are programs, and are not run here. */
export async function runComposite(
  run: JobRun,
  path: string,
  given: ReadonlyMap<string, string>,
  env: ReadonlyMap<string, string>,
): Promise<StepEnd> {
  const folder = join(run.setting.folder.workspace, path);
  const action = await findAction(folder, path);
  if (action === undefined)
    return { outcome: "failure", reason: `there is no action.yml in '${path}': is the repository checked out before?` };
  if (action.runs?.kind !== "composite-runs")
    return { outcome: "skipped", reason: "it is a program, and only composite actions are run here" };
  const outer: Frame = newFrame(undefined, folder);
  const inputs = new Map<string, string>();
  if (action.inputs?.kind === "mapping")
    for (const { key, value } of action.inputs.entries) {
      const text = value.kind === "action-input" ? value.default?.text : undefined;
      inputs.set(key.text.toLowerCase(), text === undefined ? "" : evaluateText(text, sceneOf(run, outer, env)));
    }
  for (const [name, text] of given) inputs.set(name, text);
  const frame = newFrame(inputs, folder);
  const before = run.state.status;
  const end = await runInnerSteps(run, action.runs.steps?.items ?? [], frame, env);
  // The step that uses it says whether the job fails.
  run.state.status = before;
  const outputs = new Map<string, string>();
  if (action.outputs?.kind === "mapping")
    for (const { key, value } of action.outputs.entries) {
      const text = value.kind === "action-output" ? value.value?.text : undefined;
      if (text !== undefined) outputs.set(key.text, evaluateText(text, sceneOf(run, frame, env)));
    }
  return { ...end, outputs };
}

function newFrame(inputs: ReadonlyMap<string, string> | undefined, actionPath: string): Frame {
  return { outputs: new Map(), inputs, actionPath, defaults: { shell: undefined, directory: undefined } };
}

async function findAction(folder: string, path: string): Promise<ActionFile | undefined> {
  for (const name of ["action.yml", "action.yaml"]) {
    const text = await readFile(join(folder, name), "utf8").catch(() => undefined);
    if (text !== undefined) return readAction(`${path}/${name}`, text).node;
  }
  return undefined;
}

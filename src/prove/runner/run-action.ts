import type { UsesStep } from "../../ir/workflow.ts";
import { actionName, parseUses } from "../../ir/uses-ref.ts";
import { actionVersions, isBetween } from "../../credentials/actions/action-version.ts";
import { checkOut } from "./checkout.ts";
import { evaluateText } from "./evaluate.ts";
import { sceneOf, type Frame, type JobRun, type StepEnd } from "./job-run.ts";
import { runComposite } from "./run-composite.ts";
import { runKnownAction } from "./run-known-action.ts";

/** Runs a `uses:`: a checkout, an action of the table, a composite action of the repository. Others are skipped. */
export async function runAction(
  run: JobRun,
  step: UsesStep,
  index: number,
  frame: Frame,
  env: ReadonlyMap<string, string>,
): Promise<StepEnd> {
  const ref = parseUses(step.uses.text);
  const inputs = givenInputs(run, step, frame, env);
  switch (ref.kind) {
    case "docker":
      return { outcome: "skipped", reason: "containers are not run here" };
    case "invalid":
      return { outcome: "failure", reason: ref.reason };
    case "local":
    case "self":
      return runComposite(run, ref.path, inputs, env);
    case "repository":
      break;
  }
  const name = actionName(ref).toLowerCase();
  const versions = actionVersions(ref, step.uses, run.tools.catalog);
  if (name === "actions/checkout") return checkOut(run, step.uses.text, versions, inputs);
  const known = run.tools.actions.get(name) ?? [];
  const action =
    versions.length === 0
      ? known.at(-1)
      : known.find(({ from, before }) => versions.some((version) => isBetween(version, from, before)));
  const id = step.id?.text ?? `${run.setting.jobId}-${index}`;
  return runKnownAction(run, { action, inputs, id, env, frame });
}

/** What stands in `with`, by names in lower case. */
function givenInputs(
  run: JobRun,
  step: UsesStep,
  frame: Frame,
  env: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  if (step.with?.kind !== "mapping") return new Map();
  const scene = sceneOf(run, frame, env);
  return new Map(step.with.entries.map(({ key, value }) => [key.text.toLowerCase(), evaluateText(value.text, scene)]));
}

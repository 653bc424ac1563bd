import type { Step } from "../../ir/workflow.ts";

/** What a step is called: its name, else its id, else what it runs. */
export function nameOf(step: Step): string {
  return namesOf(step)[0] ?? step.kind;
}

/** Every name that a step can be called by, the best first. */
export function namesOf(step: Step): readonly string[] {
  const names = ["name" in step ? step.name?.text : undefined, "id" in step ? step.id?.text : undefined];
  if (step.kind === "run-step") names.push(`Run ${step.run.text.trim().split("\n", 1)[0] ?? ""}`);
  if (step.kind === "uses-step") names.push(`Run ${step.uses.text}`);
  return names.filter((name) => name !== undefined);
}

import type { GraphJob, GraphWorkflow } from "../graph-model.ts";
import type { View } from "./view.ts";

/** Whether a job is among what is looked for: every word stands in it somewhere. */
export function matches(
  workflow: GraphWorkflow,
  job: GraphJob,
  { query, only }: Pick<View, "query" | "only">,
): boolean {
  return isOf(only, job) && hasWords(query, workflow, job);
}

function isOf(only: View["only"], job: GraphJob): boolean {
  const pushes = [...job.pushes, ...job.steps.flatMap((step) => step.pushes)];
  switch (only) {
    case "all":
      return true;
    case "pushes":
      return pushes.length > 0;
    case "wrong":
      return pushes.some(({ isWrong }) => isWrong);
    case "findings":
      return job.findings.length > 0 || job.steps.some(({ findings }) => findings.length > 0);
  }
}

function hasWords(query: string, workflow: GraphWorkflow, job: GraphJob): boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const pushes = [...job.pushes, ...job.steps.flatMap((step) => step.pushes)];
  const text = [
    workflow.path,
    workflow.name,
    ...workflow.triggers.map(({ event }) => event),
    job.id,
    job.name,
    job.runsOn,
    job.calls?.uses,
    ...job.steps.flatMap(({ label, does, id }) => [label, does, id]),
    ...job.credentials.flatMap(({ name, where }) => [name, where]),
    ...pushes.flatMap(({ verdict, seen, meant, target }) => [verdict, seen.text, meant?.text, target]),
    ...[...job.findings, ...job.steps.flatMap(({ findings }) => findings)].map(({ ruleId }) => ruleId),
  ]
    .filter((part) => part !== undefined)
    .join("\n")
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

import { checkNeeds } from "./check-needs.ts";
import { checkSteps } from "./check-steps.ts";
import { hasExpression } from "./expression-text.ts";
import type { Node } from "./any-node.ts";
import type { Mapping } from "./node.ts";
import type { Path } from "./origin.ts";
import type { Report } from "./syntax-problem.ts";
import { childrenOf } from "./walk.ts";
import type { AnyJob, Container, Job } from "./workflow.ts";

/** The jobs of a workflow and what they need of each other. */
export function checkJobs(jobs: Mapping<AnyJob> | undefined, report: Report): void {
  if (jobs === undefined) return;
  // A value that is no job at all has been reported; the rest of the graph is still worth checking.
  const whole = jobs.entries.filter(({ value }) => value.kind === "job" || value.kind === "call-job");
  for (const { key, value } of whole) {
    if (value.kind === "job") checkJob(value, ["jobs", key.text], report);
  }
  checkNeeds({ ...jobs, entries: whole }, report);
}

function checkJob(job: Job, path: Path, report: Report): void {
  if (job.steps !== undefined) checkSteps(job.steps, [...path, "steps"], report);
  if (job.runsOn?.kind === "runner-group") checkGroup(job.runsOn.group?.text, job.runsOn, path, report);
  if (job.container?.kind === "container") checkContainer(job.container, [...path, "container"], report);
  if (job.services?.kind !== "mapping") return;
  for (const { key, value } of job.services.entries) {
    if (value.kind === "container") checkContainer(value, [...path, "services", key.text], report);
  }
}

/** Source: the conversion of `runs-on` in GitHub's own parser. */
function checkGroup(group: string | undefined, { group: node }: { group?: Node }, path: Path, report: Report): void {
  if (group === undefined || node === undefined || hasExpression(group) || !group.includes("/")) return;
  const [prefix = "", name, ...rest] = group.split("/");
  if (/^(org|organization|ent|enterprise)$/.test(prefix) && name !== "" && rest.length === 0) return;
  report(
    "bad-value",
    `\`${group}\` is no runner group: write its name, or its name behind \`organization/\` or \`enterprise/\``,
    node,
    [...path, "runs-on", "group"],
  );
}

function checkContainer(container: Container, path: Path, report: Report): void {
  // An expression may be all there is: GitHub then waits for its value.
  if ((container.image?.text ?? "") !== "" || holdsExpression(container)) return;
  report("missing-key", "a container needs an `image`", container, path);
}

function holdsExpression(node: Node): boolean {
  if (node.kind === "scalar") return hasExpression(node.text);
  return childrenOf(node).some(([, child]) => holdsExpression(child));
}

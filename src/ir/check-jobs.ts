import { checkMatrix } from "./check-matrix.ts";
import { checkNeeds } from "./check-needs.ts";
import { checkSteps } from "./check-steps.ts";
import { hasExpression } from "./expression-text.ts";
import { holdsExpression } from "./holds-expression.ts";
import type { Node } from "./any-node.ts";
import type { Mapping, Scalar } from "./node.ts";
import type { Path } from "./origin.ts";
import type { Report } from "./syntax-problem.ts";
import type { AnyJob, Concurrency, Container, Job } from "./workflow.ts";

/** The jobs of a workflow and what they need of each other. */
export function checkJobs(jobs: Mapping<AnyJob> | undefined, report: Report): void {
  if (jobs === undefined) return;
  for (const { key, value } of jobs.entries) {
    const path = ["jobs", key.text];
    if (value.kind === "job") checkJob(value, path, report);
    if (value.kind !== "job" && value.kind !== "call-job") continue;
    checkConcurrency(value.concurrency, [...path, "concurrency"], report);
    if (value.strategy?.kind === "strategy" && value.strategy.matrix?.kind === "mapping") {
      checkMatrix(value.strategy.matrix, [...path, "strategy", "matrix"], report);
    }
  }
  checkNeeds(jobs, report);
}

function checkJob(job: Job, path: Path, report: Report): void {
  if (job.steps !== undefined) checkSteps(job.steps, [...path, "steps"], report);
  if (job.runsOn?.kind === "runner-group") checkGroup(job.runsOn.group?.text, job.runsOn, path, report);
  if (job.snapshot?.kind === "snapshot") checkVersion(job.snapshot.version, [...path, "snapshot", "version"], report);
  if (job.container?.kind === "container") checkContainer(job.container, [...path, "container"], report);
  if (job.services?.kind !== "mapping") return;
  for (const { key, value } of job.services.entries) {
    if (value.kind === "container") checkContainer(value, [...path, "services", key.text], report);
  }
}

/** Source: the conversion of `concurrency` in GitHub's server. */
export function checkConcurrency(concurrency: Scalar | Concurrency | undefined, path: Path, report: Report): void {
  const group = concurrency?.kind === "concurrency" ? concurrency.group : concurrency;
  if (group === undefined || group.text.length <= 400 || hasExpression(group.text)) return;
  report("bad-value", "the name of a concurrency group has at most 400 characters", group, path);
}

/** Source: the conversion of `snapshot` in GitHub's server. */
function checkVersion(version: Scalar | undefined, path: Path, report: Report): void {
  if (version === undefined || hasExpression(version.text) || /^\d+\.\*$/.test(version.text)) return;
  report(
    "bad-value",
    `\`${version.text}\` is no version of an image: write a number and \`.*\`, as in \`1.*\``,
    version,
    path,
  );
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
  if (container.keys.some((key) => key.text === "image") || holdsExpression(container)) return;
  report("missing-key", "a container needs an `image`", container, path);
}

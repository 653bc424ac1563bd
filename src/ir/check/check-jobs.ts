import { checkCount } from "./check-count.ts";
import { checkMatrix } from "./check-matrix.ts";
import { checkNeeds } from "./check-needs.ts";
import { checkShell, checkSteps } from "./check-steps.ts";
import { hasExpression } from "../expression-text.ts";
import { holdsExpression } from "../holds-expression.ts";
import type { Mapping, Scalar } from "../node.ts";
import type { Path } from "../origin.ts";
import type { Report } from "../syntax-problem.ts";
import type { AnyJob, Concurrency, Container, Defaults, Job, RunnerGroup } from "../workflow.ts";
import { wrongWorkflow } from "./wrong-uses.ts";

/** The jobs of a workflow and what they need of each other. */
export function checkJobs(jobs: Mapping<AnyJob> | undefined, report: Report): void {
  if (jobs === undefined) return;
  for (const { key, value } of jobs.entries) {
    const path = ["jobs", key.text];
    if (value.kind === "job") checkJob(value, path, report);
    else if (value.kind === "call-job") checkCalled(value.uses, [...path, "uses"], report);
    else continue;
    checkConcurrency(value.concurrency, [...path, "concurrency"], report);
    if (value.strategy?.kind !== "strategy") continue;
    const strategy = [...path, "strategy"];
    checkCount(value.strategy.maxParallel, [...strategy, "max-parallel"], report);
    if (value.strategy.matrix?.kind === "mapping") checkMatrix(value.strategy.matrix, [...strategy, "matrix"], report);
  }
  checkNeeds(jobs, report);
}

function checkCalled(uses: Scalar | undefined, path: Path, report: Report): void {
  const wrong = uses && wrongWorkflow(uses.text);
  if (uses !== undefined && wrong !== undefined) report("bad-uses", wrong, uses, path);
}

function checkJob(job: Job, path: Path, report: Report): void {
  if (job.steps !== undefined) checkSteps(job.steps, [...path, "steps"], report);
  else if (!mayHaveKey(job, "steps", "uses"))
    report("missing-key", "a job needs `steps`, or a workflow that it `uses`", job, path);
  if (job.runsOn?.kind === "runner-group") checkGroup(job.runsOn, path, report);
  checkCount(job.timeoutMinutes, [...path, "timeout-minutes"], report);
  checkCount(job.cancelTimeoutMinutes, [...path, "cancel-timeout-minutes"], report);
  checkDefaults(job.defaults, path, report);
  if (job.snapshot?.kind === "snapshot") checkVersion(job.snapshot.version, [...path, "snapshot", "version"], report);
  checkContainer(job.container, [...path, "container"], report);
  if (job.services?.kind !== "mapping") return;
  for (const { key, value } of job.services.entries) checkContainer(value, [...path, "services", key.text], report);
}

/** Whether a key is there, or may be once an expression among the keys has been evaluated. */
function mayHaveKey({ keys }: Job, ...names: readonly string[]): boolean {
  return keys.some(({ text }) => names.includes(text) || hasExpression(text));
}

export function checkDefaults(defaults: Defaults | undefined, path: Path, report: Report): void {
  if (defaults?.run?.kind === "run-defaults")
    checkShell(defaults.run.shell, [...path, "defaults", "run", "shell"], report);
}

/** Source: the conversion of `concurrency` in GitHub's server. */
export function checkConcurrency(concurrency: Scalar | Concurrency | undefined, path: Path, report: Report): void {
  if (concurrency?.kind === "concurrency") checkQueue(concurrency, path, report);
  const group = concurrency?.kind === "concurrency" ? concurrency.group : concurrency;
  if (group === undefined || group.text.length <= 400 || hasExpression(group.text)) return;
  report("bad-value", "the name of a concurrency group has at most 400 characters", group, path);
}

/** Source: docs.github.com, "concurrency": "not allowed and causes a validation error". */
function checkQueue({ queue, cancelInProgress }: Concurrency, path: Path, report: Report): void {
  if (queue?.text !== "max" || cancelInProgress?.value !== true) return;
  const message = "`queue: max` keeps what waits, and `cancel-in-progress: true` does not: write one of them";
  report("conflicting-keys", message, queue, [...path, "queue"]);
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
function checkGroup(runsOn: RunnerGroup, path: Path, report: Report): void {
  if (runsOn.keys.length === 0)
    report("missing-key", "`runs-on` needs a `group`, or `labels`", runsOn, [...path, "runs-on"]);
  const { group } = runsOn;
  if (group === undefined || hasExpression(group.text) || !group.text.includes("/")) return;
  const [prefix = "", name, ...rest] = group.text.split("/");
  if (/^(org|organization|ent|enterprise)$/.test(prefix) && name !== "" && rest.length === 0) return;
  report(
    "bad-value",
    `\`${group.text}\` is no runner group: write its name, or its name behind \`organization/\` or \`enterprise/\``,
    group,
    [...path, "runs-on", "group"],
  );
}

/** Source: `ConvertToJobContainer` in GitHub's server. */
function checkContainer(container: Scalar | Container | undefined, path: Path, report: Report): void {
  // An expression may be all there is: GitHub then waits for its value.
  if (container === undefined || holdsExpression(container)) return;
  const image = container.kind === "container" ? container.image : container;
  if (image?.text === "docker://") report("bad-value", "an image is missing behind `docker://`", image, path);
  if (container.kind !== "container" || container.keys.some((key) => key.text === "image")) return;
  report("missing-key", "a container needs an `image`", container, path);
}

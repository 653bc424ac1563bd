import type { FileNode, Node } from "../ir/any-node.ts";
import type { Path } from "../ir/origin.ts";
import { scalarsOf } from "../ir/walk.ts";
import type { AnyJob, Step, Workflow } from "../ir/workflow.ts";
import { propertyName, visitExpressions, type Expression, type IndexAccess } from "./ast.ts";
import type { Part } from "./find-expressions.ts";
import type { ExpressionProblem } from "./problem.ts";

/** What an expression meant: it is there, but not in reach. */
export interface Missed {
  readonly message: string;
  /** Where it is, where it is anywhere. */
  readonly related?: { readonly at: Node; readonly text: string } | undefined;
}

/**
 * More than that a property is not there, where the file tells more: the job that is not among `needs`, the step that runs only
 * later or in another job, the matrix that the job does not have.
 *
 * @param path where the expression stands
 */
export function explainMissed(
  file: FileNode,
  problem: ExpressionProblem,
  parts: readonly Part[],
  path: Path,
): Missed | undefined {
  if (problem.code !== "unknown-property") return undefined;
  const access = accessAt(parts, problem.start);
  const name = access && propertyName(access);
  if (access?.object.kind !== "context" || name === undefined) return undefined;
  const context = access.object.name.toLowerCase();
  if (file.kind !== "workflow") {
    const steps = file.runs?.kind === "composite-runs" ? file.runs.steps?.items : undefined;
    return context === "steps" ? laterStep(steps, name) : undefined;
  }
  const job = path[0] === "jobs" ? jobNamed(file, String(path[1])) : undefined;
  switch (context) {
    case "needs":
      return job && missedJob(file, job, name);
    case "steps":
      return job && missedStep(file, job, name);
    case "matrix":
      return job && !hasMatrix(job)
        ? { message: `\`matrix.${name}\` is empty: this job has no \`strategy.matrix\`` }
        : undefined;
    default:
      return undefined;
  }
}

function accessAt(parts: readonly Part[], start: number): IndexAccess | undefined {
  let found: IndexAccess | undefined;
  for (const part of parts) {
    if (part.kind !== "expression" || part.expression === undefined) continue;
    visitExpressions(part.expression, (inner: Expression) => {
      if (inner.kind === "index" && inner.index.start === start) found = inner;
    });
  }
  return found;
}

interface NamedJob {
  readonly id: string;
  readonly job: AnyJob;
}

function jobNamed({ jobs }: Workflow, id: string): NamedJob | undefined {
  const entry = jobs?.entries.find(({ key }) => key.text.toLowerCase() === id.toLowerCase());
  const isJob = entry?.value.kind === "job" || entry?.value.kind === "call-job";
  return isJob ? { id: entry.key.text, job: entry.value } : undefined;
}

function missedJob(workflow: Workflow, user: NamedJob, name: string): Missed | undefined {
  const meant = jobNamed(workflow, name);
  if (meant === undefined) return undefined;
  if (meant.id === user.id) return { message: `the job \`${meant.id}\` cannot use its own outputs or result` };
  const others =
    user.job.needs === undefined ? `write \`needs: [${meant.id}]\`` : `add \`${meant.id}\` to its \`needs\``;
  return {
    message: `\`needs\` has no job \`${meant.id}\`, for \`${user.id}\` does not wait for it: ${others}`,
    related: { at: meant.job, text: `the job \`${meant.id}\` stands here` },
  };
}

function missedStep(workflow: Workflow, user: NamedJob, name: string): Missed | undefined {
  const later = user.job.kind === "job" ? laterStep(user.job.steps?.items, name) : undefined;
  if (later !== undefined) return later;
  for (const { key, value: job } of workflow.jobs?.entries ?? []) {
    const step = job.kind === "job" ? stepWithId(job.steps?.items, name) : undefined;
    if (step === undefined) continue;
    return {
      message: `\`steps\` has no step \`${name}\` here, for it is one of the job \`${key.text}\`: hand it over in that job's \`outputs\`, and ${wayToRead(user, key.text)}`,
      related: { at: step, text: `the step \`${name}\` stands here` },
    };
  }
  return undefined;
}

/** What brings the outputs of another job here. */
function wayToRead({ job }: NamedJob, id: string): string {
  const waits =
    job.needs !== undefined && scalarsOf(job.needs).some(({ text }) => text.toLowerCase() === id.toLowerCase());
  return waits ? `read \`needs.${id}.outputs\` here` : `write \`needs: [${id}]\``;
}

function laterStep(steps: readonly Step[] | undefined, name: string): Missed | undefined {
  const step = stepWithId(steps, name);
  if (step === undefined) return undefined;
  const message = `\`steps\` has no step \`${name}\` yet, for it runs later: move it up`;
  return { message, related: { at: step, text: `the step \`${name}\` stands here` } };
}

function stepWithId(steps: readonly Step[] = [], id: string): Step | undefined {
  for (const step of steps) {
    if (step.kind === "parallel-step") {
      const inner = stepWithId(step.parallel.items, id);
      if (inner !== undefined) return inner;
    } else if (step.id?.text.toLowerCase() === id.toLowerCase()) return step;
  }
  return undefined;
}

function hasMatrix({ job }: NamedJob): boolean {
  return job.strategy !== undefined && (job.strategy.kind !== "strategy" || job.strategy.matrix !== undefined);
}

import type { Node } from "../../ir/any-node.ts";
import { entriesOf, isNode, scalarsOf } from "../../ir/walk.ts";
import type { AnyJob, Job, Workflow } from "../../ir/workflow.ts";

/**
 * All of a workflow that a walk through one of its jobs may read, as one text: jobs with equal texts go the same way. Places are
 * no part of it, nor are the names that jobs and steps have for people.
 */
export function contentOfJob(id: string, job: Job, workflow: Workflow): string {
  const around = [workflow.on, workflow.env, workflow.defaults, workflow.permissions].map(plain);
  return JSON.stringify([...around, ...withNeeded(id, job, workflow, new Set())]);
}

/** A job, and those whose outputs and results it may ask for. */
function withNeeded(id: string, job: AnyJob, workflow: Workflow, seen: Set<string>): readonly unknown[] {
  seen.add(id.toLowerCase());
  const content: unknown[] = [id, plain(job)];
  for (const { text } of scalarsOf(job.needs)) {
    if (seen.has(text.toLowerCase())) continue;
    const needed = workflow.jobs?.entries.find(({ key }) => key.text.toLowerCase() === text.toLowerCase());
    if (needed !== undefined) content.push(...withNeeded(needed.key.text, needed.value, workflow, seen));
  }
  return content;
}

const NAMED: ReadonlySet<Node["kind"]> = new Set(["job", "call-job", "run-step", "uses-step", "parallel-step"]);

/** Lists of plain values; what is told apart by its kind has that first. */
function plain(node: unknown): unknown {
  if (!isNode(node)) return node ?? null;
  switch (node.kind) {
    case "scalar": {
      const { value, text, comments } = node;
      // A pin's version stands in its comment.
      if (comments?.trailing !== undefined) return [value, text, comments.trailing];
      return value === text ? text : [value, text];
    }
    case "sequence":
      return ["sequence", ...node.items.map(plain)];
    case "mapping":
      return ["mapping", ...node.entries.flatMap(({ key, value }) => [key.text, plain(value)])];
    default: {
      const entries = entriesOf(node).filter(({ key }) => key.text !== "name" || !NAMED.has(node.kind));
      return [node.kind, ...entries.flatMap(({ key, value }) => [key.text, plain(value)])];
    }
  }
}

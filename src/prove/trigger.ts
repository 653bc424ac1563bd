import type { Workflow } from "../ir/workflow.ts";
import { scalarsOf } from "../ir/walk.ts";

/** What starts the job that is tried, and on which ref. */
export interface Trigger {
  readonly event: string;
  /** `refs/heads/main` */
  readonly ref: string;
  /** `inputs` of a dispatch or a call: what was given, else the defaults. */
  readonly inputs: ReadonlyMap<string, string | boolean>;
}

export interface TriggerChoice {
  /** Undefined: the first that the workflow names. */
  readonly event?: string | undefined;
  readonly defaultBranch: string;
  readonly inputs?: ReadonlyMap<string, string>;
}

const PULL_REQUESTS: ReadonlySet<string> = new Set([
  "pull_request",
  "pull_request_review",
  "pull_request_review_comment",
]);

/** Chooses the event that the job is tried under: the one that was asked for, else the first that the workflow names. */
export function chooseTrigger(workflow: Workflow, { event, defaultBranch, inputs }: TriggerChoice): Trigger {
  const events = eventsOf(workflow);
  const chosen = event ?? events[0] ?? "workflow_dispatch";
  return { event: chosen, ref: refOf(chosen, workflow, defaultBranch), inputs: inputsOf(chosen, workflow, inputs) };
}

/** The events that a workflow names, in its order. */
export function eventsOf({ on }: Workflow): readonly string[] {
  if (on?.kind === "mapping") return on.entries.map(({ key }) => key.text);
  return scalarsOf(on).map(({ text }) => text);
}

/** Branches of a push that the workflow writes out: of one that matches them a push would come. */
export function literalBranches(workflow: Workflow): readonly string[] {
  return filtersOf("push", workflow, "branches").filter((name) => !/[*?+[\]!]/.test(name));
}

function refOf(event: string, workflow: Workflow, defaultBranch: string): string {
  if (PULL_REQUESTS.has(event)) return `refs/pull/${PULL_REQUEST}/merge`;
  if (event === "release") return `refs/tags/${TAG}`;
  if (event !== "push") return `refs/heads/${defaultBranch}`;
  const branches = filtersOf("push", workflow, "branches");
  const literal = literalBranches(workflow);
  if (branches.length === 0 && filtersOf("push", workflow, "tags").length > 0) return `refs/tags/${TAG}`;
  return `refs/heads/${literal.includes(defaultBranch) ? defaultBranch : (literal[0] ?? defaultBranch)}`;
}

/** The number of the pull request, the tag of the release, and the pull request's branch, where an event has one. */
export const PULL_REQUEST = 1;
export const TAG = "v1.0.0";
export const HEAD_BRANCH = "topic";

/** The refs that an event is about, beside branches that are there anyway. */
export function eventRefs({ event, ref }: Trigger): readonly string[] {
  if (event.startsWith("pull_request"))
    return [`refs/heads/${HEAD_BRANCH}`, `refs/pull/${PULL_REQUEST}/head`, `refs/pull/${PULL_REQUEST}/merge`];
  return [ref];
}

function filtersOf(event: string, { on }: Workflow, filter: "branches" | "tags"): readonly string[] {
  const found = on?.kind === "mapping" ? on.entries.find(({ key }) => key.text === event)?.value : undefined;
  return found?.kind === "filters" ? scalarsOf(found[filter]).map(({ text }) => text) : [];
}

/** docs.github.com, "Workflow syntax", on.workflow_dispatch.inputs: a boolean without a default is false, others are empty. */
function inputsOf(
  event: string,
  { on }: Workflow,
  given: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, string | boolean> {
  const found = on?.kind === "mapping" ? on.entries.find(({ key }) => key.text === event)?.value : undefined;
  const inputs = new Map<string, string | boolean>(given);
  if (found?.kind !== "filters" || found.inputs?.kind !== "mapping") return inputs;
  for (const { key, value } of found.inputs.entries) {
    const definition = value.kind === "input-definition" ? value : undefined;
    const first = definition?.type?.text === "choice" ? definition.options?.items[0]?.text : undefined;
    const text = given.get(key.text) ?? definition?.default?.text ?? first ?? "";
    inputs.set(key.text, definition?.type?.text === "boolean" ? text === "true" : text);
  }
  return inputs;
}

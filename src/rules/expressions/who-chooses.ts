import type { Guards } from "../../expressions/guards.ts";
import type { FileNode } from "../../ir/any-node.ts";
import { EVENTS } from "../../ir/events.ts";
import type { On } from "../../ir/workflow.ts";
import type { CheckedFile } from "../checked-file.ts";

/**
 * Who can choose a text: anybody with an account; whoever may write to the repository; whoever calls the action or the reusable
 * workflow; or nobody, because GitHub checks it, or because no trigger of the workflow brings it.
 */
export type Chooser = "outsider" | "writer" | "caller" | "nobody";

/** Events that bring a text, by the path's beginning. An action and a called workflow run under any event. */
const BROUGHT_BY: readonly (readonly [path: RegExp, chooser: Chooser, events: RegExp])[] = [
  [/^github\.head_ref$/, "outsider", /^pull_request/],
  // Under other events the ref is the default branch, or `refs/pull/1/merge`.
  [
    /^(?:github\.(?:ref|ref_name|workflow_ref)|job\.workflow_ref)$/,
    "writer",
    /^(?:push|create|workflow_dispatch|deployment|release)$/,
  ],
  [/^github\.event\.(?:ref|base_ref)$/, "writer", /^(?:push|create|delete)$/],
  [/^github\.event\.(?:pusher|release|deployment)\b/, "writer", /^(?:push|release|deployment|deployment_status)$/],
  [/^github\.event\.client_payload\b/, "writer", /^repository_dispatch$/],
  // A merged pull request keeps its authors' messages, names and files.
  [/^github\.event\.(?:commits|head_commit)\b/, "outsider", /^push$/],
  [/^github\.event\.merge_group\b/, "outsider", /^merge_group$/],
  [/^github\.event\.pull_request\b/, "outsider", /^pull_request/],
  [/^github\.event\.review\b/, "outsider", /^pull_request_review$/],
  [/^github\.event\.workflow_run\b/, "outsider", /^workflow_run$/],
  [/^github\.event\.(?:check_run|check_suite)\b/, "outsider", /^check_(?:run|suite)$/],
  [/^github\.event\.issue\b/, "outsider", /^issue/],
  [/^github\.event\.comment\b/, "outsider", /comment$/],
  [/^github\.event\.(?:discussion|answer|old_answer)\b/, "outsider", /^discussion/],
  [/^github\.event\.pages\b/, "outsider", /^gollum$/],
  [/^github\.event\.forkee\b/, "outsider", /^fork$/],
  // Statuses are set for commits, and the commit may be a stranger's.
  [/^github\.event\.(?:commit|branches)\b/, "outsider", /^(?:status|branch_protection_rule)$/],
];

/** A repository's name has letters, digits, `-`, `_` and `.` alone, and so have its topics: no shell minds them. */
const HARMLESS = /\.(?:repo|head_repository|forkee)\.(?:name|full_name|topics\.\*)$/;

/**
 * Who chooses the text at a path that `findUntrusted` found.
 *
 * @param guards what the conditions around its place say
 */
export function whoChooses(path: string, { node }: CheckedFile, guards: Guards): Chooser {
  if (HARMLESS.test(path) || guards.fixes(path)) return "nobody";
  const events = eventsOf(node)?.filter((event) => guards.lets(event, "anybody"));
  if (events?.length === 0) return "nobody";
  const input = /^(?:github\.event\.)?inputs(?:\.(.*))?$/.exec(path);
  if (input !== null) return whoGives(input[1], path.startsWith("github."), node, events ?? []);
  const known = BROUGHT_BY.find(([beginning]) => beginning.test(path));
  if (known === undefined) return "outsider";
  const [, chooser, brings] = known;
  const bringing = events?.filter((event) => brings.test(event));
  if (bringing === undefined) return chooser;
  if (bringing.length === 0) return "nobody";
  // Who may push a branch to the repository itself may write to it.
  return chooser === "outsider" && !bringing.some((event) => guards.lets(event, "outsider")) ? "writer" : chooser;
}

/**
 * The events that a workflow runs under; undefined for an action, and where nobody can know. One that is called runs under its
 * caller's event.
 */
function eventsOf(node: FileNode | undefined): readonly string[] | undefined {
  if (node?.kind !== "workflow" || node.on === undefined) return undefined;
  const own = eventNames(node.on);
  return own.includes("workflow_call") ? [...new Set([...own, ...Object.keys(EVENTS)])] : own;
}

function eventNames(on: On): readonly string[] {
  if (on.kind === "scalar") return [on.text];
  if (on.kind === "sequence") return on.items.map(({ text }) => text);
  return on.entries.map(({ key }) => key.text);
}

/** GitHub lets no other value through for these types. */
const CHECKED: ReadonlySet<string | undefined> = new Set(["boolean", "number", "choice"]);

/** Who gives an input. `github.event.inputs` has only those of a manual run. */
function whoGives(
  name: string | undefined,
  isManual: boolean,
  node: FileNode | undefined,
  events: readonly string[],
): Chooser {
  if (node?.kind !== "workflow") return "caller";
  if (events.includes("workflow_dispatch") && isFree(name, "workflow_dispatch", node.on)) return "writer";
  return !isManual && isFree(name, "workflow_call", node.on) ? "caller" : "nobody";
}

/** Whether an event of the workflow takes any text as an input. */
function isFree(name: string | undefined, event: string, on: On | undefined): boolean {
  if (on?.kind !== "mapping") return false;
  const trigger = on.entries.find(({ key }) => key.text === event)?.value;
  if (trigger?.kind !== "filters" || trigger.inputs?.kind !== "mapping") return false;
  return trigger.inputs.entries.some(({ key, value }) => {
    // `toJSON(inputs)` and the like: any of them.
    const isMeant = name === undefined || name === "*" || key.text.toLowerCase() === name.toLowerCase();
    return isMeant && !CHECKED.has(value.kind === "input-definition" ? value.type?.text : undefined);
  });
}

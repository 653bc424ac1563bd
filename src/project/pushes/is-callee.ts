import type { Workflow } from "../../ir/workflow.ts";
import type { CheckedFile } from "../../rules/checked-file.ts";

/** Whether only others run it: an action, a workflow that is only called. */
export function isCallee({ node }: CheckedFile): boolean {
  if (node?.kind === "action-file") return true;
  return node?.kind === "workflow" && isOnlyCalled(node);
}

function isOnlyCalled({ on }: Workflow): boolean {
  if (on?.kind === "mapping") return on.entries.length === 1 && on.entries[0]?.key.text === "workflow_call";
  return on?.kind === "scalar" && on.text === "workflow_call";
}

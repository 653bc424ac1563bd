import { checkCall } from "../../ir/check/check-call.ts";
import type { SyntaxProblem } from "../../ir/syntax-problem.ts";
import type { Workflow } from "../../ir/workflow.ts";
import { wrongWorkflow } from "../../ir/check/wrong-uses.ts";
import { defineRule } from "../define-rule.ts";

export const badCall = defineRule({
  id: "bad-call",
  severity: "error",
  summary: "A job does not hand over what the workflow that it calls declares.",
  why: `GitHub refuses the file: an input or a secret that is required is missing, one is given that the called workflow does not declare,
or a value has another type; or the workflow has no \`workflow_call\`, or calls itself. Workflows of this repository are looked into, those of others
are not.

Source: [Reuse workflows](https://docs.github.com/en/actions/how-tos/reuse-automations/reuse-workflows).`,
  messages: { problem: "{problem}" },
  *check(file, { workflowAt }) {
    if (file.node?.kind !== "workflow") return;
    for (const { key, value: job } of file.node.jobs?.entries ?? []) {
      if (job.kind !== "call-job" || job.uses?.text.startsWith("./") !== true) continue;
      if (wrongWorkflow(job.uses.text) !== undefined) continue;
      const called = job.uses.text.slice("./".length);
      const callee = workflowAt(file, called);
      if (callee === undefined) continue;
      if (callsItself(called, (path) => workflowAt(file, path))) {
        const path = ["jobs", key.text, "uses"];
        const message = `\`${called}\` calls itself, if by way of others: GitHub starts no workflows that call each other in a circle`;
        yield { message: "problem", data: { problem: message }, at: job.uses, path };
      }
      const problems: SyntaxProblem[] = [];
      checkCall(job, callee, ["jobs", key.text], (code, message, node, path, severity = "error") => {
        problems.push({ code, message, node, path, severity });
      });
      for (const { message, node, path } of problems)
        yield { message: "problem", data: { problem: message }, at: node, path };
    }
  },
});

/** Whether following the calls of a workflow of this repository leads back to it. */
function callsItself(start: string, workflowAt: (path: string) => Workflow | undefined): boolean {
  const seen = new Set<string>();
  const pending = [start];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    for (const { value: job } of workflowAt(path)?.jobs?.entries ?? []) {
      if (job.kind !== "call-job" || job.uses?.text.startsWith("./") !== true) continue;
      const next = job.uses.text.slice("./".length);
      if (next === start) return true;
      if (!seen.has(next)) pending.push(next);
      seen.add(next);
    }
  }
  return false;
}

import { defineRule } from "../define-rule.ts";

/** Found where GitHub's lock is planned: it has no check of its own. */
export const localActionNotLocked = defineRule({
  id: "local-action-not-locked",
  severity: "error",
  summary: "A workflow cannot be in GitHub's lock, because a step uses an action by a path of the workspace.",
  why: `What lies at \`./path\` is known only when the job runs, so GitHub's lock leaves a workflow out that uses one, with everything else
that it uses. \`$/path\` is the action at the workflow's own commit, and needs no lock. The rule speaks only where the config chose
GitHub's lock (\`actions: { lock: "github" }\`).

Source: [gh-actions-lock](https://github.com/github/gh-actions-lock), "Self repository actions".`,
  messages: {},
});

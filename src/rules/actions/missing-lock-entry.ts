import { defineRule } from "../define-rule.ts";

/** Found where the lock is known: it has no check of its own. */
export const missingLockEntry = defineRule({
  id: "missing-lock-entry",
  severity: "error",
  summary: "The lock that is committed has no entry for an action.",
  why: `Run \`npx flowkeep gen\`, and commit \`generated/actions.lock.json\`.

Where the config chose GitHub's lock (\`actions: { lock: "github" }\`): it does not list what a workflow uses, and GitHub refuses to
run such a workflow. \`npx flowkeep gen\` writes what is missing; without GitHub's numbers of a repository, \`gh actions-lock\` does.`,
  messages: {},
});

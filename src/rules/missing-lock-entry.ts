import { defineRule } from "./define-rule.ts";

/** Found where the lock is known: it has no check of its own. */
export const missingLockEntry = defineRule({
  id: "missing-lock-entry",
  severity: "error",
  summary: "The lock that is committed has no entry for an action.",
  why: `Run \`npx flowkeep gen\`, and commit \`generated/actions.lock.json\`.`,
  messages: {},
});

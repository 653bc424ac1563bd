import { defineRule } from "../define-rule.ts";

/** Found where the lock is known: it has no check of its own. */
export const manifestChanged = defineRule({
  id: "manifest-changed",
  severity: "error",
  summary: "An action's manifest is not the one that was locked.",
  why: `What is locked is also what the action takes and gives. For an action of this repository, \`npx flowkeep gen\` takes the change over. For
another, whose commit never changes, either the lock was edited or it was made from something else.`,
  messages: {},
});

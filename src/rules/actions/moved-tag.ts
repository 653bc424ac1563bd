import { defineRule } from "../define-rule.ts";

/** Found where the lock is known: it has no check of its own. */
export const movedTag = defineRule({
  id: "moved-tag",
  severity: "error",
  summary: "A tag is not where it was when it was locked.",
  why: `A tag of a release should never move: who moves one can put other code under a version that people have looked at. What your workflows
run is still the locked commit. Compare the two commits before you update.

\`flowkeep check --online\` finds it.`,
  messages: {},
});

import { defineRule } from "../define-rule.ts";

/** Found where the lock is read: it has no check of its own. */
export const unexpectedCommit = defineRule({
  id: "unexpected-commit",
  severity: "warning",
  summary: "The lock pins an action to another commit than flowkeep's catalogue knows for its tag.",
  why: `The lock was edited, or the tag has been moved since the catalogue was made: a moved tag is how actions were hijacked. The
generated YAML uses the lock's commit, and names the tag beside it. Compare both commits on GitHub; then
\`npx flowkeep actions remove owner/name@ref\` and \`npx flowkeep gen\` take the catalogue's.`,
  messages: {},
});

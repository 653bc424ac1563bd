import { defineRule } from "../define-rule.ts";

/** Found where the lock is known: it has no check of its own. */
export const pinNotLocked = defineRule({
  id: "pin-not-locked",
  severity: "error",
  summary: "A generated file, or GitHub's lock, has an action at another commit than the lock.",
  why: `The lock is what counts, and \`npx flowkeep gen\` would write its commit again. Where Dependabot or Renovate raised the version,
\`npx flowkeep actions sync\` takes it over into the lock and the sources.

Of GitHub's lock (\`actions: { lock: "github" }\`) it also tells another \`ref\`, other numbers, and other \`uses\`.`,
  messages: {},
});

import { defineRule } from "../define-rule.ts";

/** Found by `flowkeep actions sync`: it has no check of its own. */
export const notABump = defineRule({
  id: "not-a-bump",
  severity: "error",
  summary: "A bot's change is more, or other, than a version that was raised.",
  why: `\`npx flowkeep actions sync\` takes newer versions over into the lock and the sources: of the same action, at a commit that is the
repository's own and that a newer tag names. Every other change is for a person to make in the source. Nothing was taken over.`,
  messages: {},
});

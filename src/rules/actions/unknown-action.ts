import { defineRule } from "../define-rule.ts";

/** Found where all files are known: it has no check of its own. */
export const unknownAction = defineRule({
  id: "unknown-action",
  severity: "warning",
  summary: "The types of an action that was known are lost.",
  why: `The lock names the action, but neither the catalogue nor the bindings know its inputs any more. Give its manifest:
\`npx flowkeep actions add owner/name@ref --manifest action.yml\`.`,
  messages: {},
});

import { defineRule } from "../define-rule.ts";

/** Found where all files are known: it has no check of its own. */
export const unusedAction = defineRule({
  id: "unused-action",
  severity: "note",
  summary: "The lock holds an action that no source uses.",
  why: "It does no harm. `npx flowkeep actions remove owner/name@ref` takes it out of the lock and the types. Out of GitHub's lock `npx flowkeep gen` takes it by itself.",
  messages: {},
});

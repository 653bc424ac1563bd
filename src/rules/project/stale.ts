import { defineRule } from "../define-rule.ts";

/** Found where all files are known: it has no check of its own. */
export const stale = defineRule({
  id: "stale",
  severity: "error",
  summary: "A generated file is not what the sources come to.",
  why: "Somebody has changed a source without `npx flowkeep gen`.",
  messages: {},
  isBasic: true,
});

import { defineRule } from "../define-rule.ts";

/** Found where all files are known: it has no check of its own. */
export const orphan = defineRule({
  id: "orphan",
  severity: "error",
  summary: "A generated file has no source any more.",
  why: "`npx flowkeep gen` removes it, unless somebody has edited it by hand.",
  messages: {},
  isBasic: true,
});

import { defineRule } from "../define-rule.ts";

/** Found where all files are known: it has no check of its own. */
export const handEdit = defineRule({
  id: "hand-edit",
  severity: "error",
  summary: "A generated file was edited by hand.",
  why: "The next `npx flowkeep gen` would undo the change: make it in the source that the file's header names.",
  messages: {},
  isBasic: true,
});

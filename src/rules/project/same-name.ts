import { defineRule } from "../define-rule.ts";

/** Found where all files are known: it has no check of its own. */
export const sameName = defineRule({
  id: "same-name",
  severity: "note",
  summary: "A workflow of one name is there as .yml and as .yaml.",
  why: "They are two files to GitHub, and both run. After a move to flowkeep the one that was written by hand is often forgotten: remove it, or give one of the two another name.",
  messages: {},
});

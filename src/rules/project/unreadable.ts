import { defineRule } from "../define-rule.ts";

/** Found where all files are known: it has no check of its own. */
export const unreadable = defineRule({
  id: "unreadable",
  severity: "error",
  summary: "A file that flowkeep needs cannot be read.",
  why: "It is missing, no text, or not what it should be: the lock, the baseline, the source map, a manifest.",
  messages: {},
  isBasic: true,
});

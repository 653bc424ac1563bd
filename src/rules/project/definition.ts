import { defineRule } from "../define-rule.ts";

/** Found where all files are known: it has no check of its own. */
export const definition = defineRule({
  id: "definition",
  severity: "error",
  summary: "A source cannot be compiled.",
  why: "Nothing is generated until it is mended. The message says what to write instead.",
  messages: {},
  isBasic: true,
});

import { defineRule } from "../define-rule.ts";

/** Found where all files are known: it has no check of its own. */
export const notAtRoot = defineRule({
  id: "not-at-root",
  severity: "note",
  summary: "The project is not at the root of its repository.",
  why: "GitHub reads .github/workflows/ of the root alone: workflows that are generated elsewhere never run. For examples and templates that may be what is wanted.",
  messages: {},
});

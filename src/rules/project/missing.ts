import { defineRule } from "../define-rule.ts";

/** Found where all files are known: it has no check of its own. */
export const missing = defineRule({
  id: "missing",
  severity: "error",
  summary: "A generated file is missing.",
  why: "`check` compares what is committed with what the sources come to. `npx flowkeep gen` writes the file.",
  messages: {},
  isBasic: true,
});

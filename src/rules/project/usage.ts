import { defineRule } from "../define-rule.ts";

/** Found where all files are known: it has no check of its own. */
export const usage = defineRule({
  id: "usage",
  severity: "error",
  summary: "Something stands in the way of the command.",
  why: "A file that flowkeep did not write lies where one belongs that it should write, or a path leads out of the project.",
  messages: {},
  isBasic: true,
});

import { defineRule } from "../define-rule.ts";

/** Found where the lock is known: it has no check of its own. */
export const lockUnverified = defineRule({
  id: "lock-unverified",
  severity: "error",
  summary: "A locked action could not be compared with its repository.",
  why: `\`flowkeep check --online\` asks each repository, and does not pass for what it could not ask.`,
  messages: {},
  isBasic: true,
});

import { defineRule } from "../define-rule.ts";

/** Found where all files are known: it has no check of its own. */
export const staleLock = defineRule({
  id: "stale-lock",
  severity: "error",
  summary: "The lock is not what the sources need.",
  why: "Run `npx flowkeep gen`, and commit `generated/actions.lock.json`.",
  messages: {},
  isBasic: true,
});

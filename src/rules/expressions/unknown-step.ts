import { syntaxRule } from "../syntax/syntax-rule.ts";

export const unknownStep = syntaxRule(
  {
    id: "unknown-step",
    severity: "error",
    summary: "A step waits for, or cancels, one that does not run in the background above it.",
    why: "`wait` and `cancel` name the ids of steps above that have `background: true`.",
  },
  ["unknown-step"],
);

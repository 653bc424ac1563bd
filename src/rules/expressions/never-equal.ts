import { expressionRule } from "./expression-rule.ts";

export const neverEqual = expressionRule(
  {
    id: "never-equal",
    severity: "warning",
    summary: "A comparison can never be true.",
    why: "The two sides have no value in common: a job's result is `success`, `failure`, `cancelled` or `skipped`, and never anything else.",
  },
  ["never-equal", "never-contained"],
);

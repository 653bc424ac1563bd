import { expressionRule } from "./expression-rule.ts";

export const alwaysTrue = expressionRule(
  {
    id: "always-true",
    severity: "warning",
    summary: "A condition is true whatever happens.",
    why: "Text outside of `${{ }}` makes the whole condition a text, and a text that is not empty is true. The step or job is never left out.",
  },
  ["always-true"],
);

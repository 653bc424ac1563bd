import { expressionRule } from "./expression-rule.ts";

export const notBoolean = expressionRule(
  {
    id: "not-boolean",
    severity: "error",
    summary: "A condition of `case()` is neither true nor false.",
    why: "The conditions of `case()` must be true or false; other values make the expression fail.",
  },
  ["not-boolean"],
);

import { expressionRule } from "./expression-rule.ts";

export const functionArguments = expressionRule(
  {
    id: "function-arguments",
    severity: "error",
    summary: "A function is called with arguments that it does not take.",
    why: "GitHub refuses the file, or the step fails when it evaluates the expression.",
  },
  ["too-few-arguments", "too-many-arguments", "even-arguments", "format-string", "format-arguments"],
);

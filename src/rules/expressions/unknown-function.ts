import { expressionRule } from "./expression-rule.ts";

export const unknownFunction = expressionRule(
  {
    id: "unknown-function",
    severity: "error",
    summary: "An expression calls a function that does not exist.",
    why: 'GitHub refuses the file with "Unrecognized function".',
  },
  ["unknown-function"],
);

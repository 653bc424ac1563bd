import { expressionRule } from "./expression-rule.ts";

export const unknownContext = expressionRule(
  {
    id: "unknown-context",
    severity: "error",
    summary: "An expression names a context that does not exist.",
    why: "GitHub refuses the file with \"Unrecognized named-value\". A text stands in single quotes: `'main'`.",
  },
  ["unknown-context"],
);

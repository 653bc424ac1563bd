import { expressionRule } from "../expressions/expression-rule.ts";

export const notText = expressionRule(
  {
    id: "not-text",
    severity: "warning",
    summary: "An object or a list stands where a text is wanted.",
    why: "GitHub writes the word `Object` or `Array` in its place. `toJSON(…)` writes what it holds; `fromJSON(…)` reads a text.",
  },
  ["not-text"],
);

import { syntaxRule } from "./syntax-rule.ts";

export const expressionNotAllowed = syntaxRule(
  {
    id: "expression-not-allowed",
    severity: "error",
    summary: "A `${{ }}` stands where GitHub takes none.",
    why: `GitHub reads this key before there is any context: the expression stays the text that it is, and the file is refused.

Source: [Context availability](https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#context-availability).`,
  },
  ["expression-not-allowed"],
);

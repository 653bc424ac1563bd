import { expressionRule } from "./expression-rule.ts";

export const expressionSyntax = expressionRule(
  {
    id: "expression-syntax",
    severity: "error",
    summary: "An expression cannot be read.",
    why: `GitHub refuses the file before any job starts. Texts in expressions stand in single quotes, and operators are \`&&\`, \`||\`, \`!\`,
\`==\`, \`!=\`, \`<\`, \`<=\`, \`>\`, \`>=\`; there is no arithmetic.

Source: [Evaluate expressions](https://docs.github.com/en/actions/reference/workflows-and-actions/expressions).`,
  },
  ["unexpected-symbol", "unexpected-end", "too-deep", "too-long", "unclosed", "empty", "directive"],
);

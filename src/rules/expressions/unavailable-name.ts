import { expressionRule } from "./expression-rule.ts";

export const unavailableName = expressionRule(
  {
    id: "unavailable-name",
    severity: "error",
    summary: "A context or function cannot be used at this place.",
    why: `GitHub refuses the file: \`secrets\` is not known in an \`if\`, \`steps\` not outside of the job's steps, \`success()\` only in an \`if\`.

Source: [Context availability](https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#context-availability).`,
  },
  ["unavailable-context", "unavailable-function"],
);

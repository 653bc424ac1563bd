import { expressionRule } from "./expression-rule.ts";

export const unknownProperty = expressionRule(
  {
    id: "unknown-property",
    severity: "warning",
    summary: "An expression asks for something that is not there.",
    why: `GitHub evaluates it to null, without a word: the \`if\` is false, the variable is empty. Often it is a typo, an id of another
job's step, or a job that is missing in \`needs\`. Where GitHub's own contexts are concerned, it may have come since.`,
  },
  ["unknown-property"],
);

import { syntaxRule } from "../syntax/syntax-rule.ts";

export const wrongType = syntaxRule(
  {
    id: "wrong-type",
    severity: "error",
    summary: "A value is of another kind than GitHub takes here.",
    why: "GitHub refuses the file: a list stands where a text belongs, a text where a mapping belongs.",
  },
  ["wrong-type"],
);

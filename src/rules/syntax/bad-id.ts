import { syntaxRule } from "./syntax-rule.ts";

export const badId = syntaxRule(
  {
    id: "bad-id",
    severity: "error",
    summary: "The id of a job or a step is none that GitHub takes.",
    why: "An id begins with a letter or `_`, goes on with letters, digits, `-` and `_`, and does not begin with `__`.",
  },
  ["bad-id"],
);

import { syntaxRule } from "./syntax-rule.ts";

export const badNeeds = syntaxRule(
  {
    id: "bad-needs",
    severity: "error",
    summary: "A job needs one that is not there, or waits for itself.",
    why: "GitHub refuses the workflow: none of its jobs can start.",
  },
  ["bad-needs"],
);

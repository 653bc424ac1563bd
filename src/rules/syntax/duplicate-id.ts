import { syntaxRule } from "./syntax-rule.ts";

export const duplicateId = syntaxRule(
  {
    id: "duplicate-id",
    severity: "error",
    summary: "Two steps of a job have the same id.",
    why: "GitHub refuses the file: `steps.<id>` would be ambiguous. Upper and lower case do not count.",
  },
  ["duplicate-id"],
);

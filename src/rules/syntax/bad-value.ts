import { syntaxRule } from "./syntax-rule.ts";

export const badValue = syntaxRule(
  {
    id: "bad-value",
    severity: "error",
    slipsInSources: "error",
    summary: "A value is none of those that GitHub takes here.",
    why: "GitHub refuses the file. Where only activity types of events are concerned it is a warning, because GitHub may have new ones.",
  },
  ["bad-value"],
);

import { syntaxRule } from "./syntax-rule.ts";

export const missingKey = syntaxRule(
  {
    id: "missing-key",
    severity: "error",
    summary: "A key is missing that GitHub needs.",
    why: "GitHub refuses the file: without `on` it knows no reason to run it, without `runs-on` no machine.",
  },
  ["missing-key"],
);

import { syntaxRule } from "./syntax-rule.ts";

export const duplicateKey = syntaxRule(
  {
    id: "duplicate-key",
    severity: "error",
    summary: "A key stands twice in the same mapping.",
    why: "GitHub refuses the file with \"'…' is already defined\". It compares keys without regard to upper and lower case.",
  },
  ["duplicate-key"],
);

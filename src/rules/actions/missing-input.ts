import { inputRule } from "./input-rule.ts";

export const missingInput = inputRule(
  {
    id: "missing-input",
    severity: "error",
    summary: "An action is not given an input that it needs.",
    why: "The manifest says `required: true` and names no default. GitHub does not check it: the action fails, or does something else.",
  },
  "missing-input",
);

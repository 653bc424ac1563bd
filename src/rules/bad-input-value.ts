import { inputRule } from "./input-rule.ts";

export const badInputValue = inputRule(
  {
    id: "bad-input-value",
    severity: "error",
    summary: "An input is given a value that it does not take.",
    why: "The action reads the input as true or false, and fails on other words, or takes them for false.",
  },
  "bad-input-value",
);

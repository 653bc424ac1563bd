import { inputRule } from "./input-rule.ts";

export const badInputValue = inputRule(
  {
    id: "bad-input-value",
    severity: "error",
    summary: "An input is given a value that it does not take.",
    why: `The action documents all that the input takes: it fails on other words, or takes them for false. Of inputs whose values nobody
documents nothing is said, whatever their default is.`,
  },
  "bad-input-value",
);

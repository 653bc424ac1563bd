import { syntaxRule } from "./syntax-rule.ts";

export const badInput = syntaxRule(
  {
    id: "bad-input",
    severity: "error",
    summary: "The definition of an input contradicts itself.",
    why: "Only inputs of type `choice` have `options`, and a default must be a value that the input takes.",
  },
  ["bad-input"],
);

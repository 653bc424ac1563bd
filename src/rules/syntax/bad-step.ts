import { syntaxRule } from "./syntax-rule.ts";

export const badStep = syntaxRule(
  {
    id: "bad-step",
    severity: "error",
    summary: "A step says nothing to do, or too much.",
    why: "A step has `run` or `uses` (or `wait`, `wait-all`, `cancel`, `parallel`), and what stands under `parallel` takes fewer keys.",
  },
  ["bad-step"],
);

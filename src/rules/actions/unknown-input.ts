import { inputRule } from "./input-rule.ts";

export const unknownInput = inputRule(
  {
    id: "unknown-input",
    severity: "error",
    summary: "An action is given an input that it does not have.",
    why: `GitHub writes a warning into the run's log and goes on without the input: what was meant does not happen. The inputs are
those of the action's manifest at this version, from flowkeep's catalogue or from the repository itself.`,
  },
  "unknown-input",
);

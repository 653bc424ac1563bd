import { inputRule } from "./input-rule.ts";

export const deprecatedInput = inputRule(
  {
    id: "deprecated-input",
    severity: "warning",
    summary: "An action is given an input that is deprecated.",
    why: "The action's manifest says so. A later version will not have it any more.",
  },
  "deprecated-input",
);

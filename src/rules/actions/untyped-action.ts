import { defineRule } from "../define-rule.ts";
import { intendedSteps } from "../intended-steps.ts";

export const untypedAction = defineRule({
  id: "untyped-action",
  severity: "note",
  summary: "An action is used through `untyped(…)`: nobody checks its inputs.",
  why: `A typo in the name of an input, a wrong value or an output that does not exist is seen only when the workflow runs.
\`npx flowkeep actions add owner/name@ref\` makes types of the manifests in flowkeep's catalogue, and with
\`--manifest action.yml\` of any other.`,
  messages: { listed: "nobody checks the inputs of {ref}: it is used through `untyped(…)`" },
  *check(file) {
    const said = new Set<unknown>();
    for (const { step, intent } of intendedSteps(file, "untyped")) {
      // A constant that several jobs use stands in one place.
      const call = step.origin?.call;
      if (call !== undefined && said.has(call)) continue;
      said.add(call);
      yield { message: "listed", data: { ref: intent.ref }, at: step };
    }
  },
});

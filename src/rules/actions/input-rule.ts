import type { InputProblem } from "../../actions/check-inputs.ts";
import { defineRule, type Rule } from "../define-rule.ts";

/** A rule for how a `with:` fits the action's manifest. */
export function inputRule(
  definition: Pick<Rule, "id" | "severity" | "summary" | "why">,
  code: InputProblem["code"],
): Rule {
  return defineRule({
    ...definition,
    messages: { input: "{problem}" },
    *check(file, context) {
      for (const problem of context.inputProblems(file)) {
        if (problem.code !== code) continue;
        const { message, severity, node, path } = problem;
        yield { message: "input", data: { problem: message }, severity, at: node, path };
      }
    },
  });
}

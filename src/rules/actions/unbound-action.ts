import { resolveInterface, type UnknownAction } from "../../actions/resolve-interface.ts";
import { parseUses } from "../../ir/uses-ref.ts";
import type { Step } from "../../ir/workflow.ts";
import type { CheckedFile } from "../checked-file.ts";
import { defineRule } from "../define-rule.ts";
import { intendedSteps } from "../intended-steps.ts";
import type { RuleContext } from "../rule-context.ts";

export const unboundAction = defineRule({
  id: "unbound-action",
  severity: "error",
  summary: "`uses(…)` names an action whose inputs nobody knows.",
  why: `\`uses\` is typed from the action's manifest, and the types refuse an action without bindings; so does \`gen\`. Write the bindings
with \`npx flowkeep actions add owner/name@ref\`, with \`--manifest action.yml\` where the catalogue does not know the action. Or say
that nobody checks its inputs: \`uses(untyped("owner/name@ref"), { … })\`, or the step as a plain object.`,
  messages: {
    unbound:
      'no bindings for {ref}: {reason}{meant} Run `npx flowkeep actions add {ref}`, with `--manifest action.yml` if you have its manifest; or write `uses(untyped("{ref}"), …)`, and nobody checks its inputs',
  },
  *check(file, context) {
    for (const { step, found } of unboundSteps(file, context)) {
      const { ref } = found;
      const meant = found.didYouMean.length === 0 ? "." : `; did you mean ${found.didYouMean.join(", or ")}?`;
      yield { message: "unbound", data: { ref, reason: found.reason, meant }, at: step };
    }
  },
});

/** The typed steps whose action has no bindings, and why. */
export function* unboundSteps(
  file: CheckedFile,
  { lock, actionsOf }: Pick<RuleContext, "lock" | "actionsOf">,
): Iterable<{ readonly step: Step; readonly found: UnknownAction }> {
  for (const { step, intent } of intendedSteps(file, "typed")) {
    const { ref } = intent;
    if (parseUses(ref).kind !== "repository" || lock.actions.get(ref)?.manifest !== undefined) continue;
    const found = resolveInterface(ref, actionsOf(file));
    if (found.kind === "unknown") yield { step, found };
  }
}

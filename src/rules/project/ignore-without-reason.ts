import { defineRule } from "../define-rule.ts";

/** Found where all files are known: it has no check of its own. */
export const ignoreWithoutReason = defineRule({
  id: "ignore-without-reason",
  severity: "warning",
  summary: "An ignore gives no reason.",
  why: `Whoever reads it later cannot tell whether the reason still holds. Without a reason it ignores nothing: write it behind
the rule's id, \`# flowkeep-ignore: rule-id reason\`.`,
  messages: {},
});

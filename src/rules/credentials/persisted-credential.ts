import { findPersisted } from "../../define/push/check-persisted.ts";
import { visitParts } from "../../ir/parts.ts";
import { defineRule, type Problem } from "../define-rule.ts";

export const persistedCredential = defineRule({
  id: "persisted-credential",
  severity: "error",
  summary: "A typed push finds another credential in the repository that it pushes from.",
  why: `\`actions/checkout\` keeps its token in the repository's git configuration, and git sends that before any other. \`push({ … })\`
sends its own credential all the same; but a token that the push does not need must not lie where another identity pushes, one
edit away from being sent, and readable by every later step. The types say the same; this rule sees what they cannot: widened
booleans, spread steps, JavaScript.

Write \`"persist-credentials": false\` at the checkout, or \`push({ …, allowPersisted: "reason" })\`.`,
  messages: { met: "{problem}" },
  *check({ node, intents }) {
    if (node?.kind !== "workflow" || intents.size === 0) return;
    const found: { readonly problem: string; readonly at: Problem["at"]; readonly checkout: Problem["at"] }[] = [];
    visitParts(node, (part) => {
      if (part.kind !== "job") return;
      for (const { message, push, checkout } of findPersisted(part, intents))
        found.push({ problem: message, at: push, checkout });
    });
    for (const { problem, at, checkout } of found)
      yield { message: "met", data: { problem }, at, path: [], related: [{ at: checkout, text: "the checkout" }] };
  },
});

import { findPersisted, type PersistedProblem } from "../../define/push/check-persisted.ts";
import type { CheckoutTrace } from "../../credentials/traces/trace-job.ts";
import { visitParts } from "../../ir/parts.ts";
import { defineRule } from "../define-rule.ts";
import { isNeeded, ownJobs } from "./checkout-facts.ts";
import { keepNothing } from "./push-mends.ts";

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
  *check(file, context) {
    const { node, intents } = file;
    if (node?.kind !== "workflow" || intents.size === 0) return;
    const found: PersistedProblem[] = [];
    visitParts(node, (part) => {
      if (part.kind === "job") found.push(...findPersisted(part, intents));
    });
    for (const { message, push, checkout } of found) {
      const traces = ownJobs(file, context).flatMap(({ checkouts }) => checkouts);
      const kept = traces.find(({ step }) => step.origin !== undefined && step.origin === checkout.origin);
      yield {
        message: "met",
        data: { problem: message },
        at: push,
        path: [],
        related: [{ at: checkout, text: "the checkout" }],
        mends: kept === undefined || isNeeded(kept) ? [] : [{ ...keepNothing(kept), doubt: doubtOf(kept) }],
      };
    }
  },
});

/** What runs in between may need the credential, and is not seen. */
function doubtOf({ mayUse: [first] }: CheckoutTrace): string | undefined {
  return first && `a step may need the credential (${first.text}): write it there by hand if none does`;
}

import type { CheckoutTrace } from "../../credentials/traces/trace-job.ts";
import { defineRule } from "../define-rule.ts";
import { locate } from "../../ir/span.ts";
import { placeInFile } from "./push-place.ts";
import { ownJobs } from "./checkout-facts.ts";

export const unsetHasNoEffect = defineRule({
  id: "unset-has-no-effect",
  severity: "warning",
  summary: "A `git config --unset` of a persisted header removes nothing.",
  why: `\`git config --unset\` and \`--unset-all\` change one file: \`.git/config\`, or the one that \`--global\` or \`--file\` names. They do
not follow includes. \`actions/checkout\` of version 6 and later keeps its token in a file under \`RUNNER_TEMP\` that \`.git/config\`
includes, so the command finds nothing, exits with 5 (which ends the step, unless \`|| true\` stands behind it), and git goes on
sending the token: the push that the unset was written for is hijacked after all.

Write \`persist-credentials: false\` at the checkout, and remove the command. For one push:
\`git -c http.https://github.com/.extraheader= push …\`.

It is a note where there is nothing to remove because no checkout keeps anything.

Source: git-config(1); actions/checkout 6.0.0, src/git-auth-helper.ts.`,
  messages: {
    left: "this removes nothing: `{key}` does not stand in the file that the command changes, and git goes on sending it. Write `persist-credentials: false` at the checkout instead",
    nothing:
      "this removes nothing, because no `{key}` is set: git exits with 5, and without `|| true` the step ends here",
  },
  *check(file, context) {
    for (const { unsets, checkouts } of ownJobs(file, context))
      for (const { span, key, left, hasEffect, place } of unsets) {
        if (hasEffect || span === undefined) continue;
        // Another command of the step may take it away after all.
        const isGone = ({ step, lastSeen }: CheckoutTrace): boolean =>
          lastSeen < place.step && left.some(({ checkout }) => checkout?.step === step);
        if (checkouts.some(isGone)) continue;
        const { at, related } = placeInFile(locate(span), place, file, "the command");
        const found = left.flatMap(({ span, text }) => (span === undefined ? [] : [{ at: span, text }]));
        const isLeft = left.length > 0;
        yield {
          message: isLeft ? "left" : "nothing",
          data: { key },
          severity: isLeft ? "warning" : "note",
          at,
          related: [...found, ...related],
        };
      }
  },
});

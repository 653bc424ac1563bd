import { describeIdentity } from "../../credentials/identity.ts";
import { defineRule } from "../define-rule.ts";
import { placePush } from "./push-place.ts";

export const pushStartsItself = defineRule({
  id: "push-starts-itself",
  severity: "warning",
  summary: "A push starts the workflow that it runs in once more.",
  why: `A push with a token of a person or an App starts workflows, other than one with \`GITHUB_TOKEN\`. Where the workflow starts on
\`push\` to the very ref that it pushes to, each run starts the next, as long as there is something to commit: minutes are spent
until somebody notices.

Write \`[skip ci]\` into the commit's message, or \`if: github.actor != 'the-bot'\` at the job, or filter \`on.push\` by
\`paths-ignore\`; or push with \`GITHUB_TOKEN\`, where no other workflow waits for the push.

Source: [Skipping workflow runs](https://docs.github.com/en/actions/how-tos/manage-workflow-runs/skip-workflow-runs).`,
  messages: {
    loop: "this push of {who} starts this workflow again, as long as there is something to push: {why}. Write `[skip ci]` into the commit's message, or an `if:` that ends it",
  },
  *check(file, context) {
    for (const push of context.pushesOf(file)) {
      if (push.isAssumed) continue;
      const { startsItself, reasons } = context.consequencesOf(push, file);
      if (startsItself !== "yes") continue;
      const why = reasons.filter(({ about }) => about === "startsItself").map(({ text }) => text);
      const data = { who: describeIdentity(push.identity), why: why.join("; ") };
      yield { message: "loop", data, ...placePush(push, file) };
    }
  },
});

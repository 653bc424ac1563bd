import { describeIdentity } from "../../credentials/identity.ts";
import { defineRule } from "../define-rule.ts";
import { isUse, ownCheckouts, ownJobs, tokenAccess } from "./checkout-facts.ts";
import type { Mend } from "../mend.ts";

export const persistedButNeededMissing = defineRule({
  id: "persisted-but-needed-missing",
  severity: "error",
  summary: "A checkout keeps no credential, and a push from it needs one.",
  why: `The mirror image of \`persisted-but-unused\`: \`persist-credentials: false\` was written, by hand or because a linter asks for it
everywhere, and a \`git push\` of the same job relied on what the checkout kept. git has no other credential, and the push fails.

Write \`persist-credentials: true\` where the checkout's own token is meant (the job then needs \`contents: write\`), or give the
push a credential of its own. \`flowkeep lint --fix\` does the first where the job's \`permissions\` or a \`token\` at the checkout
show that it is meant.`,
  messages: {
    missing:
      "this checkout keeps no credential, and `{push}` finds none: write `persist-credentials: true`, or give the push a credential of its own",
  },
  *check(file, context) {
    for (const job of ownJobs(file, context))
      for (const checkout of ownCheckouts(job)) {
        if (!checkout.isPersistGiven || checkout.keeps !== "no") continue;
        const missed = context
          .pushesOf(file)
          .filter(
            (push) =>
              push.job === job.job && push.verdict === "no-credential" && push.stop === undefined && !push.isAssumed,
          )
          .filter((push) => checkout.missed.some((use) => isUse(use, push)));
        const [push] = missed;
        if (push === undefined) continue;
        const { step, identity } = checkout;
        const isMeant = identity.kind === "github-token" ? tokenAccess(file, job.job, "contents") === "write" : true;
        const mend: Mend = {
          description: `let the checkout keep ${describeIdentity(identity)}: \`persist-credentials: true\``,
          change: { kind: "set-input", step, name: "persist-credentials", value: true },
          aim: { push, verdicts: ["as-intended", "undeclared"] },
        };
        yield {
          message: "missing",
          data: { push: firstLine(push.command) },
          at: step.uses,
          related: missed.flatMap(({ span }) => (span === undefined ? [] : [{ at: span, text: "the push" }])),
          mends: isMeant ? [mend] : [],
        };
      }
  },
});

function firstLine(command: string): string {
  const [line = ""] = command.split("\n", 1);
  return line.length > 80 ? `${line.slice(0, 80)}…` : line;
}

import { findPersisted } from "../../define/push/check-persisted.ts";
import type { Origin } from "../../ir/origin.ts";
import { visitParts } from "../../ir/parts.ts";
import type { CheckedFile } from "../checked-file.ts";
import { defineRule } from "../define-rule.ts";
import { describeKept, isSurelyUnneeded, ownCheckouts, ownJobs, tokenAccess } from "./checkout-facts.ts";
import { keepNothing } from "./push-mends.ts";

/** Checkouts that a typed push has a word about: `persisted-credential` finds them, or `allowPersisted` means them. */
function judgedByTypes({ node, intents }: CheckedFile): ReadonlySet<Origin> {
  const origins = new Set<Origin>();
  if (node?.kind !== "workflow" || intents.size === 0) return origins;
  visitParts(node, (part) => {
    if (part.kind !== "job") return;
    const isAllowed = part.steps?.items.some(({ origin }) => {
      const intent = origin && intents.get(origin);
      return intent?.kind === "push" && intent.allowPersisted !== undefined;
    });
    const checkouts = isAllowed ? (part.steps?.items ?? []) : findPersisted(part, intents).map((each) => each.checkout);
    for (const { origin } of checkouts) if (origin !== undefined) origins.add(origin);
  });
  return origins;
}

export const persistedButUnused = defineRule({
  id: "persisted-but-unused",
  severity: "warning",
  summary: "A checkout keeps a credential that nothing in its job uses.",
  why: `\`actions/checkout\` leaves its token in the repository's git configuration unless told otherwise, until the job ends. Every later
step can read it there: install scripts of packages, tests of a pull request, an upload of the whole folder. And it is sent
before any other credential of a \`git push\` that somebody adds later.

Write \`persist-credentials: false\`. \`flowkeep lint --fix\` does, and never where something needs the credential.

It is found only where all that the job runs is in sight or known to leave the repository's server alone; where a script or an
action is out of sight, nothing is said; nor where git reads files in a partial clone (\`filter\`, \`sparse-checkout\`), for it fetches
the missing ones with that credential; nor where git starts a hook that is not followed. It is a warning where the credential can do more than read (a token or key that the
workflow gives, or a job with \`contents: write\`) and where \`persist-credentials: true\` is written out; else a note.

Source: [actions/checkout](https://github.com/actions/checkout#usage), \`persist-credentials\`.`,
  messages: {
    unused:
      "nothing in this job uses the credential that this checkout keeps: {kept} can be read by every later step. Write `persist-credentials: false`",
    explicit:
      "nothing in this job uses the credential that `persist-credentials: true` keeps: {kept} can be read by every later step. Write `false`",
  },
  *check(file, context) {
    const judged = judgedByTypes(file);
    for (const job of ownJobs(file, context))
      for (const checkout of ownCheckouts(job)) {
        const { step, keeps, isPersistGiven, identity, uses } = checkout;
        if (keeps !== "yes" || uses.length > 0 || !isSurelyUnneeded(checkout)) continue;
        if (step.origin !== undefined && judged.has(step.origin)) continue;
        const canWrite =
          identity.kind !== "github-token" || tokenAccess(file, job.job, "contents") === "write" || checkout.hasSshKey;
        yield {
          message: isPersistGiven ? "explicit" : "unused",
          data: { kept: describeKept(checkout) },
          severity: isPersistGiven || canWrite ? "warning" : "note",
          at: step.uses,
          mends: [keepNothing(checkout)],
        };
      }
  },
});

import { describeIdentity } from "../../credentials/identity.ts";
import { defineRule } from "../define-rule.ts";
import { advise, describeMeant, mendSender } from "./push-mends.ts";
import { placePush } from "./push-place.ts";

export const pushHijacked = defineRule({
  id: "push-hijacked",
  severity: "error",
  summary: "A push is given one credential, and git sends another.",
  why: `\`actions/checkout\` keeps its token as an \`http.https://github.com/.extraheader\` of the repository, and git sends such a header
with the first request: a token in the URL, in \`.netrc\` or from a credential helper is never asked for. So GitHub sees
\`GITHUB_TOKEN\` where a personal access token, an App's token or a key was meant: branch protection that the other may pass
rejects the push, no workflow starts from it, files in \`.github/workflows\` cannot be changed, and a push to another repository
ends with 403.

Where nothing else in the job needs the checkout's credential, write \`persist-credentials: false\` there. Where something does,
give the checkout the token that is meant (\`token: \${{ secrets.NAME }}\`), or take the header out of the way for the one push:
\`git -c http.https://github.com/.extraheader= push …\`. In a source, \`push({ as })\` sends what it says.

It is a warning where the job's own token was given and another credential goes out, where it happens in some of the ways only
that the job may go, and where what pushes is out of sight and may not push at all.

Source: git-config(1), \`http.extraHeader\` and \`http.<url>.*\`; \`flowkeep prove\` shows it on a real git.`,
  messages: {
    hijacked:
      "GitHub sees {seen} here, not {meant} that this push is given: git sends a header that is set before any other credential. {Mend}",
    other: "GitHub sees {seen} here, not {meant} that this push is given. {Mend}",
    perhaps: "GitHub sees {seen} here where {when}, and not {meant} that this push is given. {Mend}",
  },
  *check(file, context) {
    for (const push of context.pushesOf(file)) {
      const { verdict, identity, alternatives } = push;
      const place = placePush(push, file);
      const meant = describeMeant(push);
      if (verdict === "hijacked" || verdict === "other-identity") {
        const mends = mendSender(push, file, context);
        const otherwise =
          "write `persist-credentials: false` at the checkout, or give this push no credential of its own";
        const advice = advise(mends, otherwise);
        yield {
          message: verdict === "other-identity" ? "other" : "hijacked",
          data: { seen: describeIdentity(identity), meant, Mend: sentence(advice) },
          severity: verdict === "other-identity" || push.isAssumed ? "warning" : "error",
          ...place,
          mends,
        };
      } else if (verdict === "depends") {
        const other = alternatives.find((each) => each.verdict === "hijacked" && !each.isProvided);
        if (other?.intended === undefined) continue;
        const meant = describeIdentity(other.intended);
        const advice = "write `persist-credentials: false` at the checkouts whose credential this push must not meet";
        yield {
          message: "perhaps",
          data: { seen: describeIdentity(other.identity), meant, when: other.when, Mend: sentence(advice) },
          severity: "warning",
          ...place,
        };
      }
    }
  },
});

/** An order as a sentence of its own. */
function sentence(order: string): string {
  return order.charAt(0).toUpperCase() + order.slice(1);
}

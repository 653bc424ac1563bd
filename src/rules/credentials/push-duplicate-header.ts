import { defineRule } from "../define-rule.ts";
import { isSurelyUnneeded, sendersOf } from "./checkout-facts.ts";
import { keepNothing } from "./push-mends.ts";
import { placePush } from "./push-place.ts";

export const pushDuplicateHeader = defineRule({
  id: "push-duplicate-header",
  severity: "error",
  summary: "A push sends two Authorization headers, and GitHub refuses it.",
  why: `Headers that equally specific keys of git's configuration set are all sent. Two with \`Authorization\` make GitHub answer
400 (\`Duplicate header: "Authorization"\`), even when both are the same. It happens where a script sets
\`http.https://github.com/.extraheader\` beside the one that \`actions/checkout\` persists: from version 6 on that lies in another
file, so \`git config KEY VALUE\` adds a second one instead of replacing it; and where a checkout of version 2 to 5 runs after one
of version 6 in the same folder.

Write \`persist-credentials: false\` at the checkout and keep the script's header, or drop the header and give the checkout the
token: \`token: \${{ secrets.NAME }}\`. For one command: \`git -c KEY= -c KEY="AUTHORIZATION: basic …" push\`, the empty one first.

Source: git-config(1), \`http.extraHeader\`; actions/checkout, src/git-auth-helper.ts.`,
  messages: {
    two: "git sends two Authorization headers with this push, and GitHub answers 400: write `persist-credentials: false` at the checkout, or drop the header that is set beside it",
    perhaps:
      "git sends two Authorization headers with this push where {when}, and GitHub answers 400: write `persist-credentials: false` at the checkout, or drop the header that is set beside it",
  },
  *check(file, context) {
    for (const push of context.pushesOf(file)) {
      if (push.isAssumed) continue;
      const place = placePush(push, file);
      if (push.verdict === "duplicate-header") {
        const senders = sendersOf(push, file, context).filter(isSurelyUnneeded);
        // What stays is the header that was set beside it: whose that is, the analysis says once it is alone.
        const aim = { push, verdicts: ["as-intended", "undeclared"] } as const;
        yield { message: "two", data: {}, ...place, mends: senders.map((checkout) => keepNothing(checkout, aim)) };
      } else if (push.verdict === "depends") {
        const other = push.alternatives.find(({ verdict }) => verdict === "duplicate-header");
        if (other !== undefined)
          yield { message: "perhaps", data: { when: other.when }, severity: "warning", ...place };
      }
    }
  },
});

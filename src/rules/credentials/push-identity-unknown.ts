import { isCallers } from "../../credentials/identity.ts";
import { defineRule } from "../define-rule.ts";
import { placePush } from "./push-place.ts";

export const pushIdentityUnknown = defineRule({
  id: "push-identity-unknown",
  severity: "note",
  summary: "Who GitHub will see in a push cannot be told from the workflow.",
  why: `The URL, the folder or the token is computed when the job runs, or the push stands in a script that is out of sight. Nobody who
reads the workflow can tell either, and nothing warns when another credential gets in its way.

Write the push out: a literal remote, \`\${{ secrets.NAME }}\` for its token, the script in the repository. In a source,
\`push({ as })\` says who is meant and sends that. Where a reusable workflow or a composite action leaves it to its caller, the
caller's file is looked at instead.`,
  messages: {
    unknown: "who GitHub sees here cannot be told: {reason}",
    perhaps: "who GitHub sees here cannot be told where {when}: {reason}",
  },
  *check(file, context) {
    for (const push of context.pushesOf(file)) {
      const { identity, verdict, alternatives } = push;
      if (identity.kind === "unknown") {
        if (!isCallers(identity))
          yield { message: "unknown", data: { reason: identity.reason }, ...placePush(push, file) };
      } else if (verdict === "depends") {
        for (const { identity: other, when } of alternatives)
          if (other.kind === "unknown" && !isCallers(other)) {
            yield { message: "perhaps", data: { when, reason: other.reason }, ...placePush(push, file) };
            break;
          }
      }
    }
  },
});

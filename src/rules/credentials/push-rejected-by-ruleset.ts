import { describeIdentity } from "../../credentials/identity.ts";
import { defineRule } from "../define-rule.ts";
import { placePush } from "./push-place.ts";

export const pushRejectedByRuleset = defineRule({
  id: "push-rejected-by-ruleset",
  severity: "error",
  summary: "The repository's rulesets reject a push.",
  why: `A ruleset or a branch's protection asks for what this push does not bring, and whoever GitHub sees pushing is not on its
bypass list: \`remote: error: GH013: Repository rule violations found\`. \`GITHUB_TOKEN\` can be on no bypass list.

Push as somebody who may pass (a token of a user, a role or a team on the list, an App with the mode \`always\`, a deploy key
where \`DeployKey\` is listed), put that actor on the list, or open a pull request instead. It is found only where the config
names the rulesets (\`rulesets\`, as GitHub exports them) and what is known of the credentials (\`credentials\`); what is not
declared is not guessed.

Source: [Available rules for rulesets](https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets).`,
  messages: {
    rejected: "GitHub rejects this push of {who}: {why}",
  },
  *check(file, context) {
    for (const push of context.pushesOf(file)) {
      if (push.isAssumed || push.identity.kind === "none" || push.identity.kind === "duplicate") continue;
      const { ruleset, reasons } = context.consequencesOf(push, file);
      if (ruleset !== "rejected") continue;
      const named = reasons.filter(({ about, rule }) => about === "ruleset" && rule !== undefined);
      if (named.length === 0) continue;
      const why = named.map(({ text, rule }) => `${text} (\`${rule?.type ?? ""}\` of '${rule?.ruleset ?? ""}')`);
      yield {
        message: "rejected",
        data: { who: describeIdentity(push.identity), why: why.join("; ") },
        ...placePush(push, file),
      };
    }
  },
});

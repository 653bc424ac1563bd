import { describeIdentity } from "../../credentials/identity.ts";
import { defineRule } from "../define-rule.ts";
import { placePush } from "./push-place.ts";

export const workflowFilePushWithoutScope = defineRule({
  id: "workflow-file-push-without-scope",
  severity: "error",
  summary: "A push changes workflow files, and its credential may not.",
  why: `GitHub takes changes of files in \`.github/workflows\` only from a credential that has the right for just that:
\`refusing to allow a GitHub App to create or update workflow without workflows permission\`. \`GITHUB_TOKEN\` never has it, and
no \`permissions\` gives it. A classic token needs the scope \`workflow\`, a fine-grained token and an App \`workflows: write\`.

Push with such a token, or commit those files by hand. It is found where what is committed is written out (\`git add
.github/workflows/ci.yml\`, the \`paths\` of a typed \`push\`, \`file_pattern\` or \`add-paths\` of an action), and, for tokens, where the config declares their scopes.

Source: [Scopes for OAuth apps](https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps).`,
  messages: {
    refused: "GitHub refuses this push of {who}: it changes {path}, and {why}",
  },
  *check(file, context) {
    for (const push of context.pushesOf(file)) {
      if (push.isAssumed || push.identity.kind === "none" || push.identity.kind === "duplicate") continue;
      const path = push.commit?.paths?.find((each) => /^(?:\.\/)?\.github\/workflows(?:\/|$)/.test(each));
      if (path === undefined) continue;
      const { mayEditWorkflows, reasons } = context.consequencesOf(push, file);
      if (mayEditWorkflows !== "no") continue;
      const why = reasons.filter(({ about }) => about === "mayEditWorkflows").map(({ text }) => text);
      const data = { who: describeIdentity(push.identity), path, why: why.join("; ") };
      yield { message: "refused", data, ...placePush(push, file) };
    }
  },
});

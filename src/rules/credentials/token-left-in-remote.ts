import { describeIdentity } from "../../credentials/identity.ts";
import { defineRule } from "../define-rule.ts";
import { locate } from "../../ir/span.ts";
import { placeInFile } from "./push-place.ts";
import { ownJobs } from "./checkout-facts.ts";

export const tokenLeftInRemote = defineRule({
  id: "token-left-in-remote",
  severity: "warning",
  summary: "A token stands in the URL of a remote until the job ends.",
  why: `\`git remote set-url\`, \`git remote add\` and \`git clone\` with a token in the URL write it to \`.git/config\`, and nothing takes it
away: the checkout's post step removes only what the checkout itself kept. Later steps read it, an upload of the folder carries it
along, and on a self-hosted runner it is there for the next job. As long as the checkout keeps a header, it is not even sent.

Leave the remote as it is, and give the checkout the token (\`token: \${{ secrets.NAME }}\`), or use \`gh auth setup-git\`. Where
the URL must be, put it back when the push is done: \`git remote set-url origin https://github.com/owner/name\`.

It is a note where it is the job's own token, which ends with the job, and where no step comes after.

Source: git-remote(1), git-clone(1); actions/checkout, src/git-auth-helper.ts.`,
  messages: {
    left: "{who} stays in the URL of `{key}`, in `.git/config`, until the job ends{where}: let the checkout keep it instead (`token:`), or put the URL back after the push",
  },
  *check(file, context) {
    for (const { job, leftTokens, steps } of ownJobs(file, context))
      for (const { span, identity, key, step } of leftTokens) {
        if (span === undefined) continue;
        const isLast = step >= steps.length - 1;
        yield {
          message: "left",
          data: { who: describeIdentity(identity), key, where: isLast ? "" : ", and every later step can read it" },
          severity: identity.kind === "github-token" || isLast ? "note" : "warning",
          ...placeInFile(locate(span), { job, step }, file, "the command"),
        };
      }
  },
});

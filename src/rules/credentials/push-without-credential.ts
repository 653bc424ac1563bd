import { defineRule } from "../define-rule.ts";
import { missingFor } from "./checkout-facts.ts";
import { placePush } from "./push-place.ts";

export const pushWithoutCredential = defineRule({
  id: "push-without-credential",
  severity: "error",
  summary: "A push has no credential that GitHub takes.",
  why: `git asks, in this order: an \`extraheader\` of its configuration, the URL, \`.netrc\`, credential helpers, \`GIT_ASKPASS\`. A runner
has no terminal, so where none of them answers the push fails: \`could not read Username for 'https://github.com'\`.
\`GITHUB_TOKEN\` and \`GH_TOKEN\` in \`env\` mean nothing to git itself; a token as the user name, an empty secret and the schemes
\`Bearer\` and \`token\` are no credential that GitHub's git server takes.

Before all that git must stand in a repository: without \`actions/checkout\` (or where the checkout's \`path\` is another directory) it
stops with \`fatal: not a git repository\`, also where the push names a URL.

Let the checkout keep its credential (\`persist-credentials: true\`, and \`contents: write\` in \`permissions\`), or give the push one:
\`gh auth setup-git\` with \`GH_TOKEN\` set, or, in a source, \`push({ as })\`.

Source: gitcredentials(7), http.c; measured with flowkeep's own git server.`,
  messages: {
    none: "git has no credential for this push, and it fails: {why}",
    stops: "git does not come to push here: {why}",
    perhaps: "git has no credential for this push where {when}, and then it fails",
    "stops-perhaps": "git does not come to push where {when}: {why}",
  },
  *check(file, context) {
    for (const push of context.pushesOf(file)) {
      if (push.isAssumed) continue;
      const place = placePush(push, file);
      if (push.verdict === "no-credential" && push.stop !== undefined) {
        yield { message: "stops", data: { why: push.stop }, ...place };
      } else if (push.verdict === "no-credential") {
        const [checkout] = missingFor(push, file, context);
        const last = push.evidence.at(-1)?.text ?? "nothing gives it one";
        const why = checkout === undefined ? last : "the checkout keeps none, and nothing else gives it one";
        yield { message: "none", data: { why }, ...place };
      } else if (push.verdict === "depends") {
        const other = push.alternatives.find(({ verdict, isProvided }) => verdict === "no-credential" && !isProvided);
        if (other?.stop !== undefined)
          yield {
            message: "stops-perhaps",
            data: { when: other.when, why: other.stop },
            severity: "warning",
            ...place,
          };
        else if (other !== undefined)
          yield { message: "perhaps", data: { when: other.when }, severity: "warning", ...place };
      }
    }
  },
});

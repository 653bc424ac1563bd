import { describeIdentity } from "../../credentials/identity.ts";
import type { PushVerdict } from "../../credentials/verdicts.ts";
import type { Permissions } from "../../ir/workflow.ts";
import type { CheckedFile } from "../checked-file.ts";
import { accessOf } from "./checkout-facts.ts";
import { defineRule } from "../define-rule.ts";
import type { Mend } from "../mend.ts";
import { findJob, placePush } from "./push-place.ts";

export const missingContentsWrite = defineRule({
  id: "missing-contents-write",
  severity: "error",
  summary: "A push goes out with a credential that may not write to the repository.",
  why: `\`permissions\` lists all that \`GITHUB_TOKEN\` may do: what is not named there is taken away. Without \`contents: write\` GitHub
answers the push with \`Permission to owner/name.git denied to github-actions[bot]\`, 403. Where a workflow says nothing, the
repository's settings decide, and nothing is said here.

Write \`contents: write\` in the job's \`permissions\`. A reusable workflow gets no more than its caller has. An App's token that is
narrowed (\`permission-issues: write\`) needs \`permission-contents: write\`, a classic token the scope \`repo\`; of tokens
only what the config declares is known. \`GITHUB_TOKEN\` reaches no other repository than its own.

Source: [permissions](https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions).`,
  messages: {
    job: "GITHUB_TOKEN may not write to the repository here, and GitHub refuses the push with 403: `permissions` {says}. Write `contents: write` there",
    other: "{who} may not write to the repository that this push goes to, and GitHub refuses it: {why}",
  },
  *check(file, context) {
    for (const push of context.pushesOf(file)) {
      if (push.isAssumed) continue;
      // Whoever is sent by mistake is another rule's matter.
      if (["hijacked", "no-credential", "duplicate-header", "unknown"].includes(push.verdict)) continue;
      const denied = push.identity.kind === "github-token" ? deniedBy(push, file) : undefined;
      if (denied === undefined) {
        const { mayWrite, reasons } = context.consequencesOf(push, file);
        if (mayWrite !== "no" || push.isLocal) continue;
        const why = reasons.filter(({ about }) => about === "mayWrite").map(({ text }) => text);
        const data = { who: describeIdentity(push.identity), why: why.join("; ") };
        yield { message: "other", data, ...placePush(push, file) };
        continue;
      }
      const { job, at } = denied;
      const mend: Mend = {
        description: `write \`contents: write\` in the permissions of job '${job}'`,
        change: { kind: "set-permission", job, scope: "contents", level: "write" },
      };
      const place = placePush(push, file);
      yield {
        message: "job",
        data: { says: describePermissions(at) },
        ...place,
        related: [{ at, text: "the permissions" }, ...place.related],
        mends: push.isOwnRepository ? [mend] : [],
      };
    }
  },
});

/** The permissions that keep a push of `GITHUB_TOKEN` from its own repository; what nobody wrote down is not known. */
function deniedBy({ job }: PushVerdict, { node }: CheckedFile) {
  if (node?.kind !== "workflow") return undefined;
  const [own = job, ...called] = job.split(" / ");
  const permissions = findJob(node, own)?.permissions ?? node.permissions;
  const level = accessOf(permissions, "contents");
  if (permissions === undefined || level === undefined || level === "write") return undefined;
  // Of a called workflow's job the caller's permissions are the most that there may be.
  return { job: called.length > 0 ? own : job, at: permissions };
}

/** For sentences: what the permissions say instead of `contents: write`. */
function describePermissions(permissions: Permissions): string {
  if (permissions.kind === "scalar") return `is \`${permissions.text}\``;
  const contents = permissions.entries.find(({ key }) => key.text === "contents")?.value.text;
  if (contents !== undefined) return `gives \`contents: ${contents}\``;
  return permissions.entries.length === 0 ? "gives nothing" : "names other scopes and not `contents`";
}

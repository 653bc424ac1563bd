import { findUnpinned, findUses, type UsesPlace } from "../../actions/pin-uses.ts";
import { isReusableWorkflow, isSha, resolveInterface, type KnownActions } from "../../actions/resolve-interface.ts";
import type { Scalar } from "../../ir/node.ts";
import { actionName, parseUses } from "../../ir/uses-ref.ts";
import { defineRule, type Fix } from "../define-rule.ts";
import { unboundSteps } from "./unbound-action.ts";

export const unpinnedUses = defineRule({
  id: "unpinned-uses",
  severity: "note",
  summary: "An action or reusable workflow is not pinned to a commit.",
  why: `Whoever may push to the action's repository can move a tag or a branch to other code, and the next run executes that with the
job's token and secrets. A commit never changes. In sources write the tag: \`flowkeep gen\` pins it from the lock, and leaves the
tag as a comment. In YAML write the commit, and the tag behind it: bots that raise versions understand that. What a workflow has in GitHub's own lock, \`.github/workflows/actions.lock\`,
is pinned by that.

Source: [Secure use reference](https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions).`,
  isSaidOnce: true,
  messages: {
    defined: "{reason}",
    read: "{ref} is not pinned: whoever may push to {repository} can move {version} to other code; write {better}",
  },
  *check(file, context) {
    const { node } = file;
    if (node === undefined) return;
    const known = context.actionsOf(file);
    if (file.kind === "defined") {
      // What has no bindings cannot be pinned either, and `unbound-action` says what to do.
      const unbound = new Set([...unboundSteps(file, context)].map(({ found }) => found.ref));
      for (const { ref, reason, scalar, path } of findUnpinned(node, context.lock, known.catalog))
        if (!unbound.has(ref)) yield { message: "defined", data: { reason }, at: scalar, path };
      return;
    }
    for (const place of findUses(node)) {
      const uses = parseUses(place.ref);
      if (uses.kind !== "repository" || isSha(uses.ref) || context.isInGithubLock(file, place.ref)) continue;
      const pin = isReusableWorkflow(uses) ? undefined : commitOf(place.ref, known);
      yield {
        message: "read",
        data: {
          ref: place.ref,
          repository: `${uses.owner}/${uses.name}`,
          version: uses.ref,
          better:
            pin === undefined ? "the commit, and the tag as a comment" : `${actionName(uses)}@${pin.sha} # ${pin.tag}`,
        },
        at: place.scalar,
        path: place.path,
        fixes: pin && pinInYaml(place, actionName(uses), pin),
      };
    }
  },
});

interface Pin {
  readonly sha: string;
  readonly tag: string;
}

/** Only an exact tag has one commit: where a moving one stands now, offline nobody knows. */
function commitOf(ref: string, known: KnownActions): Pin | undefined {
  const found = resolveInterface(ref, known);
  if (found.kind !== "resolved" || found.by !== "tag") return undefined;
  const { sha, tag } = found.version ?? {};
  return sha == null || tag == null ? undefined : { sha, tag };
}

function pinInYaml({ scalar }: UsesPlace, name: string, { sha, tag }: Pin): readonly Fix[] {
  const { span } = scalar;
  if (span === undefined || scalar.alias !== undefined || !isPlain(scalar)) return [];
  // A comment reaches to the end of the line: it can only stand where nothing follows.
  const isLast = /^[ \t]*(?:\r?\n|$)/.test(span.file.text.slice(span.end, span.end + 200));
  const text = `${name}@${sha}${isLast ? ` # ${tag}` : ""}`;
  return [{ description: `pin it to the commit of ${tag}`, isCertain: true, edits: [{ span, text }] }];
}

function isPlain({ style }: Scalar): boolean {
  return style === undefined || style === "plain";
}

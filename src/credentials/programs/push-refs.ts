import type { MetPush } from "../analysis.ts";
import type { Text } from "../text.ts";
import { NO_WORK, showCommit } from "../work.ts";
import type { GitCall } from "./git-call.ts";
import { workOf } from "./git-commit.ts";
import { refUpdates } from "./ref-updates.ts";

/** What a push updates, and with what. */
export type Refs = Pick<MetPush, "ref" | "updates" | "commit">;

export const NO_REFS: Refs = { ref: undefined, updates: [], commit: undefined };

/**
 * The refs of a push.
 *
 * @param branch the one that is checked out, where that is known
 */
export function refsOf(
  call: GitCall,
  options: ReadonlyMap<string, Text>,
  refspecs: readonly Text[],
  branch: Text | undefined,
): Refs {
  const { symbols } = call.walk.analysis;
  const work = workOf(call) ?? NO_WORK;
  const updates = refUpdates(options, refspecs, { branch, tags: work.tags, symbols });
  const { commit } = work;
  const isPushed = commit !== undefined && commit.branch === branch && updates.some(({ isHead }) => isHead);
  return {
    ref: targetRef(options, refspecs, branch),
    updates,
    commit: isPushed && !commit.isMixed ? showCommit(commit) : undefined,
  };
}

/** The ref that a push changes on the server, without `refs/heads/`; undefined where there are several or none is known. */
function targetRef(
  options: ReadonlyMap<string, Text>,
  refspecs: readonly Text[],
  branch: Text | undefined,
): Text | undefined {
  if (["--all", "--mirror", "--branches", "--tags"].some((name) => options.has(name)) && refspecs.length === 0)
    return undefined;
  const [refspec, ...others] = refspecs;
  if (others.length > 0)
    return refspecs.every((other) => other === refspec) ? refspec : shortRef(refspecs[0] ?? "", branch);
  return refspec === undefined ? branch : shortRef(refspec, branch);
}

function shortRef(refspec: Text, branch: Text | undefined): Text | undefined {
  const plain = refspec.replace(/^\+/, "");
  const colon = plain.lastIndexOf(":");
  const target = colon < 0 ? plain : plain.slice(colon + 1);
  if (target === "HEAD" || target === "@" || target === "") return branch;
  return target.replace(/^refs\/(?:heads|tags)\//, "");
}

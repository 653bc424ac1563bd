import type { PushVerdict } from "../credentials/verdicts.ts";
import type { Step, Workflow } from "../ir/workflow.ts";
import type { PlannedPush } from "../import/planned-push.ts";
import { checkedOutRef, isForBranches } from "./around-step.ts";
import { notPlain } from "./not-plain.ts";
import type { PlainScript } from "./plain-script.ts";

export type Target = Pick<PlannedPush, "branch" | "refs">;

/**
 * Where a script's push goes, as `push` says it: a branch where `HEAD` is certainly that branch, else the very refspec, as `refs`.
 *
 * @throws NotPlain
 */
export function planTarget(
  { push, rebasedOnto }: PlainScript,
  verdict: PushVerdict,
  steps: readonly Step[],
  index: number,
  workflow: Workflow,
): Target {
  const target = toTarget(push.refspecs, verdict, checkedOutRef(steps, index), workflow);
  if (rebasedOnto !== undefined && (target.branch === undefined || !["", target.branch].includes(rebasedOnto)))
    notPlain("`git pull --rebase` takes in another branch than the one that is pushed");
  if (rebasedOnto !== undefined && push.withLease) notPlain("`git pull --rebase` stands in front of a forced push");
  return target;
}

function toTarget(
  refspecs: readonly string[],
  verdict: PushVerdict,
  checkedOut: string | undefined,
  workflow: Workflow,
): Target {
  const [update, ...more] = verdict.updates ?? [];
  const [refspec, ...others] = refspecs;
  if (update === undefined) return notPlain("it is not to be seen which refs it pushes");
  if (others.length > 0) return { refs: refspecs };
  if (more.length > 0) return notPlain("it pushes several refs");
  if (refspec === undefined || refspec === "HEAD" || refspec === "@") {
    if (update.name !== null && update.kind === "branch") return { branch: update.name };
    if (update.isCurrent && isForBranches(workflow)) return { branch: CURRENT };
    if (refspec === undefined && !update.isCurrent) return notPlain("it is not to be seen which branch it pushes");
    return { refs: ["HEAD"] };
  }
  const branch = /^HEAD:(?:refs\/heads\/)?([^:]+)$/.exec(refspec)?.[1];
  if (branch !== undefined && !branch.startsWith("refs/")) return { branch };
  const isHead = checkedOut !== undefined && checkedOut !== "" && checkedOut.replace(/^refs\/heads\//, "") === refspec;
  if (isHead || (checkedOut === "" && refspec === CURRENT && isForBranches(workflow))) return { branch: refspec };
  return { refs: [refspec] };
}

const CURRENT = "${{ github.ref_name }}";

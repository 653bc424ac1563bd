import type { PlannedPush } from "../import/planned-push.ts";
import type { RunStep } from "../ir/workflow.ts";
import type { PlainScript } from "./plain-script.ts";

/** What a step does otherwise once it is `push({ … })`, besides what all of them do: docs/import.md. */
export function findDifferences(script: PlainScript, { branch, force }: PlannedPush, step: RunStep): readonly string[] {
  const { commit, guarded, author, urls, push } = script;
  const differences: string[] = [];
  if (commit !== undefined && !guarded.commit)
    differences.push("nothing to commit is a success; until now it fails the step");
  if (script.mayFailToCommit)
    differences.push("a commit that fails although there is something to commit fails the step");
  if (branch !== undefined && force === undefined)
    differences.push(
      script.rebasedOnto === undefined
        ? "where the branch has moved on, the commits are rebased onto it and pushed again, three times at most"
        : "the commits are rebased only where the branch has moved on, three times at most",
    );
  if (force !== undefined) differences.push("the lease is what the server has when the step runs");
  if (author.name !== undefined || author.email !== undefined)
    differences.push("`user.name` and `user.email` are not left in git's configuration");
  for (const remote of urls.keys()) differences.push(`the remote ${remote} keeps its URL`);
  if (push.setsUpstream) differences.push("no upstream is set for the branch");
  const dropped = step.env?.kind === "mapping" ? step.env.entries.map(({ key }) => key.text) : [];
  if (dropped.length > 0) differences.push(`git's hooks no longer see ${dropped.join(", ")}`);
  if (script.prints.length > 0)
    differences.push(`it no longer runs ${script.prints.map((each) => `\`${each}\``).join(", ")}`);
  if (step.name === undefined) differences.push("the step gets a name that says who pushes what");
  return differences;
}

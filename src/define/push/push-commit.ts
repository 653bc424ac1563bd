import { DefinitionError } from "../../ir/errors.ts";
import { readArray } from "./push-lines.ts";
import type { PushCommit } from "./push-plan.ts";

/** git reads the author and the committer from these by itself, and a rebase keeps to them. */
export function commitEnv({ paths, message, author }: PushCommit): ReadonlyArray<readonly [string, string]> {
  if (paths.length === 0) throw new DefinitionError("push({ commit: { paths } }) is empty: name what to commit");
  return [
    ["PUSH_PATHS", paths.join("\n")],
    ["PUSH_MESSAGE", message],
    ["GIT_AUTHOR_NAME", author.name],
    ["GIT_AUTHOR_EMAIL", author.email],
    ["GIT_COMMITTER_NAME", author.name],
    ["GIT_COMMITTER_EMAIL", author.email],
  ];
}

/**
 * Commits the paths, and nothing else that may be staged. A path that matches nothing fails the step, as `git add` has it.
 *
 * With nothing to commit a branch needs no push, unless the job has made commits that no fetched branch has.
 */
export function commitLines({ noVerify }: PushCommit, toBranch: boolean): string[] {
  const commit = `git commit --quiet ${noVerify ? "--no-verify " : ""}--file=- -- "\${paths[@]}" <<<"$PUSH_MESSAGE"`;
  return [
    readArray("paths", "PUSH_PATHS"),
    'git add -- "${paths[@]}"',
    `git diff --cached --quiet -- "\${paths[@]}" || ${commit}`,
    ...(toBranch
      ? // In two steps: what fails inside of `[[ ]]` does not end a script.
        ["new=$(git rev-list --max-count=1 HEAD --not --remotes); [[ -n $new ]] || finish false # nothing to commit"]
      : []),
  ];
}

import { defineRule } from "../define-rule.ts";

/** Found where the lock is known: it has no check of its own. */
export const impostorCommit = defineRule({
  id: "impostor-commit",
  severity: "error",
  summary: "A locked commit is on no branch and no tag of the action's repository.",
  why: `A server hands out the commits of all forks under the name of each repository in the network, so \`uses: owner/name@<commit>\` can run
code that \`owner\` never saw. Take the action out of the lock, and add a version of it.

\`flowkeep check --online\` finds it. Source:
[What the fork? Imposter commits in GitHub Actions](https://www.chainguard.dev/unchained/what-the-fork-imposter-commits-in-github-actions-and-ci-cd).`,
  messages: {},
});

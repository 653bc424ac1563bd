import { isStrangerToGit } from "../credentials/actions/strangers-to-git.ts";
import { actionName, parseUses } from "../ir/uses-ref.ts";
import type { Step, Workflow } from "../ir/workflow.ts";

/** git, GitHub's tool, and whatever runs another script or a release tool: nobody sees what those do. */
const RUNS_GIT =
  /\bgit\b|\bgh\b|release|publish|version|deploy|\b(?:npm|npx|pnpm|yarn|bun|bunx|make|just|task|bash|sh|source|eval)\b|\.(?:sh|bash|py|m?js|ts|rb)\b|(?:^|[\s;&|(])\.{0,2}\/|(?:^|[;&|(])[ \t]*["']?\$/m;

/** Whether something behind a step may run git with what the step has configured. */
export function mayUseGitBehind(steps: readonly Step[], index: number): boolean {
  return steps.slice(index + 1).some(mayUseGit);
}

function mayUseGit(step: Step): boolean {
  switch (step.kind) {
    case "run-step":
      return RUNS_GIT.test(step.run.text);
    case "uses-step": {
      const ref = parseUses(step.uses.text);
      return ref.kind !== "repository" || !isStrangerToGit(actionName(ref).toLowerCase());
    }
    case "parallel-step":
      return step.parallel.items.some(mayUseGit);
    default:
      return false;
  }
}

const STAGES = /\bgit\b[^\n]*\b(?:add|stage|rm|mv|apply|update-index|stash|reset|restore)\b/;
const COMMITS = /\bgit\b[^\n]*\b(?:commit|merge|cherry-pick|revert|rebase|am|pull)\b/;
const SWITCHES = /\bgit\b[^\n]*\b(?:checkout|switch|branch|init|clone|worktree|reset|fetch)\b/;

/** Whether a script in front of a step stages something, which `git commit` without paths takes along. */
export const mayHaveStaged = (steps: readonly Step[], index: number): boolean => someScript(steps, index, STAGES);

/** Whether a script in front of a step makes commits. */
export const mayHaveCommitted = (steps: readonly Step[], index: number): boolean => someScript(steps, index, COMMITS);

function someScript(steps: readonly Step[], index: number, pattern: RegExp): boolean {
  return steps.slice(0, index).some((step) => step.kind === "run-step" && pattern.test(step.run.text));
}

/**
 * The branch that is checked out where a step runs; undefined where a script or several checkouts may have a say in it. `""` is
 * the ref that the run is for.
 */
export function checkedOutRef(steps: readonly Step[], index: number): string | undefined {
  if (someScript(steps, index, SWITCHES)) return undefined;
  const checkouts = steps.slice(0, index).filter((step) => {
    if (step.kind !== "uses-step") return false;
    const ref = parseUses(step.uses.text);
    return ref.kind === "repository" && actionName(ref).toLowerCase() === "actions/checkout";
  });
  const [checkout, ...others] = checkouts;
  if (checkout?.kind !== "uses-step" || others.length > 0) return undefined;
  if (checkout.with === undefined) return "";
  if (checkout.with.kind !== "mapping") return undefined;
  return checkout.with.entries.find(({ key }) => key.text.toLowerCase() === "ref")?.value.text ?? "";
}

// Events whose runs are for the default branch: docs.github.com, "Events that trigger workflows", GITHUB_REF.
const OF_DEFAULT_BRANCH: ReadonlySet<string> = new Set([
  "branch_protection_rule",
  "check_run",
  "check_suite",
  "discussion",
  "discussion_comment",
  "fork",
  "gollum",
  "issue_comment",
  "issues",
  "label",
  "milestone",
  "public",
  "repository_dispatch",
  "schedule",
  "watch",
  "workflow_run",
]);

/** Whether every run of a workflow is for a branch: none for a tag, none for a pull request. */
export function isForBranches({ on }: Workflow): boolean {
  if (on === undefined) return false;
  if (on.kind === "scalar") return OF_DEFAULT_BRANCH.has(on.text);
  if (on.kind === "sequence") return on.items.every(({ text }) => OF_DEFAULT_BRANCH.has(text));
  return on.entries.every(({ key, value }) => {
    if (OF_DEFAULT_BRANCH.has(key.text)) return true;
    if (key.text !== "push" || value.kind !== "filters") return false;
    const isOfBranches = value.branches !== undefined || value.branchesIgnore !== undefined;
    return isOfBranches && value.tags === undefined && value.tagsIgnore === undefined;
  });
}

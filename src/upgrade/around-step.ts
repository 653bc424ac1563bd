import { leavesGitAlone } from "../credentials/actions/known-actions.ts";
import { actionName, parseUses } from "../ir/uses-ref.ts";
import type { Step, UsesStep, Workflow } from "../ir/workflow.ts";

const COMMITS = /\bgit\b[^\n]*\b(?:commit|merge|cherry-pick|revert|rebase|am|pull)\b/;
/** Whatever runs another script, and release tools: nobody sees what those do. */
const RUNS_OTHERS =
  /release|publish|version|deploy|\b(?:npm|npx|pnpm|yarn|bun|bunx|make|just|task|bash|sh|source|eval)\b|\.(?:sh|bash|py|m?js|ts|rb)\b|(?:^|[\s;&|(])\.{0,2}\/|(?:^|[;&|(])[ \t]*["']?\$/m;

/** Whether something behind a step may run git with what the step has configured; or, of an author alone, may commit with it. */
export function mayUseGitBehind(steps: readonly Step[], index: number, uses: "anything" | "author"): boolean {
  return steps.slice(index + 1).some((step) => mayUseGit(step, uses));
}

function mayUseGit(step: Step, uses: "anything" | "author"): boolean {
  switch (step.kind) {
    case "run-step": {
      const { text } = step.run;
      if (RUNS_OTHERS.test(text)) return true;
      return uses === "anything"
        ? /\bgit\b|\bgh\b/.test(text)
        : COMMITS.test(text) || /\bgit\b[^\n]*\btag\b/.test(text);
    }
    case "uses-step": {
      const ref = parseUses(step.uses.text);
      return ref.kind !== "repository" || !leavesGitAlone(actionName(ref).toLowerCase());
    }
    case "parallel-step":
      return step.parallel.items.some((inner) => mayUseGit(inner, uses));
    default:
      return false;
  }
}

const STAGES = /\bgit\b[^\n]*\b(?:add|stage|rm|mv|apply|update-index|stash|reset|restore)\b/;
const SWITCHES = /\bgit\b[^\n]*\b(?:checkout|switch|branch|init|clone|worktree|reset|fetch)\b/;

/** Whether a script in front of a step stages something, which `git commit` without paths takes along. */
export const mayHaveStaged = (steps: readonly Step[], index: number): boolean => someScript(steps, index, STAGES);

/** Whether a script in front of a step makes commits. */
export const mayHaveCommitted = (steps: readonly Step[], index: number): boolean => someScript(steps, index, COMMITS);

function someScript(steps: readonly Step[], index: number, pattern: RegExp): boolean {
  return steps.slice(0, index).some((step) => step.kind === "run-step" && pattern.test(step.run.text));
}

const isCheckout = (step: Step): step is UsesStep => {
  const ref = step.kind === "uses-step" ? parseUses(step.uses.text) : undefined;
  return ref?.kind === "repository" && actionName(ref).toLowerCase() === "actions/checkout";
};

function inputOf({ with: inputs }: UsesStep, name: string): string | undefined {
  if (inputs !== undefined && inputs.kind !== "mapping") return "${{ … }}";
  return inputs?.entries.find(({ key }) => key.text.toLowerCase() === name)?.value.text;
}

const REMOTES = /\bgit\b[^\n]*\b(?:remote|clone|init|config)\b|insteadof/i;

/** Whether nothing but the workflow's own repository has been checked out in front of a step, and its remotes are as they were. */
export function isOwnRepository(steps: readonly Step[], index: number): boolean {
  const checkouts = steps.slice(0, index).filter(isCheckout);
  const isOwn = checkouts.every((checkout) => inputOf(checkout, "repository") === undefined);
  return checkouts.length > 0 && isOwn && !someScript(steps, index, REMOTES);
}

/**
 * The branch that is checked out where a step runs; undefined where a script or several checkouts may have a say in it. `""` is
 * the ref that the run is for.
 */
export function checkedOutRef(steps: readonly Step[], index: number): string | undefined {
  if (someScript(steps, index, SWITCHES)) return undefined;
  const [checkout, ...others] = steps.slice(0, index).filter(isCheckout);
  return checkout === undefined || others.length > 0 ? undefined : (inputOf(checkout, "ref") ?? "");
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

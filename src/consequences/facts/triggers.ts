import type { Fact } from "./fact.ts";

/** Which pushes start workflows. */
export const TRIGGERS_FACTS = {
  "TR-001": {
    text: "Events that GITHUB_TOKEN causes start no workflow, but for workflow_dispatch and repository_dispatch.",
    standing: "documented",
    sources: [
      "github/docs:data/reusables/actions/actions-do-not-trigger-workflows.md",
      "github/docs:content/actions/concepts/security/github_token.md",
    ],
  },
  "TR-002": {
    text: "Since June 2026 a pull request that GITHUB_TOKEN opens or updates does make runs on github.com; they wait until somebody approves them.",
    standing: "documented",
    sources: [
      "github/docs:content/actions/concepts/security/github_token.md",
      "github/docs:data/features/actions-github-token-pull-request-approval.yml",
      "https://docs.github.com/en/actions/concepts/security/github_token",
    ],
  },
  "TR-003": {
    text: "The runs that wait for approval are github.com's and Enterprise Cloud's; on Enterprise Server there are none.",
    standing: "documented",
    sources: [
      "github/docs:data/features/actions-github-token-pull-request-approval.yml",
      "https://thebutler.tech/2026-06-11-github-bot-created-prs-workflow-approval-gate/",
      "https://github.com/orgs/community/discussions/199292",
    ],
  },
  "TR-006": {
    text: "Reports differ on what becomes of a pull request that GITHUB_TOKEN pushed to: runs that wait for approval, or none.",
    standing: "disputed",
    sources: ["https://github.com/Ikalus1988/MisakaNet/pull/1872", "https://github.com/macanderson/stella/pull/5672"],
  },
  "TR-007": {
    text: "GitHub names the token of an App or of a person as the way to have runs start from a push.",
    standing: "documented",
    sources: [
      "github/docs:content/actions/concepts/security/github_token.md",
      "github/docs:content/actions/how-tos/write-workflows/choose-when-workflows-run/trigger-a-workflow.md",
    ],
  },
  "TR-008": {
    text: "A push with an App's token starts workflows, on a branch and on a pull request.",
    standing: "maintainers",
    sources: ["peter-evans/create-pull-request:docs/concepts-guidelines.md"],
  },
  "TR-009": {
    text: "A push with a person's token starts workflows like the person's own, and so can loop.",
    standing: "maintainers",
    sources: ["stefanzweifel/git-auto-commit-action:README.md"],
  },
  "TR-010": {
    text: "A push by SSH with a deploy key starts workflows on `push`.",
    standing: "maintainers",
    sources: [
      "peter-evans/create-pull-request:docs/concepts-guidelines.md",
      "https://github.com/denoland/denokv/pull/163",
      "https://github.com/tangosdev/sm64ds-decomp/pull/1136",
    ],
  },
  "TR-011": {
    text: "One repository says that deploy keys cause no loops; several saw workflows start from them.",
    standing: "disputed",
    sources: [
      "https://github.com/typeclaw/typeclaw/pull/440",
      "https://github.com/denoland/denokv/pull/163",
      "https://github.com/hamidfzm/glyph/pull/508",
    ],
  },
  "TR-012": {
    text: "A tag that GITHUB_TOKEN pushes starts nothing.",
    standing: "users",
    sources: [
      "https://github.com/browserbase/browse-plugin/pull/4",
      "https://github.com/orgs/community/discussions/27028",
    ],
  },
  "TR-013": {
    text: "More than three tags in one push start nothing.",
    standing: "documented",
    sources: ["https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#push"],
  },
  "TR-016": {
    text: "`workflow_run` starts when another workflow has ended, however it ended, three levels deep at most.",
    standing: "documented",
    sources: [
      "https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#workflow_run",
    ],
  },
  "TR-017": {
    text: "`[skip ci]`, `[ci skip]`, `[no ci]`, `[skip actions]`, `[actions skip]` or a last line `skip-checks: true` in the pushed commit's message keeps `push` and `pull_request` from starting.",
    standing: "documented",
    sources: ["github/docs:content/actions/how-tos/manage-workflow-runs/skip-workflow-runs.md"],
  },
  "TR-019": {
    text: "Path filters look at the first 300 changed files.",
    standing: "documented",
    sources: ["github/docs:data/reusables/actions/workflows/triggering-a-workflow-paths5.md"],
  },
  "TR-020": {
    text: "Commits that are pushed with GITHUB_TOKEN do not build GitHub Pages.",
    standing: "documented",
    sources: ["github/docs:data/reusables/actions/actions-do-not-trigger-pages-rebuilds.md"],
  },
  "TR-021": {
    text: "A run on `push` names who pushed; for a deploy key that is the admin who verified it.",
    standing: "documented",
    sources: ["https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#push"],
  },
  "TR-023": {
    text: "From November 2026 a policy of GitHub's blocks `pull_request_target` in public repositories, unless a repository opts out.",
    standing: "documented",
    sources: [
      "github/docs:data/reusables/actions/workflows/pull-request-target-policy.md",
      "https://github.com/orgs/community/discussions/208237",
      "https://github.com/NexusPHP/carson/releases/tag/v1.8.0",
    ],
  },
} as const satisfies Readonly<Record<string, Fact>>;

import type { Fact } from "./fact.ts";

/** Which pushes may change files in .github/workflows. */
export const WORKFLOW_FILES_FACTS = {
  "WF-001": {
    text: "A classic token needs the scope `workflow`.",
    standing: "documented",
    sources: ["github/docs:content/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps.md"],
  },
  "WF-002": {
    text: "An App needs the permission `workflows: write`.",
    standing: "documented",
    sources: [
      "actions/create-github-app-token:action.yml",
      "peter-evans/create-pull-request:docs/concepts-guidelines.md",
      "https://github.com/assembledhq/143/pull/665",
    ],
  },
  "WF-004": {
    text: "A fine-grained token needs `Workflows: read and write`.",
    standing: "users",
    sources: [
      "https://github.com/saadmk11/github-actions-version-updater/issues/110",
      "https://github.com/berenddeboer/ready-for-agent/pull/1165",
    ],
  },
  "WF-005": {
    text: "GITHUB_TOKEN never may: there is no such permission for it.",
    standing: "documented",
    sources: [
      "actions/languageservices:workflow-parser/src/workflow-v1.0.json",
      "https://github.com/nextcloud/spreed/pull/16336",
      "stefanzweifel/git-auto-commit-action:README.md",
    ],
  },
  "WF-006": {
    text: "One answer says that `actions: write` lifts that; later replies and runs say no.",
    standing: "disputed",
    sources: [
      "https://github.com/orgs/community/discussions/35410",
      "https://github.com/AndreasAugustin/actions-template-sync/issues/176",
    ],
  },
  "WF-007": {
    text: "The whole range that is pushed counts: merging commits that changed workflow files is refused, too.",
    standing: "users",
    sources: [
      "https://gh.nahida.ren/ambient-code/platform/issues/937",
      "https://github.com/cpp-linter/cpp-linter-action/issues/318",
    ],
  },
  "WF-008": {
    text: "No document ties SSH keys to a scope, and projects push workflow files with deploy keys for that reason.",
    standing: "users",
    sources: ["https://github.com/conda-forge/conda-smithy/pull/2068"],
  },
  "WF-009": {
    text: "octo-sts may give tokens that change workflow files; its trust policy decides.",
    standing: "documented",
    sources: ["octo-sts/app:README.md"],
  },
  "WF-010": {
    text: "A push ruleset can forbid .github/workflows whatever the token may.",
    standing: "documented",
    sources: [
      "integrations/terraform-provider-github:docs/resources/repository_ruleset.md",
      "github/docs:content/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets.md",
    ],
  },
} as const satisfies Readonly<Record<string, Fact>>;

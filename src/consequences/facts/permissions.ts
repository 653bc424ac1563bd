import type { Fact } from "./fact.ts";

/** What the job token may do. */
export const PERMISSIONS_FACTS = {
  "PM-001": {
    text: "In a new personal repository GITHUB_TOKEN may only read; in an organization its setting decides.",
    standing: "documented",
    sources: [
      "github/docs:content/repositories/managing-your-repositorys-settings-and-features/enabling-features-for-your-repository/managing-github-actions-settings-for-a-repository.md",
    ],
  },
  "PM-002": {
    text: "Without `permissions` the repository's setting decides whether GITHUB_TOKEN may write.",
    standing: "documented",
    sources: ["https://docs.github.com/ko/enterprise-cloud@latest/actions/reference/github_token-reference"],
  },
  "PM-003": {
    text: "Where `permissions` names anything, all that it does not name is none.",
    standing: "documented",
    sources: ["https://github.blog/changelog/2021-04-20-github-actions-control-permissions-for-github_token"],
  },
  "PM-004": {
    text: "A push with GITHUB_TOKEN needs `contents: write`.",
    standing: "maintainers",
    sources: ["stefanzweifel/git-auto-commit-action:README.md", "ad-m/github-push-action:README.md"],
  },
  "PM-005": {
    text: "A pull request from a fork gets a token that may only read, and no secrets.",
    standing: "documented",
    sources: [
      "github/docs:content/actions/reference/security/securely-using-pull_request_target.md",
      "https://docs.github.com/ko/enterprise-cloud@latest/actions/reference/github_token-reference",
    ],
  },
  "PM-009": {
    text: "Runs that Dependabot starts get a GITHUB_TOKEN that may only read, unless `permissions` says otherwise.",
    standing: "documented",
    sources: [
      "github/docs:content/code-security/dependabot/troubleshooting-dependabot/troubleshooting-dependabot-on-github-actions.md",
    ],
  },
  "PM-011": {
    text: "Another page says that those runs are like a fork's: the token may only read, whatever `permissions` says.",
    standing: "disputed",
    sources: [
      "https://docs.github.com/ko/enterprise-cloud@latest/actions/reference/github_token-reference",
      "github/docs:content/code-security/dependabot/troubleshooting-dependabot/troubleshooting-dependabot-on-github-actions.md",
    ],
  },
  "PM-015": {
    text: "A called workflow gets no more than its caller has.",
    standing: "users",
    sources: [
      "https://github.com/fastify/workflows/pull/96",
      "https://github.com/All-Hands-AI/openhands-resolver/issues/171",
    ],
  },
  "LT-004": {
    text: "create-github-app-token gives the token all permissions of the installation, unless its inputs name some.",
    standing: "documented",
    sources: ["actions/create-github-app-token:README.md"],
  },
  "LT-008": {
    text: "GITHUB_TOKEN reaches only the repository that the workflow runs in.",
    standing: "documented",
    sources: [
      "github/docs:content/actions/concepts/security/github_token.md",
      "peter-evans/create-pull-request:docs/concepts-guidelines.md",
    ],
  },
} as const satisfies Readonly<Record<string, Fact>>;

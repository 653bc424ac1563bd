import type { Fact } from "./fact.ts";

/** What classic branch protection does to a push. */
export const CLASSIC_PROTECTION_FACTS = {
  "BP-001": {
    text: "Classic protection does not bind admins unless `enforce_admins` is on.",
    standing: "documented",
    sources: [
      "github/docs:content/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/about-protected-branches.md",
    ],
  },
  "BP-002": {
    text: "`bypass_pull_request_allowances` lifts the pull request, and nothing else.",
    standing: "documented",
    sources: [
      "npm:@octokit/openapi-types@25.1.0:types.d.ts (OpenAPI 19.1.0)",
      "github/docs:content/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/about-protected-branches.md",
    ],
  },
  "BP-003": {
    text: "`restrictions` leaves pushing to those who are listed; they still need the pull request and the checks.",
    standing: "documented",
    sources: [
      "github/docs:content/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/about-protected-branches.md",
    ],
  },
  "BP-004": {
    text: "No App is exempt from required checks there.",
    standing: "users",
    sources: ["https://github.com/TauCetiProject/TauCetiRoadmap/pull/44"],
  },
  "BP-005": {
    text: "Where pull requests are required and pushing is restricted, an App must be on both lists.",
    standing: "maintainers",
    sources: ["https://github.com/C2FO/releasegen/releases/tag/v1.1.1"],
  },
  "BP-006": {
    text: "The Actions App is silently dropped from the allowances.",
    standing: "users",
    sources: ["https://github.com/excitedjs/dreamux/pull/346"],
  },
  "BP-007": {
    text: "A deploy key that may write counts as an admin.",
    standing: "documented",
    sources: [
      "github/docs:data/reusables/repositories/deploy-keys-write-access.md",
      "https://github.com/hashicorp/terraform-exec/pull/366",
    ],
  },
  "BP-008": {
    text: "An admin's token passes required checks where `enforce_admins` is off.",
    standing: "users",
    sources: ["https://github.com/joslat/maf-doctor/pull/34"],
  },
} as const satisfies Readonly<Record<string, Fact>>;

import type { Fact } from "./fact.ts";

/** What rulesets and their bypass lists do to a push. */
export const RULESETS_FACTS = {
  "RS-001": {
    text: "A bypass list can name roles (admin, maintain, write), organization owners, teams, GitHub Apps and Dependabot.",
    standing: "documented",
    sources: ["github/docs:data/reusables/repositories/rulesets-bypass-step.md"],
  },
  "RS-003": {
    text: "The kinds of bypass actors differ from one published schema to the next, and users meet kinds that none lists: the list is open.",
    standing: "disputed",
    sources: [
      "npm:@octokit/openapi-types@25.1.0:types.d.ts (OpenAPI 19.1.0)",
      "cilium/cilium-cli:vendor/github.com/google/go-github/v89/github/rules.go",
      "https://github.com/integrations/terraform-provider-github/issues/3423",
      "https://github.com/integrations/terraform-provider-github/issues/3336",
      "https://github.com/integrations/terraform-provider-github/issues/3210",
    ],
  },
  "RS-004": {
    text: "Whether enterprise owners can stand in the bypass list of a repository's ruleset is disputed.",
    standing: "disputed",
    sources: [
      "github/github-mcp-server:pkg/github/rulesets.go",
      "https://github.com/integrations/terraform-provider-github/issues/3210",
      "https://github.com/integrations/terraform-provider-github/pull/3487",
    ],
  },
  "RS-005": {
    text: "In a bypass entry the number is the App's id for an Integration; 2, 4 and 5 are the roles maintain, write and admin; 1 is an organization's owners; a deploy key has none.",
    standing: "documented",
    sources: [
      "integrations/terraform-provider-github:docs/resources/repository_ruleset.md",
      "npm:@octokit/openapi-types@25.1.0:types.d.ts (OpenAPI 19.1.0)",
    ],
  },
  "RS-006": {
    text: "Mode `always` (also where none is given) covers direct pushes; `pull_request` only what is done on a pull request.",
    standing: "documented",
    sources: [
      "npm:@octokit/openapi-types@25.1.0:types.d.ts (OpenAPI 19.1.0)",
      "github/github-mcp-server:pkg/github/rulesets.go",
    ],
  },
  "RS-007": {
    text: "Mode `exempt` keeps the rules from being evaluated for the actor at all.",
    standing: "documented",
    sources: [
      "github/github-mcp-server:pkg/github/rulesets.go",
      "https://github.com/integrations/terraform-provider-github/issues/2755",
      "https://github.com/google/go-github/pull/3719",
      "integrations/terraform-provider-github:docs/resources/repository_ruleset.md",
    ],
  },
  "RS-008": {
    text: "The rule `pull_request` wants every change to belong to a pull request, even with no approval required.",
    standing: "documented",
    sources: [
      "github/docs:content/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets.md",
    ],
  },
  "RS-009": {
    text: "`creation`, `update` and `deletion` leave making, moving and deleting matching branches and tags to bypass actors.",
    standing: "documented",
    sources: [
      "github/docs:content/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets.md",
      "https://github.com/oras-project/oras-go/issues/1361",
    ],
  },
  "RS-010": {
    text: "GitHub refuses to list its own Actions App (15368) as a bypass actor: 422.",
    standing: "users",
    sources: [
      "https://github.com/tetherto/qvac/pull/3555",
      "https://github.com/apache/texera/pull/8624",
      "https://github.com/rjwalters/loom/issues/7829",
      "https://github.com/CopilotKit/aimock/pull/399",
      "https://github.com/FriendlyInternet/nuxt-crouton/pull/1942",
    ],
  },
  "RS-012": {
    text: "In an empty test organization, without any policy, the Actions App was refused as well, while users and deploy keys were taken and could push.",
    standing: "users",
    sources: ["https://github.com/tetherto/qvac/pull/3555"],
  },
  "RS-014": {
    text: "A role entry does not let GITHUB_TOKEN through: it was tried, and refused.",
    standing: "users",
    sources: ["https://github.com/stacktale/stacktale/pull/163"],
  },
  "RS-015": {
    text: "One repository lists the account github-actions[bot] as a user; nobody has shown that a push with GITHUB_TOKEN passed because of it.",
    standing: "disputed",
    sources: ["https://github.com/SpillwaveSolutions/wiki_ticket_sdd/pull/395"],
  },
  "RS-016": {
    text: "GitHub's documents count Apps among the bypass actors, and exempt no rule for them on a direct push.",
    standing: "documented",
    sources: [
      "github/docs:data/reusables/repositories/rulesets-bypass-step.md",
      "github/docs:content/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets.md",
    ],
  },
  "RS-017": {
    text: "One project holds that an App cannot bypass `pull_request` on a direct push; the page that it cites does not say so, and its own attempts were pushed as GITHUB_TOKEN.",
    standing: "disputed",
    sources: [
      "https://github.com/MFlowCode/MFC/pull/1465",
      "https://github.com/MFlowCode/MFC/pull/1466",
      "https://github.com/MFlowCode/MFC/pull/1467",
      "github/docs:content/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets.md",
    ],
  },
  "RS-018": {
    text: "Others watched an App with mode `always` push directly past an active `pull_request` rule.",
    standing: "users",
    sources: [
      "https://github.com/grafana/grafana/pull/123893",
      "https://github.com/mitodl/ol-infrastructure/pull/5710",
      "https://github.com/TauCetiProject/TauCetiRoadmap/pull/44",
      "https://github.com/CopilotKit/aimock/pull/399",
    ],
  },
  "RS-020": {
    text: "An App's token bypasses nothing by itself: the App must be listed in each ruleset that applies.",
    standing: "users",
    sources: [
      "https://github.com/forzagreen/n2words/pull/308",
      "https://github.com/mitodl/ol-infrastructure/pull/5710",
      "https://github.com/d4rken-org/capod/pull/566",
    ],
  },
  "RS-021": {
    text: "An App that is listed with mode `pull_request` is refused on a direct push.",
    standing: "documented",
    sources: [
      "https://github.com/grafana/grafana/pull/123893",
      "npm:@octokit/openapi-types@25.1.0:types.d.ts (OpenAPI 19.1.0)",
    ],
  },
  "RS-022": {
    text: "The classic token of an organization's owner passed an active `pull_request` rule by the entry OrganizationAdmin.",
    standing: "users",
    sources: ["https://github.com/MFlowCode/MFC/pull/1467"],
  },
  "RS-023": {
    text: "The token of a repository's admin passes where the role admin (5) is listed with mode `always`.",
    standing: "users",
    sources: [
      "https://github.com/niivue/mono/pull/13",
      "https://github.com/skyflowapi/skyflow-python/pull/271",
      "https://github.com/MemberJunction/MJ/pull/4388",
    ],
  },
  "RS-024": {
    text: "Fine-grained tokens of admins are used in the same way.",
    standing: "users",
    sources: [
      "https://github.com/garfiec/Librechat-Mobile/pull/103",
      "https://github.com/niivue/mono/pull/13",
      "https://github.com/vcmf/dim0/pull/320",
    ],
  },
  "RS-025": {
    text: "Two repositories report that tokens were not let through by a role; in one the checkout's header was the reason, the other shows no proof of who pushed.",
    standing: "disputed",
    sources: ["https://github.com/joshuaswarren/remnic/pull/293", "https://github.com/MFlowCode/MFC/pull/1465"],
  },
  "RS-027": {
    text: "A user bypasses by the very role that is listed, or by a team or the user being listed.",
    standing: "users",
    sources: [
      "https://github.com/open-telemetry/community/issues/2865",
      "integrations/terraform-provider-github:docs/resources/repository_ruleset.md",
      "github/docs:data/reusables/repositories/rulesets-bypass-step.md",
    ],
  },
  "RS-029": {
    text: "The entry DeployKey covers every deploy key of the repository that may write.",
    standing: "documented",
    sources: [
      "npm:@octokit/openapi-types@25.1.0:types.d.ts (OpenAPI 19.1.0)",
      "https://github.com/typeclaw/typeclaw/pull/440",
    ],
  },
  "RS-030": {
    text: "A deploy key was the only bypass actor of a `pull_request` ruleset in a test: its push landed, another was refused.",
    standing: "users",
    sources: [
      "https://github.com/excitedjs/dreamux/pull/346",
      "https://github.com/denoland/denokv/pull/163",
      "https://github.com/tangosdev/sm64ds-decomp/pull/1136",
    ],
  },
  "RS-031": {
    text: "GitHub's newest list names deploy keys for Enterprise Server only; its API has them, and users rely on them on github.com.",
    standing: "disputed",
    sources: [
      "github/docs:data/reusables/repositories/rulesets-bypass-step.md",
      "npm:@octokit/openapi-types@25.1.0:types.d.ts (OpenAPI 19.1.0)",
      "https://github.com/integrations/terraform-provider-github/issues/2254",
      "https://github.com/josefbacik/systing/pull/156",
    ],
  },
  "RS-033": {
    text: "A person's SSH key has the person's rights.",
    standing: "documented",
    sources: ["github/docs:content/authentication/connecting-to-github-with-ssh/managing-deploy-keys.md"],
  },
  "RS-034": {
    text: "octo-sts exchanges the run's OIDC token for one of its own App, as a trust policy allows: that App is who pushes.",
    standing: "documented",
    sources: ["octo-sts/app:README.md", "octo-sts/action:README.md"],
  },
  "RS-037": {
    text: "Where several rulesets apply, each needs its own bypass entry.",
    standing: "users",
    sources: ["https://github.com/mitodl/ol-infrastructure/pull/5710"],
  },
  "RS-039": {
    text: "Push rulesets restrict paths, extensions, lengths and sizes of the files in a push.",
    standing: "documented",
    sources: [
      "github/docs:content/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets.md",
      "github/docs:content/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/troubleshooting-rules.md",
    ],
  },
  "RS-040": {
    text: "Refs of one push are judged each by itself: a branch was refused while the tag beside it landed.",
    standing: "users",
    sources: ["https://github.com/stacktale/stacktale/pull/163"],
  },
  "RS-041": {
    text: "The bypass list is shown only to those who may edit the ruleset: where it is missing, it need not be empty.",
    standing: "documented",
    sources: [
      "nektos/act:pkg/runner/testdata/actions/node20/node_modules/@octokit/plugin-rest-endpoint-methods/dist-types/generated/method-types.d.ts",
    ],
  },
  "RS-044": {
    text: "Only active rulesets refuse; `evaluate` writes down what they would have refused.",
    standing: "documented",
    sources: [
      "npm:@octokit/openapi-types@25.1.0:types.d.ts (OpenAPI 19.1.0)",
      "github/github-mcp-server:pkg/github/rulesets.go",
    ],
  },
  "RS-045": {
    text: "A direct push with GITHUB_TOKEN is refused under `pull_request`, `merge_queue`, `update` or `creation`, and under required checks for a commit that has not passed them.",
    standing: "users",
    sources: [
      "https://github.com/apache/texera/issues/8377",
      "https://github.com/oras-project/oras-go/issues/1361",
      "https://github.com/projectbluefin/lab/pull/435",
      "https://github.com/excitedjs/dreamux/pull/346",
    ],
  },
  "SG-001": {
    text: "Only what an App or a bot commits through the API is signed by GitHub.",
    standing: "documented",
    sources: [
      "github/docs:content/authentication/managing-commit-signature-verification/about-commit-signature-verification.md",
    ],
  },
  "SG-002": {
    text: "What `git commit` makes in a job is unsigned, and `required_signatures` refuses it.",
    standing: "users",
    sources: [
      "https://github.com/github/gh-aw/issues/29301",
      "https://github.com/cpeoples/ansible-security-scanner/pull/23",
      "https://github.com/aio-libs/aiobotocore/pull/1518",
    ],
  },
  "SG-004": {
    text: "Who may bypass is decided by the credential of the push, not by the author of the commits.",
    standing: "users",
    sources: [
      "https://github.com/FriendlyInternet/nuxt-crouton/pull/1942",
      "https://github.com/joslat/maf-doctor/pull/34",
      "https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#push",
    ],
  },
  "SG-005": {
    text: "Rules about e-mail addresses look at the commits' author and committer.",
    standing: "documented",
    sources: [
      "npm:@octokit/openapi-types@25.1.0:types.d.ts (OpenAPI 19.1.0)",
      "integrations/terraform-provider-github:docs/resources/repository_ruleset.md",
      "github/docs:content/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/troubleshooting-rules.md",
    ],
  },
  "SG-007": {
    text: "When a branch is made, only the commits that no other branch has must be signed; later, all of the range.",
    standing: "documented",
    sources: [
      "github/docs:content/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets.md",
    ],
  },
} as const satisfies Readonly<Record<string, Fact>>;

import { describe, expect, it } from "vitest";
import type { CredentialFacts } from "../../src/define/credential-facts.ts";
import { answer, AS_BOT, protections, pushing, ruleset } from "./judged.ts";

const declared = (facts: CredentialFacts, secret = "BOT") => new Map([[secret, facts]]);
const owner = declared({ kind: "classic", actsAs: { role: "OrganizationAdmin" }, scopes: ["repo"] });
const listed = (type: string, id: number | null, mode?: string) => ({
  bypass_actors: [{ actor_type: type, actor_id: id, ...(mode && { bypass_mode: mode }) }],
});

const AS_APP = {
  steps:
    "- id: mint\n  uses: actions/create-github-app-token@v2\n  with: { app-id: 77, private-key: '${{ secrets.APP_KEY }}' }",
  checkout: "token: '${{ steps.mint.outputs.token }}'",
} as const;
const AS_KEY = { checkout: "ssh-key: '${{ secrets.KEY }}'" } as const;

describe("who may bypass", () => {
  const cases: readonly [string, object, object, ReadonlyMap<string, CredentialFacts>, string][] = [
    ["GITHUB_TOKEN may be on no list", {}, listed("RepositoryRole", 5), new Map(), "rejected: pull_request"],
    ["GitHub's own App cannot be listed", {}, listed("Integration", 15368), new Map(), "unknown"],
    ["whether the bot's account helps is disputed", {}, listed("User", 41898282), new Map(), "unknown"],
    ["an owner", AS_BOT, listed("OrganizationAdmin", 1), owner, "accepted"],
    ["an owner is an admin", AS_BOT, listed("RepositoryRole", 5, "exempt"), owner, "accepted"],
    ["not on a direct push", AS_BOT, listed("OrganizationAdmin", 1, "pull_request"), owner, "rejected: pull_request"],
    ["nobody said who the token is", AS_BOT, listed("OrganizationAdmin", 1), new Map(), "unknown"],
    ["an empty list lets nobody through", AS_BOT, {}, new Map(), "rejected: pull_request"],
    ["a list that is not shown", AS_BOT, { bypass_actors: undefined }, owner, "unknown"],
    [
      "a maintainer is no admin",
      AS_BOT,
      listed("RepositoryRole", 5),
      declared({ actsAs: { role: "maintain" } }),
      "rejected",
    ],
    [
      "whether an admin counts as writer",
      AS_BOT,
      listed("RepositoryRole", 4),
      declared({ actsAs: { role: "admin" } }),
      "unknown",
    ],
    ["a user by number", AS_BOT, listed("User", 9), declared({ actsAs: { user: "9" } }), "accepted"],
    ["a user by name", AS_BOT, listed("User", 9), declared({ actsAs: { user: "mona" } }), "unknown"],
    ["a team by number", AS_BOT, listed("Team", 3), declared({ actsAs: { team: "3" } }), "accepted"],
    ["a person is no App", AS_BOT, listed("Integration", 77), new Map(), "rejected"],
    ["an App that is exempt", AS_APP, listed("Integration", 77, "exempt"), new Map(), "accepted"],
    ["an App that is another", AS_APP, listed("Integration", 78), new Map(), "rejected"],
    ["an App on a pull request only", AS_APP, listed("Integration", 77, "pull_request"), new Map(), "rejected"],
    ["a mode that is not known", AS_BOT, listed("OrganizationAdmin", 1, "sometimes"), owner, "unknown"],
    ["not listed, whatever the mode", AS_APP, listed("Integration", 78, "sometimes"), new Map(), "rejected"],
    ["a deploy key", AS_KEY, listed("DeployKey", null), declared({ kind: "deploy-key" }, "KEY"), "accepted"],
    ["a key that may be a person's", AS_KEY, listed("DeployKey", null), new Map(), "unknown"],
    [
      "a deploy key is no role",
      AS_KEY,
      listed("RepositoryRole", 5),
      declared({ kind: "deploy-key" }, "KEY"),
      "rejected",
    ],
  ];
  it.each(cases)("%s", (_, as, more, credentials, expected) => {
    const own = protections(ruleset(["pull_request"], more));
    expect(answer("ruleset", pushing(as), { protections: own, credentials })).toMatch(new RegExp(`^${expected}`));
  });

  it("shows both sides of what is contradicted: an App on the list, and a pull request that is required", () => {
    const own = protections(ruleset(["pull_request"], listed("Integration", 77)));
    const text = answer("ruleset", pushing(AS_APP), { protections: own });
    expect(text).toMatch(/^unknown: .*was seen to pass.*one project holds that it does not/);
    // What is not contradicted is known.
    const other = protections(ruleset(["update"], listed("Integration", 77)));
    expect(answer("ruleset", pushing(AS_APP), { protections: other })).toMatch(/^accepted/);
  });

  it("takes the App's number from the config, by the secret of its key", () => {
    const own = protections(ruleset(["update"], listed("Integration", 5)));
    const steps = AS_APP.steps.replace("app-id: 77", "app-id: '${{ vars.ID }}'");
    const text = pushing({ ...AS_APP, steps });
    expect(answer("ruleset", text, { protections: own })).toMatch(/^unknown.*is not declared/);
    const credentials = declared({ kind: "app", appId: 5 }, "APP_KEY");
    expect(answer("ruleset", text, { protections: own, credentials })).toMatch(/^accepted/);
  });
});

describe("what each rule makes of a direct push", () => {
  const nobody = { permissions: "{ contents: write }" };
  const SIGNED = { commit: 'git add a.txt\ngit commit -S -m "update a"' };
  const UNSEEN = { commit: "./make-a-commit" };
  const FORCED = { push: "git push --force origin HEAD:main" };
  const cases: readonly [string | object, object, string][] = [
    ["pull_request", nobody, "rejected: pull_request: changes must be made through a pull request"],
    ["merge_queue", nobody, "rejected: merge_queue"],
    ["update", nobody, "rejected: update"],
    ["creation", nobody, "accepted"],
    ["deletion", nobody, "accepted"],
    ["deletion", { push: "git push origin --delete refs/heads/main" }, "rejected: deletion"],
    ["non_fast_forward", nobody, "accepted"],
    ["non_fast_forward", FORCED, "unknown: non_fast_forward"],
    ["required_signatures", nobody, "rejected: required_signatures"],
    ["required_signatures", SIGNED, "accepted"],
    ["required_signatures", { steps: "- run: git config --global commit.gpgsign true" }, "accepted"],
    ["required_signatures", UNSEEN, "unknown"],
    ["required_linear_history", nobody, "accepted"],
    ["required_linear_history", { commit: "git commit -m x\ngit merge other" }, "unknown"],
    [
      { type: "required_status_checks", parameters: { required_status_checks: [{ context: "ci" }] } },
      nobody,
      "rejected",
    ],
    [
      { type: "required_status_checks", parameters: { required_status_checks: [{ context: "ci" }] } },
      UNSEEN,
      "unknown",
    ],
    [{ type: "required_status_checks", parameters: { required_status_checks: [] } }, nobody, "accepted"],
    [
      { type: "workflows", parameters: { workflows: [{ path: "a.yml", repository_id: 1 }] } },
      nobody,
      "rejected: workflows",
    ],
    ["required_status_checks", nobody, "unknown: required_status_checks"],
    [{ type: "workflows", parameters: { workflows: 7 } }, nobody, "unknown: workflows"],
    [{ type: "code_scanning", parameters: { code_scanning_tools: [{ tool: "CodeQL" }] } }, nobody, "rejected"],
    [
      { type: "commit_message_pattern", parameters: { operator: "starts_with", pattern: "update" } },
      nobody,
      "accepted",
    ],
    [{ type: "commit_message_pattern", parameters: { operator: "regex", pattern: "^feat: " } }, nobody, "rejected"],
    [
      { type: "commit_message_pattern", parameters: { operator: "contains", pattern: "update", negate: true } },
      nobody,
      "rejected: commit_message_pattern: the commit's message must not contain 'update', and does",
    ],
    [
      { type: "commit_message_pattern", parameters: { operator: "contains" } },
      nobody,
      "unknown: commit_message_pattern: the commit's message must fit a pattern that the file does not tell",
    ],
    [{ type: "commit_message_pattern", parameters: { operator: "regex", pattern: "(?<x>a)" } }, nobody, "unknown"],
    [
      { type: "commit_message_pattern", parameters: { operator: "contains", pattern: "x" } },
      { commit: 'git commit -m "$(date)"' },
      "unknown",
    ],
    [{ type: "committer_email_pattern", parameters: { operator: "ends_with", pattern: "@x.org" } }, nobody, "unknown"],
    [{ type: "branch_name_pattern", parameters: { operator: "starts_with", pattern: "x" } }, nobody, "accepted"],
    ["copilot_code_review", nobody, "accepted"],
    ["a_rule_of_tomorrow", nobody, "unknown: a_rule_of_tomorrow"],
  ];
  it.each(cases)("%j, %j", (rule, options, expected) => {
    const text = answer("ruleset", pushing(options), { protections: protections(ruleset([rule])) });
    expect(text.startsWith(expected), text).toBe(true);
  });

  it.each([
    [{ restricted_file_paths: ["a.txt"] }, "file_path_restriction", "rejected"],
    [{ restricted_file_paths: [".github/workflows/*"] }, "file_path_restriction", "accepted"],
    [{ restricted_file_extensions: ["*.txt"] }, "file_extension_restriction", "rejected"],
    [{ restricted_file_extensions: [".exe"] }, "file_extension_restriction", "accepted"],
    [{ restricted_file_extensions: "txt" }, "file_extension_restriction", "unknown"],
    [{ restricted_file_paths: [7] }, "file_path_restriction", "unknown"],
    [{ max_file_path_length: 3 }, "max_file_path_length", "rejected"],
    [{ max_file_size: 1 }, "max_file_size", "unknown"],
  ])("of a push ruleset: %j", (parameters, type, expected) => {
    const push = ruleset([{ type, parameters }], { target: "push", conditions: null });
    expect(answer("ruleset", pushing(), { protections: protections(push) })).toMatch(new RegExp(`^${expected}`));
  });
});

describe("where a ruleset holds", () => {
  const at = (refs: readonly string[], more: object = {}, exclude: readonly string[] = []) =>
    protections(ruleset(["update", "creation"], { conditions: { ref_name: { include: refs, exclude } }, ...more }));
  const to = (name: string) => pushing({ push: `git push origin HEAD:refs/heads/${name}` });
  const verdict = (text: string, around: Parameters<typeof answer>[2]) =>
    answer("ruleset", text, around).split(":", 1)[0];

  it.each([
    [["~ALL"], [], "release/1", "rejected"],
    [["~DEFAULT_BRANCH"], [], "main", "rejected"],
    [["~DEFAULT_BRANCH"], [], "release/1", "accepted"],
    [["refs/heads/release/*"], [], "release/1", "rejected"],
    [["refs/heads/release/*"], [], "release/1/2", "accepted"],
    [["refs/heads/release/**"], [], "release/1", "rejected"],
    [["refs/heads/release/**/*"], [], "release/1/2/3", "rejected"],
    [["refs/heads/release/**/*"], [], "release/1", "rejected"],
    [["refs/heads/v?.x"], [], "v1.x", "rejected"],
    [["refs/heads/v[0-3]"], [], "v2", "rejected"],
    [["refs/heads/v[0-3]"], [], "v4", "accepted"],
    [["refs/heads/v[^0]"], [], "v2", "unknown"],
    [["~ALL"], ["refs/heads/bot/**/*"], "bot/a/b", "accepted"],
    [["main"], [], "main", "accepted"],
  ])("%j without %j, for %s", (include, exclude, branch, expected) => {
    expect(verdict(to(branch), { protections: at(include, {}, exclude) })).toBe(expected);
  });

  it("does not guess which branch is the default one", () => {
    const own = at(["~DEFAULT_BRANCH"]);
    expect(answer("ruleset", to("main"), { protections: own, defaultBranch: undefined })).toContain(
      "write `defaultBranch`",
    );
    expect(verdict(pushing({ push: 'git push origin "HEAD:$(date)"' }), { protections: own })).toBe("unknown");
  });

  it("reads tags and branches apart", () => {
    const tags = protections(
      ruleset(["creation"], { target: "tag", conditions: { ref_name: { include: ["~ALL"], exclude: [] } } }),
    );
    expect(verdict(to("main"), { protections: tags })).toBe("accepted");
    expect(verdict(pushing({ push: "git push origin HEAD:refs/tags/v1" }), { protections: tags })).toBe("rejected");
    // A tag that is moved was there.
    expect(verdict(pushing({ push: "git push -f origin HEAD:refs/tags/v1" }), { protections: tags })).toBe("unknown");
  });

  it("judges each ref by itself, and the worst counts", () => {
    const own = at(["refs/heads/main"]);
    const text = pushing({ push: "git push origin HEAD:refs/heads/other HEAD:refs/heads/main" });
    expect(verdict(text, { protections: own })).toBe("rejected");
  });

  it("needs a bypass in every ruleset that holds", () => {
    const first = ruleset(["update"], { ...listed("OrganizationAdmin", 1), name: "first" });
    const second = ruleset(["update"], { name: "second" });
    const around = { credentials: owner };
    expect(verdict(pushing(AS_BOT), { protections: protections(first), ...around })).toBe("accepted");
    expect(answer("ruleset", pushing(AS_BOT), { protections: protections(first, second), ...around })).toMatch(
      /^rejected.*bypass list of second/,
    );
  });

  it.each([["evaluate"], ["disabled"]])("does not hold where it is %s", (enforcement) => {
    expect(verdict(to("main"), { protections: at(["~ALL"], { enforcement }) })).toBe("accepted");
  });

  it("reads an organization's rulesets by the repository's name", () => {
    const named = (include: readonly string[]) =>
      at(["~ALL"], {
        source_type: "Organization",
        source: "octo",
        conditions: { ref_name: { include: ["~ALL"], exclude: [] }, repository_name: { include, exclude: [] } },
      });
    const repository = "octo/app";
    expect(verdict(to("main"), { protections: named(["app"]), repository })).toBe("rejected");
    expect(verdict(to("main"), { protections: named(["lib-*"]), repository })).toBe("accepted");
    expect(verdict(to("main"), { protections: named(["app"]), repository: "mona/app" })).toBe("accepted");
    expect(answer("ruleset", to("main"), { protections: named(["lib-*"]) })).toContain("write `repository`");
    const byProperty = at(["~ALL"], {
      conditions: { ref_name: { include: ["~ALL"], exclude: [] }, repository_property: {} },
    });
    expect(answer("ruleset", to("main"), { protections: byProperty, repository })).toContain("by repository_property");
  });

  it("is not asked about another repository", () => {
    const text = pushing({
      push: "git push https://x:${{ secrets.P }}@github.com/octo/lib HEAD:main",
      checkout: "persist-credentials: false",
    });
    expect(answer("ruleset", text, { protections: at(["~ALL"]), repository: "octo/app" })).toBe(
      "unknown: the rulesets of octo/lib decide",
    );
    const hijacked = pushing({ push: "git push https://x:${{ secrets.P }}@github.com/octo/lib HEAD:main" });
    expect(answer("ruleset", hijacked, { repository: "octo/app" })).toMatch(/^rejected: GITHUB_TOKEN reaches only/);
  });

  it("is unknown where nobody said what rulesets there are, and accepted where there are none", () => {
    expect(answer("ruleset", pushing())).toContain("unknown: no rulesets are declared");
    expect(verdict(pushing(), { protections: protections() })).toBe("accepted");
  });

  it("is rejected before any rule where the token may not write, or where there is none", () => {
    expect(answer("ruleset", pushing({ permissions: "{ contents: read }" }))).toMatch(/^rejected: .*without write/);
    expect(answer("ruleset", pushing({ checkout: "persist-credentials: false" }))).toMatch(/^rejected: git sends no/);
  });
});

describe("classic protection", () => {
  const protection = (more: object) => ({
    url: "https://api.github.com/repos/octo/app/branches/main/protection",
    enforce_admins: { enabled: false },
    ...more,
  });
  const REVIEWS = { required_pull_request_reviews: { required_approving_review_count: 1 } };
  const admin = declared({ actsAs: { role: "admin" } });
  const verdict = (as: object, json: object, credentials: ReadonlyMap<string, CredentialFacts> = new Map()) =>
    answer("ruleset", pushing(as), { protections: protections(json), credentials }).split(":", 1)[0];

  it.each<[string, object, object, ReadonlyMap<string, CredentialFacts>, string]>([
    ["binds GITHUB_TOKEN", {}, protection(REVIEWS), new Map(), "rejected"],
    ["does not bind admins", AS_BOT, protection(REVIEWS), admin, "accepted"],
    [
      "binds admins if it says so",
      AS_BOT,
      protection({ ...REVIEWS, enforce_admins: { enabled: true } }),
      admin,
      "rejected",
    ],
    ["may or may not bind a token's owner", AS_BOT, protection(REVIEWS), new Map(), "unknown"],
    [
      "counts a deploy key as an admin",
      AS_KEY,
      protection(REVIEWS),
      declared({ kind: "deploy-key" }, "KEY"),
      "accepted",
    ],
    [
      "lets an App past the pull request that is listed",
      AS_APP,
      protection({
        required_pull_request_reviews: { bypass_pull_request_allowances: { apps: [{ slug: "bot", id: 77 }] } },
      }),
      new Map(),
      "accepted",
    ],
    [
      "but past no check",
      AS_APP,
      protection({
        required_pull_request_reviews: { bypass_pull_request_allowances: { apps: [{ slug: "bot", id: 77 }] } },
        required_status_checks: { contexts: ["ci"] },
      }),
      new Map(),
      "rejected",
    ],
    [
      "of another branch",
      {},
      protection({ ...REVIEWS, url: "https://api.github.com/repos/octo/app/branches/dev/protection" }),
      new Map(),
      "accepted",
    ],
    [
      "that restricts who pushes",
      {},
      protection({ restrictions: { users: [], teams: [], apps: [] } }),
      new Map(),
      "rejected",
    ],
    ["that locks", {}, protection({ lock_branch: { enabled: true } }), new Map(), "rejected"],
  ])("%s", (_, as, json, credentials, expected) => expect(verdict(as, json, credentials)).toBe(expected));
});

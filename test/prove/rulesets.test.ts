import { describe, expect, it } from "vitest";
import type { Surroundings } from "../../src/consequences/consequences.ts";
import { readProtections } from "../../src/consequences/rulesets/read-protections.ts";
import type { CredentialFacts } from "../../src/define/credential-facts.ts";
import { tryYaml, withSteps } from "./prove-yaml.ts";

const COMMIT = "git config user.name x && git config user.email x@example.com && git commit --quiet --allow-empty -m x";

interface Declared {
  readonly rules?: readonly string[];
  readonly bypass?: readonly object[];
  readonly classic?: object;
  readonly credentials?: Readonly<Record<string, CredentialFacts>>;
}

/** A ruleset that is active on `main`, and what is known of secrets. */
function declared({ rules = [], bypass = [], classic, credentials = {} }: Declared): Surroundings {
  const ruleset = {
    name: "main",
    target: "branch",
    enforcement: "active",
    conditions: { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } },
    bypass_actors: bypass,
    rules: rules.map((type) => ({ type })),
  };
  const read = readProtections(classic === undefined ? ruleset : [ruleset, classic]);
  if (read.kind !== "read") throw new Error(JSON.stringify(read.problems));
  const { protections } = read;
  return {
    repository: "octo/app",
    defaultBranch: "main",
    protections,
    credentials: new Map(Object.entries(credentials)),
  };
}

const OWNER = { kind: "classic", actsAs: { role: "OrganizationAdmin" }, scopes: ["repo"] } as const;
const OWNERS = { actor_type: "OrganizationAdmin", actor_id: 1, bypass_mode: "always" };

/** A push with a secret, from a checkout that keeps nothing. */
const withPat = (commands: string): string => `
- uses: actions/checkout@v5
  with:
    persist-credentials: false
- env:
    TOKEN: \${{ secrets.PAT }}
  run: |
    git remote set-url origin "https://x:$TOKEN@github.com/octo/app"
    ${COMMIT}
    ${commands}
`;

describe.concurrent("a ruleset", () => {
  it("refuses GITHUB_TOKEN, in GitHub's words; other branches are free", async () => {
    const steps = `- uses: actions/checkout@v5\n- run: |\n    ${COMMIT}\n    git push origin HEAD:topic\n    git push origin HEAD:main`;
    const { lines, pushes, log } = await tryYaml(withSteps(steps), { around: declared({ rules: ["pull_request"] }) });
    expect(lines).toEqual(["github-token = github-token landed", "github-token = github-token rejected"]);
    expect(log).toContain("remote: error: GH013: Repository rule violations found for refs/heads/main.");
    expect(log).toContain("remote: - Changes must be made through a pull request.");
    expect(log).toContain("! [remote rejected] HEAD -> main (push declined due to repository rule violations)");
    expect(pushes.map(({ consequences }) => consequences?.ruleset)).toEqual(["accepted", "rejected"]);
  });

  it("lets a bypass actor through, and says so", async () => {
    const around = declared({
      rules: ["pull_request", "required_signatures"],
      bypass: [OWNERS],
      credentials: { PAT: OWNER },
    });
    const { lines, log } = await tryYaml(withSteps(withPat("git push origin HEAD:main")), { around });
    expect(lines).toEqual(["pat:PAT = pat:PAT landed"]);
    expect(log.match(/remote: Bypassed rule violations for refs\/heads\/main:/g)).toHaveLength(1);
    expect(log).toContain("remote: - Commits must have verified signatures.");
  });

  it("lets nobody through of whom nothing is declared, and says that", async () => {
    const around = declared({ rules: ["pull_request"], bypass: [OWNERS] });
    const { lines, pushes } = await tryYaml(withSteps(withPat("git push origin HEAD:main")), { around });
    expect(lines).toEqual(["pat:PAT = pat:PAT rejected"]);
    expect(pushes[0]?.observed?.message).toBe(
      "refs/heads/main: push declined due to repository rule violations (whether the owner of PAT is an owner of the organization is not declared)",
    );
  });

  it("looks at what is pushed: forced or not, merges, signatures", async () => {
    const around = declared({ rules: ["non_fast_forward", "required_linear_history"] });
    const commands = `git push origin HEAD:main
    git commit --quiet --amend --allow-empty -m y && git push --force origin HEAD:main || echo refused one
    git fetch --quiet origin main && git merge --quiet FETCH_HEAD -m merged && git push origin HEAD:main || echo refused two`;
    const { pushes, log } = await tryYaml(withSteps(withPat(commands)), { around });
    expect(pushes.map(({ observed }) => observed?.outcome)).toEqual(["landed", "rejected", "rejected"]);
    expect(log).toContain("remote: - Cannot force-push to this branch");
    expect(log).toContain("remote: - This branch must not contain merge commits.");
    expect(log).toContain("refused one");
    expect(log).toContain("refused two");
  });

  it("of classic protection speaks in its own words", async () => {
    const classic = {
      url: "https://api.github.com/repos/octo/app/branches/main/protection",
      enforce_admins: { enabled: true },
      required_pull_request_reviews: { required_approving_review_count: 1 },
    };
    const steps = `- uses: actions/checkout@v5\n- run: ${COMMIT} && git push origin HEAD:main`;
    const { lines, log } = await tryYaml(withSteps(steps), { around: declared({ classic }) });
    expect(lines).toEqual(["github-token = github-token rejected"]);
    expect(log).toContain("remote: error: GH006: Protected branch update failed for refs/heads/main.");
    expect(log).toContain("(protected branch hook declined)");
  });
});

describe.concurrent("workflow files", () => {
  const CHANGE =
    "mkdir -p .github/workflows && echo 'on: push' > .github/workflows/new.yml && git add .github && git commit --quiet -m workflow";

  it("GITHUB_TOKEN may never change", async () => {
    const steps = `- uses: actions/checkout@v5\n- run: |\n    ${COMMIT}\n    ${CHANGE}\n    git push origin HEAD:topic`;
    const { lines, log } = await tryYaml(withSteps(steps));
    expect(lines).toEqual(["github-token = github-token rejected"]);
    expect(log).toContain(
      "(refusing to allow a GitHub App to create or update workflow `.github/workflows/new.yml` without `workflows` permission)",
    );
  });

  it("a classic token may change with the scope workflow", async () => {
    for (const scopes of [["repo"], ["repo", "workflow"]]) {
      const around = declared({ credentials: { PAT: { ...OWNER, scopes } } });
      const { lines, log } = await tryYaml(withSteps(withPat(`${CHANGE}\n    git push origin HEAD:topic`)), { around });
      const isRefused = scopes.length === 1;
      expect(lines).toEqual([`pat:PAT = pat:PAT ${isRefused ? "rejected" : "landed"}`]);
      expect(log.includes("refusing to allow a Personal Access Token")).toBe(isRefused);
    }
  });
});

describe.concurrent("a job's permissions", () => {
  it("leave GITHUB_TOKEN without the right to push", async () => {
    const yaml = withSteps(`- uses: actions/checkout@v5\n- run: ${COMMIT} && git push origin HEAD:main`).replace(
      "contents: write",
      "contents: read",
    );
    const { lines, log } = await tryYaml(yaml);
    expect(lines).toEqual(["github-token = github-token rejected"]);
    expect(log).toContain("remote: Permission to octo/app.git denied to github-actions[bot].");
  });
});

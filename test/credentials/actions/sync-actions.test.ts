import { describe, expect, it } from "vitest";
import { nameOf, pushesOf } from "../pushes-of.ts";

/** "who is seen, who was meant, verdict, repository" of the action's pushes. */
function seen(uses: string, given: string, { checkout = "v4", keeps = "true", env = "" } = {}): readonly string[] {
  const lines = given.split("\n").map((line) => `          ${line}\n`);
  return pushesOf(`on: push
jobs:
  job:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@${checkout}
        with: { persist-credentials: ${keeps} }
      - uses: ${uses}
${given === "" ? "" : `        with:\n${lines.join("")}`}${env === "" ? "" : `        env: { ${env} }\n`}`).map(
    ({ identity, intended, verdict, target }) =>
      [nameOf(identity), intended === null ? "-" : nameOf(intended), verdict, target?.repository ?? "-"].join(", "),
  );
}

const PAT = "${{ secrets.PAT }}";

describe("actions that bring branches elsewhere", () => {
  it("git-try-push takes the header's place in .git/config, and puts a second one beside what version 6 keeps", () => {
    const uses = "Homebrew/actions/git-try-push@main";
    const given = `token: ${PAT}\nbranch: main`;
    expect(seen(uses, given)[0]).toContain("pat PAT, pat PAT, as-intended");
    expect(seen(uses, given, { checkout: "v6" })[0]).toContain("duplicate, pat PAT, duplicate-header");
    expect(seen(uses, "branch: main")[0]).toContain("github-token, -, undeclared");
    expect(seen(uses, `${given}\ntries: 0`)).toEqual([]);
  });

  it("git-try-push finds the repository that setup-homebrew makes, and the token that it is given", () => {
    const pushes = (first: string, setup: string, push: string): readonly string[] =>
      pushesOf(`on: push
jobs:
  job:
    runs-on: ubuntu-latest
    steps:
${first}      - uses: Homebrew/actions/setup-homebrew@main
        id: set-up-homebrew
        with: { ${setup} }
      - uses: Homebrew/actions/git-try-push@main
        with:
          directory: \${{ steps.set-up-homebrew.outputs.repository-path }}
          ${push}
`).map(({ identity, verdict }) => `${nameOf(identity)} ${verdict}`);
    const [token, job] = [`token: "${PAT}"`, 'token: "${{ github.token }}"'];
    expect(pushes("", "core: false", token)).toEqual(["pat PAT as-intended"]);
    expect(pushes("", job, "branch: main")).toEqual(["github-token as-intended"]);
    expect(pushes("", job, token)).toEqual(["duplicate duplicate-header"]);
    expect(seen("Homebrew/actions/setup-homebrew@main", "core: false")).toEqual([]);
  });

  it("github-sync removes what version 4 keeps, and misses what version 6 keeps", () => {
    const uses = "repo-sync/github-sync@v2";
    const given = `source_repo: up/stream\nsource_branch: main\ndestination_branch: main\ngithub_token: ${PAT}`;
    expect(seen(uses, given)[0]).toContain("pat PAT, pat PAT, as-intended");
    expect(seen(uses, given, { checkout: "v6" })[0]).toContain("github-token, pat PAT, hijacked");
    expect(seen(uses, given, { checkout: "v6", keeps: "false" })[0]).toContain("pat PAT, pat PAT, as-intended");
  });

  it("git-sync pushes from a clone of its own", () => {
    const uses = "wei/git-sync@v3";
    const given = (repo: string, more = ""): string =>
      `source_repo: a/b\nsource_branch: main\ndestination_repo: ${repo}\ndestination_branch: main${more}`;
    expect(seen(uses, given(`https://bot:${PAT}@github.com/octo/copy.git`))).toEqual([
      "pat PAT, pat PAT, as-intended, octo/copy",
    ]);
    expect(seen(uses, given("octo/copy", "\nssh_private_key: ${{ secrets.KEY }}"))[0]).toMatch(
      /^ssh KEY, ssh KEY, as-intended, octo\/copy$/,
    );
  });

  it("repository-mirroring-action pushes with its key", () => {
    const given = "target_repo_url: git@github.com:octo/mirror.git\nssh_private_key: ${{ secrets.KEY }}";
    expect(seen("pixta-dev/repository-mirroring-action@v1", given)).toEqual([
      "ssh KEY, ssh KEY, as-intended, octo/mirror",
    ]);
  });

  it("rebase puts the token of its environment into URLs, where a header goes before it", () => {
    const env = `GITHUB_TOKEN: "${PAT}"`;
    expect(seen("cirrus-actions/rebase@1.8", "", { env })[0]).toContain("github-token, pat PAT, hijacked");
    expect(seen("cirrus-actions/rebase@1.8", "", { env, keeps: "false" })[0]).toContain(
      "pat PAT, pat PAT, as-intended",
    );
  });

  it("crowdin pushes translations that it downloads, and only those", () => {
    const uses = "crowdin/github-action@v2";
    const env = `GITHUB_TOKEN: "${PAT}"`;
    expect(seen(uses, "download_translations: true", { env })[0]).toContain("github-token, pat PAT, hijacked");
    expect(seen(uses, "download_translations: true", { env, keeps: "false" })[0]).toContain("pat PAT");
    expect(seen(uses, "download_translations: true\npush_translations: false", { env })).toEqual([]);
    expect(seen(uses, "upload_sources: true", { env })).toEqual([]);
  });
});

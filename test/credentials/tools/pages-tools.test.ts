import { describe, expect, it } from "vitest";
import { identitiesOf, pushesOf } from "../pushes-of.ts";
import { mainly, PRIVATE, seen } from "./seen.ts";

describe("docusaurus deploy, which clones", () => {
  it.each([
    ["GIT_USER=bot GIT_PASS=$PAT npx docusaurus deploy", "pat PAT"],
    ["GIT_USER=$PAT yarn docusaurus deploy", "pat PAT"],
    ["GIT_USER=bot npx docusaurus deploy", "none"],
    ["npx docusaurus build", ""],
  ])("%s", (run, expected) => {
    expect(mainly(run)).toBe(expected);
  });

  it("is found behind a script of package.json", () => {
    const files = { "package.json": '{ "scripts": { "deploy": "docusaurus deploy" } }' };
    expect(mainly("GIT_USER=bot GIT_PASS=$PAT npm run deploy", files)).toBe("pat PAT");
  });

  it("pushes through SSH where that is said", () => {
    expect(seen("USE_SSH=true GIT_USER=bot npx docusaurus deploy")).toBe(seen("git push git@github.com:octo/app.git"));
  });
});

describe("angular-cli-ghpages", () => {
  const files = { "angular.json": '{ "builder": "angular-cli-ghpages:deploy" }' };
  it.each([
    ["npx angular-cli-ghpages --dir=dist", {}, "pat PAT"],
    ["npx ng deploy --base-href=/app/", files, "pat PAT"],
    ["ng deploy --repo=https://github.com/octo/site.git --name=x --email=y", {}, "pat PAT"],
    ["ng deploy", { "angular.json": '{ "builder": "@angular/fire:deploy" }' }, ""],
    ["ng deploy", {}, ""],
    ["ng build", files, ""],
  ])("%s", (run, files, expected) => {
    expect(mainly(run, files, { env: "GH_TOKEN: '${{ secrets.PAT }}', GITHUB_TOKEN: '${{ github.token }}'" })).toBe(
      expected,
    );
  });

  it("has nothing to send without a token: its clone is another repository", () => {
    expect(seen("npx ng deploy", files)).toBe("none");
  });
});

describe("hexo", () => {
  const site = (deploy: string): Readonly<Record<string, string>> => ({
    "_config.yml": `title: x\ndeploy:\n${deploy}\nother: 1\n`,
  });
  it.each([
    ["npx hexo deploy", site("  type: git\n  repo: https://github.com/octo/site.git\n  branch: main"), "none"],
    ["hexo g -d", site("  type: git\n  repo: https://github.com/octo/site.git"), "none"],
    ["hexo deploy", site("  type: rsync"), ""],
    ["hexo deploy", {}, "unknown"],
    ["hexo generate", site("  type: git\n  repo: x"), ""],
  ])("%s %j", (run, files, expected) => {
    expect(seen(run, files)).toBe(expected);
  });
});

describe("sites from worktrees, which share the configuration", () => {
  it.each([
    ["quarto publish gh-pages --no-prompt", "github-token"],
    ["quarto publish netlify", ""],
    ["Rscript -e 'pkgdown::deploy_to_branch(new_process = FALSE)'", "github-token"],
    ["Rscript -e 'pkgdown::build_site()'", ""],
  ])("%s", (run, expected) => {
    expect(seen(run)).toBe(expected);
  });

  it("are pushed to the remote that is named", () => {
    const run = `git remote add up "https://x:$PAT@github.com/octo/docs"
Rscript -e 'pkgdown::deploy_to_branch(remote = "up")'`;
    expect(seen(run, {}, PRIVATE)).toBe("pat PAT");
  });

  it("are not found by the header that checkout 6.0.0 keeps", () => {
    const checkout = { uses: "actions/checkout@v6.0.0" };
    expect(seen("quarto publish gh-pages", {}, checkout)).toBe(
      seen("git worktree add ../w HEAD\ngit -C ../w push origin HEAD:gh-pages", {}, checkout),
    );
  });
});

describe("cr", () => {
  it.each([
    ["cr index --push --token $PAT", "pat PAT"],
    ["CR_TOKEN=$PAT cr index --push", "pat PAT"],
    ["cr index", ""],
    ["cr upload --push", ""],
    ["cr index --pr --token $PAT", "pat PAT"],
    ["cr upload --packages-with-index --push -t $PAT", "pat PAT"],
  ])("%s", (run, expected) => {
    expect(seen(run, {}, PRIVATE)).toBe(expected);
  });
});

describe("Documenter", () => {
  const make = { "docs/make.jl": 'using Documenter\nmakedocs()\ndeploydocs(; repo = "github.com/octo/App.jl.git")\n' };
  const run = "julia --project=docs/ docs/make.jl";
  it("pushes with GITHUB_TOKEN from a repository of its own", () => {
    expect(seen(run, make, { ...PRIVATE, env: "GITHUB_TOKEN: '${{ github.token }}'" })).toBe("github-token");
  });

  it.each([
    ["", ""],
    [", push_preview = true", "github-token"],
  ])("pushes from a pull request only previews: %s", (setting, expected) => {
    const [push] = identitiesOf(
      pushesOf(
        `on: pull_request
permissions: { contents: write }
jobs: { docs: { runs-on: x, env: { GITHUB_TOKEN: "\${{ github.token }}" }, steps: [ { uses: actions/checkout@v5 }, { run: ${run} } ] } }
`,
        { "docs/make.jl": `deploydocs(repo = "github.com/octo/App.jl.git"${setting})\n` },
      ),
    );
    expect(push ?? "").toBe(expected);
  });

  it("has nothing to push with where neither is given", () => {
    expect(seen(run, make)).toBe("");
  });

  it("is found where a program includes its file", () => {
    const started = `julia --project=docs -e 'include("docs/make.jl")'`;
    expect(seen(started, make, { env: "GITHUB_TOKEN: '${{ github.token }}'" })).toBe("github-token");
  });

  it("pushes with its key", () => {
    expect(mainly(run, make, { env: "DOCUMENTER_KEY: '${{ secrets.DOCUMENTER_KEY }}'" })).toMatch(
      /^ssh DOCUMENTER_KEY/,
    );
  });

  it.each([
    [{}, ""],
    [{ "docs/make.jl": "makedocs()\n# deploydocs()\n" }, ""],
  ])("pushes nothing that nobody sees: %j", (files, expected) => {
    expect(seen(run, files)).toBe(expected);
  });
});

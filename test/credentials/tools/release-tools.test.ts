import { describe, expect, it } from "vitest";
import { mainly, PRIVATE, seen } from "./seen.ts";

const GH_TOKEN = "GH_TOKEN: '${{ secrets.PAT }}'";
const GITHUB_TOKEN = "GITHUB_TOKEN: '${{ github.token }}'";

describe("programs that release", () => {
  it.each([
    ["cargo release patch --execute --no-confirm", "github-token"],
    ["cargo release -x patch", "github-token"],
    ["cargo release patch -vx", "github-token"],
    ["cargo release patch", ""],
    ["cargo release patch --execute --no-push", ""],
    ["cargo release publish --execute", ""],
    ["cargo release -p app version minor --execute", ""],
    ["cargo release push --execute", "github-token"],
    ["cargo build --release", ""],
    ["cargo workspaces version patch --yes", "github-token"],
    ["cargo ws publish --publish-as-is", ""],
    ["cargo ws version --no-git-push", ""],
    ["npx nx release --git-push", "github-token"],
    ["npx nx release publish", ""],
    ["npx nx build", ""],
    ["npx beachball publish -y", "github-token"],
    ["npx beachball publish --no-push", ""],
    ["npx beachball check", ""],
    ["npx bumpp patch --yes", "github-token"],
    ["npx bumpp patch --no-push", ""],
    ["npx changelogen --release --push", "github-token"],
    ["npx changelogen --release", ""],
    ["tbump 1.2.3 --non-interactive", "github-token"],
    ["tbump current-version", ""],
    ["fullrelease --no-input", "github-token"],
    ["git flow release finish 1.0 -p", "github-token"],
    ["git flow release finish 1.0", ""],
    ["git flow feature publish x", "github-token"],
    ["git-town sync --all", "github-token"],
    ["git town sync --no-push", ""],
    ["git town append x", ""],
    ["npx release-it --ci", "github-token"],
    ["npx release-it --no-git.push", ""],
    ["npx release-it --git.pushRepo=https://x:$PAT@github.com/octo/app.git", "github-token"],
    ["tbump 1.2.3 --no-tag-push", "github-token"],
    ["tbump 1.2.3 --only-patch", ""],
    ["npx -y -p semantic-release -p @semantic-release/git semantic-release", "github-token"],
    ["uvx --from lerna lerna version patch", "github-token"],
  ])("%s", (run, expected) => {
    expect(seen(run)).toBe(expected);
  });

  it.each([
    ["cargo release patch -x --push-remote up", "pat PAT"],
    ["cargo ws version --git-remote up", "pat PAT"],
    ["npx beachball publish -b up/main", "pat PAT"],
    ["npx nx release --git-push --git-remote=up", "pat PAT"],
  ])("%s goes to another remote", (run, expected) => {
    expect(seen(`git remote add up "https://x:$PAT@github.com/octo/docs"\n${run}`, {}, PRIVATE)).toBe(expected);
  });

  it.each([
    [`{ "git": { "push": false } }`, ""],
    [`{ "git": { "pushRepo": "up" } }`, "pat PAT"],
  ])("release-it reads .release-it.json: %s", (text, expected) => {
    const run = 'git remote add up "https://x:$PAT@github.com/octo/docs"\nnpx release-it --ci';
    expect(seen(run, { ".release-it.json": text }, PRIVATE)).toBe(expected);
  });

  it.each([
    ["push = false", ""],
    ['push-remote = "up"', "pat PAT"],
    ["", "none"],
  ])("cargo release reads release.toml: %s", (text, expected) => {
    const run = 'git remote add up "https://x:$PAT@github.com/octo/docs"\ncargo release patch -x';
    expect(seen(run, { "release.toml": text }, PRIVATE)).toBe(expected);
  });

  it.each([
    ['{ "release": { "changelog": { "workspaceChangelog": { "createRelease": "github" } } } }', "github-token"],
    ['{ "release": { "git": { "push": true } } }', "github-token"],
    ['{ "release": { "changelog": { "workspaceChangelog": { "createRelease": false } } } }', ""],
  ])("nx release reads nx.json: %s", (text, expected) => {
    expect(seen("npx nx release --yes", { "nx.json": text })).toBe(expected);
  });
});

describe("auto", () => {
  it.each([
    [GH_TOKEN, "pat PAT"],
    [`${GH_TOKEN}, ${GITHUB_TOKEN}`, "github-token"],
    ["", ""],
  ])("pushes with the token that it is given: %s", (env, expected) => {
    expect(seen("npx auto shipit", {}, { ...PRIVATE, env })).toBe(expected);
  });

  it("says a dry run by -d", () => {
    expect(seen("auto shipit -d", {}, { env: GITHUB_TOKEN })).toBe("");
  });
});

describe("the two programs called semantic-release", () => {
  it.each([
    ["semantic-release version", {}, "pat PAT"],
    ["semantic-release -v version --changelog", {}, "pat PAT"],
    ["python -m semantic_release version", {}, "pat PAT"],
    ["uvx --from python-semantic-release semantic-release version", {}, "pat PAT"],
    ["uv run semantic-release -c conf.toml version", {}, "pat PAT"],
    ["semantic-release version --no-push", {}, ""],
    ["semantic-release version --print", {}, ""],
    ["semantic-release --noop version", {}, ""],
    ["semantic-release publish", {}, ""],
    ["semantic-release changelog", {}, ""],
    ["semantic-release publish", { "pyproject.toml": '[tool.semantic_release]\nbranch = "main"\n' }, "pat PAT"],
    ["semantic-release publish", { "setup.cfg": "[semantic_release]\nversion_variable = a:b\n" }, "pat PAT"],
    ["semantic-release version", { "setup.cfg": "[semantic_release]\nversion_variable = a:b\n" }, ""],
    [
      "semantic-release version",
      { "pyproject.toml": "[tool.semantic_release.remote]\nignore_token_for_push = true\n" },
      "none",
    ],
    [
      "semantic-release version",
      { "pyproject.toml": '[tool.semantic_release.remote]\ntoken = { env = "OTHER" }\n' },
      "none",
    ],
  ])("%s %j", (run, files, expected) => {
    expect(mainly(run, files, { ...PRIVATE, env: GH_TOKEN })).toBe(expected);
  });

  it("has its token pushed aside by what a checkout keeps", () => {
    expect(seen("semantic-release version", {}, { env: GH_TOKEN })).toBe("github-token");
  });

  it("takes no GITHUB_TOKEN for PyPI's", () => {
    expect(seen("semantic-release version", {}, { ...PRIVATE, env: "GITHUB_TOKEN: '${{ secrets.PAT }}'" })).toBe(
      "none",
    );
  });
});

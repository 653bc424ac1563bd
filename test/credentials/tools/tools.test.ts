import { describe, expect, it } from "vitest";
import { identitiesOf, pushesOf } from "../pushes-of.ts";

/** Who a program pushes as that brings its own push along. */
function seen(run: string, { checkout = "", env = "" } = {}): string {
  const lines = run.replace(/^/gm, "          ");
  return identitiesOf(
    pushesOf(`on: push
permissions:
  contents: write
jobs:
  job:
    runs-on: ubuntu-latest
    env: { PAT: '\${{ secrets.PAT }}'${env} }
    steps:
      - uses: actions/checkout@v5
${checkout}      - run: |
${lines}
`),
  ).join();
}

const PRIVATE = { checkout: "        with: { persist-credentials: false }\n" };

describe("programs that push", () => {
  it.each([
    ["npx lerna publish --yes", "github-token"],
    ["npx lerna version patch --no-push", ""],
    ["npx lerna publish from-package", ""],
    ["mkdocs gh-deploy --force", "github-token"],
    ["mkdocs build", ""],
    ["mike deploy --push --update-aliases 1.0 latest", "github-token"],
    ["mike deploy 1.0", ""],
    ["ghp-import -n -p -f site", "github-token"],
    ["ghp-import -n site", ""],
    ["poetry run mkdocs gh-deploy", "github-token"],
    ["npx release-it --dry-run", ""],
    ["npx semantic-release", "github-token"],
    ["npx semantic-release -d", ""],
  ])("%s", (run, expected) => {
    expect(seen(run)).toBe(expected);
  });

  it.each([
    ["mkdocs gh-deploy -r up", "pat PAT"],
    ["mike deploy -p -r up 1.0", "pat PAT"],
  ])("%s goes to another remote", (run, expected) => {
    expect(seen(`git remote add up "https://x:$PAT@github.com/octo/docs"\n${run}`, PRIVATE)).toBe(expected);
  });
});

describe("gh-pages, which pushes from a clone of its own", () => {
  it.each([
    ["npx gh-pages -d build", "none"],
    ['npx gh-pages -d dist -r "https://x:$PAT@github.com/octo/app.git"', "pat PAT"],
    ['npx gh-pages -d dist --repo="https://x:$PAT@github.com/octo/app.git"', "pat PAT"],
    ['git remote set-url origin "https://x:$PAT@github.com/octo/app"\nnpx gh-pages -d dist', "pat PAT"],
    ['git remote add up "https://x:$PAT@github.com/octo/app"\nnpx gh-pages -d dist -o up', "pat PAT"],
    ["npx gh-pages -d dist --no-push", ""],
  ])("%s", (run, expected) => {
    expect(seen(run)).toBe(expected);
  });
});

describe("archives", () => {
  const push = 'git push "https://x:$PAT@github.com/octo/app" HEAD:main';
  it.each([
    ["tar -cf a.tar .git\nmkdir there\ntar -xf a.tar -C there\ncd there", "github-token"],
    ["mkdir /tmp/there\ntar -cf - . | tar -xf - -C /tmp/there\ncd /tmp/there", "github-token"],
    ["mkdir /tmp/there\ntar --exclude=.git -c . | tar -x -C /tmp/there\ncd /tmp/there\ngit init", "pat PAT"],
    ["mkdir /tmp/there\ntar czf /tmp/a.tgz *\ntar xzf /tmp/a.tgz -C /tmp/there\ncd /tmp/there\ngit init", "pat PAT"],
  ])("%s", (script, expected) => {
    expect(seen(`${script}\n${push}`)).toBe(expected);
  });
});

describe("git remote", () => {
  it("names the remotes in their order", () => {
    const remotes =
      'git remote add up "https://x:$PAT@github.com/octo/app"\nfor r in $(git remote); do git push $r HEAD:main; done';
    expect(seen(remotes, PRIVATE)).toBe("none | pat PAT");
  });
});

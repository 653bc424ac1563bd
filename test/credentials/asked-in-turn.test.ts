import { expect, it } from "vitest";
import { pushesOf } from "./pushes-of.ts";

// What random jobs have shown against a real git.
function decide(script: string) {
  const lines = script.replace(/^/gm, "          ");
  return pushesOf(`on: push
permissions: { contents: write }
env: { PAT: "\${{ secrets.PAT }}", JOB: "\${{ github.token }}" }
jobs:
  job:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        with: { persist-credentials: false }
      - run: |
${lines}
`).map(({ identity }) => identity.kind);
}

it("a token that is the URL's user name is not all that libcurl finds", () => {
  const netrc = `printf 'machine github.com\\nlogin x\\npassword %s\\n' "$JOB" > ~/.netrc`;
  expect(decide(`git push "https://$PAT@github.com/octo/app" HEAD:main`)).toEqual(["pat"]);
  expect(decide(`${netrc}\ngit push "https://$PAT@github.com/octo/app" HEAD:main`)).toEqual(["unknown"]);
  expect(decide(`${netrc}\ngit push "https://$PAT:x@github.com/octo/app" HEAD:main`)).not.toEqual(["github-token"]);
  expect(decide(`${netrc}\ngit push "https://x:$PAT@github.com/octo/app" HEAD:main`)).toEqual(["pat"]);
});

it("behind a user name that is refused, git asks its helpers", () => {
  const helper = `git config --global credential.helper '!f() { echo username=x; echo "password=$PAT"; }; f'`;
  expect(decide(`${helper}\ngit push "https://$JOB@github.com/octo/app" HEAD:main`)).toEqual(["pat"]);
  expect(decide(`git push "https://$JOB@github.com/octo/app" HEAD:main`)).toEqual(["none"]);
  expect(decide(`${helper}\ngit push "https://x:wrong@github.com/octo/app" HEAD:main`)).toEqual(["none"]);
});

it("gh sets nothing up without a token to work with", () => {
  const push = `GH_TOKEN="$PAT" git push origin HEAD:main`;
  expect(decide(`gh auth setup-git || true\n${push}`)).toEqual(["none"]);
  expect(decide(`export GH_TOKEN="$JOB"\ngh auth setup-git || true\n${push}`)).toEqual(["pat"]);
  expect(decide(`echo "$JOB" | gh auth login --with-token\ngh auth setup-git\ngit push origin HEAD:main`)).toEqual([
    "github-token",
  ]);
});

it("what is checked out of another repository may be any branch", () => {
  const include = `git config --file ~/more 'http.https://github.com/.extraheader' "AUTHORIZATION: basic $(printf 'x:%s' "$PAT" | base64)"
git config 'includeIf.onbranch:main.path' ~/more`;
  const pushes = (checkout: string) =>
    pushesOf(`on: push
permissions: { contents: write }
env: { PAT: "\${{ secrets.PAT }}" }
jobs:
  job:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        with: { ${checkout} }
      - run: |
${include.replace(/^/gm, "          ")}
          git push origin HEAD:topic
`).map(({ identity, alternatives }) =>
      [identity, ...alternatives.map((other) => other.identity)].map(({ kind }) => kind),
    );
  expect(pushes("repository: octo/lib").map((kinds) => kinds.sort())).toEqual([["duplicate", "github-token"]]);
  expect(pushes("repository: octo/lib, ref: main")).toEqual([["duplicate"]]);
});

it("git submodule add makes a repository of its own", () => {
  const add = "git submodule add https://github.com/octo/lib sub\ncd sub";
  const header = `git config http.https://github.com/.extraheader "AUTHORIZATION: basic $(printf 'x:%s' "$PAT" | base64)"`;
  expect(decide(`${add}\n${header}\ngit push origin HEAD:main\ncd ..\ngit push origin HEAD:main`)).toEqual([
    "pat",
    "none",
  ]);
});

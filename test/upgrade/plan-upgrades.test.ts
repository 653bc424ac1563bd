import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { BOT, planOf, upgraded, type Around } from "./upgraded.ts";

const COMMIT = `commit: { paths: ["."], message: "x" }`;
const ON_ANY = { on: "push" };

describe("what becomes push({ … })", () => {
  test.each<[string, string, Around, string]>([
    [
      "a commit and a push",
      `${BOT}git add .\ngit commit -m "x"\ngit push`,
      {},
      `branch: "\${{ github.ref_name }}", ${COMMIT}`,
    ],
    ["a run for a tag, perhaps", `${BOT}git add .\ngit commit -m x\ngit push`, ON_ANY, `refs: ["HEAD"], ${COMMIT}`],
    ["the branch that was checked out", "git push", { checkout: "ref: dev" }, 'branch: "dev"'],
    ["its name", "git push origin dev", { checkout: "ref: dev" }, 'branch: "dev"'],
    ["another branch's name", "git push origin dev", {}, 'refs: ["dev"]'],
    ["HEAD to a branch", "git push -q origin HEAD:main", ON_ANY, 'branch: "main"'],
    [
      "HEAD to a full name",
      'git push origin "HEAD:refs/heads/$GITHUB_HEAD_REF"',
      ON_ANY,
      'branch: "${{ github.head_ref }}"',
    ],
    ["several refs", "git push origin HEAD:a HEAD:b", {}, 'refs: ["HEAD:a", "HEAD:b"]'],
    ["a lease", "git push --force-with-lease origin HEAD:bot", {}, 'branch: "bot", force: "with-lease"'],
    [
      "another folder",
      "git push",
      { checkout: "path: sub", step: ["working-directory: sub"] },
      'branch: "${{ github.ref_name }}", path: "sub"',
    ],
    [
      "another repository",
      "git push",
      { checkout: "repository: octo/other, token: '${{ secrets.BOT_PAT }}', ref: main" },
      'repository: "octo/other", branch: "main"',
    ],
    [
      "everything",
      `${BOT}git add -A\ngit commit -m x\ngit push`,
      {},
      `branch: "\${{ github.ref_name }}", commit: { paths: [":/"], message: "x" }`,
    ],
    [
      "paragraphs",
      `${BOT}git add .\ngit commit -nm "x" -m "y z"\ngit push`,
      {},
      `branch: "\${{ github.ref_name }}", commit: { paths: ["."], message: "x\\n\\ny z", noVerify: true }`,
    ],
    [
      "-c instead of git config",
      `git add .\ngit -c user.name=R -c user.email=r@x.io commit -m x\ngit push`,
      {},
      `branch: "\${{ github.ref_name }}", commit: { paths: ["."], message: "x", author: { name: "R", email: "r@x.io" } }`,
    ],
    [
      "a name from env",
      `git config user.name "$NAME"\ngit config user.email "$MAIL"\ngit add a\ngit commit -m "$X"\ngit push`,
      { step: ["env: { NAME: R, X: '${{ github.sha }}' }"], job: ["env: { MAIL: r@x.io }"] },
      `branch: "\${{ github.ref_name }}", commit: { paths: ["a"], message: "\${{ github.sha }}", author: { name: "R", email: "\${{ env.MAIL }}" } }`,
    ],
    [
      "an author from an earlier step",
      `git add a\ngit commit -m x\ngit push`,
      {
        before: [
          `run: git config --global user.name R && echo`,
          "run: |\n  git config --global user.name R\n  git config --global user.email r@x.io",
        ].slice(1),
      },
      `branch: "\${{ github.ref_name }}", commit: { paths: ["a"], message: "x", author: { name: "R", email: "r@x.io" } }`,
    ],
    [
      "a rebase in between",
      `${BOT}git add .\ngit commit -m x\ngit pull --rebase origin main\ngit push origin HEAD:main`,
      {},
      `branch: "main", ${COMMIT}`,
    ],
  ])("%s", (_, script, around, settings) => {
    const as = around.checkout?.includes("BOT_PAT") ? 'pat("BOT_PAT")' : "githubToken()";
    expect(upgraded(script, around)).toBe(`push({ as: ${as}, ${settings} })`);
  });

  const GUARDED = [
    "git diff --cached --quiet || git commit -m x\ngit push",
    "git diff --cached --quiet || (git commit -m x && git push)",
    "git diff --staged --quiet && echo same || { git commit -m x\n git push\n}",
    "git diff --cached --quiet && exit 0\ngit commit -m x\ngit push",
    "if git diff --cached --exit-code; then\n echo same\nelse\n git commit -m x\n git push\nfi",
    "if ! git diff --cached --quiet; then\n git commit -m x && git push\nfi",
    'if [ -z "$(git status --porcelain)" ]; then\n echo same\n exit 0\nfi\ngit commit -m x\ngit push',
    '[[ -n "$(git status -s)" ]] || exit 0\ngit commit -m x\ngit push',
    '[ "$(git status --porcelain)" = "" ] && exit 0\ngit commit -m x\ngit push',
    "git commit -m x || exit 0\ngit push",
    'git commit -m x || echo "nothing to commit"\ngit push',
  ];
  test.each(GUARDED)("whether there is anything to commit: %s", (script) => {
    const { upgrades, left } = planOf(`${BOT}git add .\n${script}`);
    expect(left).toEqual([]);
    expect(upgrades[0]?.push.commit).toEqual({ paths: ["."], message: "x", author: undefined, noVerify: undefined });
    expect(upgrades[0]?.differences).not.toContain("nothing to commit is a success; until now it fails the step");
  });

  test.each<[string, Around, string, string]>([
    [
      "a secret in a URL",
      { checkout: "persist-credentials: false" },
      'git push "https://x-access-token:${{ secrets.BOT_PAT }}@github.com/${{ github.repository }}" HEAD:main',
      'pat("BOT_PAT")',
    ],
    [
      "a secret in env",
      { checkout: "persist-credentials: false", step: ["env: { T: '${{ secrets.BOT_PAT }}' }"] },
      'git remote set-url origin "https://x:$T@github.com/$GITHUB_REPOSITORY.git"\ngit push origin HEAD:main',
      'pat("BOT_PAT")',
    ],
    ["a key", { checkout: "ssh-key: '${{ secrets.KEY }}'" }, "git push origin HEAD:main", 'deployKey("KEY")'],
    [
      "an App",
      {
        before: [
          "id: app\nuses: actions/create-github-app-token@v2\nwith: { app-id: '1', private-key: x }",
          "uses: actions/checkout@v5\nwith: { token: '${{ steps.app.outputs.token }}' }",
        ],
      },
      "git push origin HEAD:main",
      "appToken(app)",
    ],
  ])("who pushes: %s", (_, around, script, as) => {
    expect(upgraded(script, around)).toBe(`push({ as: ${as}, branch: "main" })`);
  });

  test("says what will be otherwise, and keeps the script's comments", () => {
    const { upgrades } = planOf(
      `# by hand\n${BOT}git add . # all\ngit status\ngit commit -m "x"\ngit push -u origin HEAD:main`,
      {
        step: ["env: { A: b }"],
      },
    );
    expect(upgrades[0]?.push.comments).toEqual(["by hand", "all"]);
    expect(upgrades[0]?.differences).toEqual([
      "nothing to commit is a success; until now it fails the step",
      "where the branch has moved on, the commits are rebased onto it and pushed again, three times at most",
      "`user.name` and `user.email` are not left in git's configuration",
      "no upstream is set for the branch",
      "git's hooks no longer see A",
      "it no longer runs `git status`",
    ]);
  });
});

describe("what is left", () => {
  const commit = (script: string) => `${BOT}git add .\n${script}\ngit push`;
  test.each<[string, Around, string]>([
    ["git push --force", {}, "a plain force overwrites"],
    ["git push origin +HEAD:main", {}, "a plain force overwrites"],
    ["git push --tags", {}, "`git push --tags` pushes in another way"],
    ["git push origin --delete old", {}, "`git push --delete` pushes"],
    ["git push origin :old", {}, "deletes a ref"],
    ["git push || true", {}, "what fails is passed over"],
    ["git push && npm publish", {}, "more than commit and push: `npm publish`"],
    ["git push\ngit fetch", {}, "the script goes on behind its push"],
    ["git push > log", {}, "writes to a file"],
    ["git -C sub push", {}, "runs git in another way"],
    ["X=$(date)\ngit push origin HEAD:$X", {}, "more than commit and push: `X=$(date)`"],
    ["git push origin HEAD:$(date)", {}, "works out a text with `$(…)`"],
    ['git push origin "HEAD:$BRANCH"', {}, "`$BRANCH` is set by the script or by an earlier step"],
    ["git config core.hooksPath x\ngit push", {}, "changes git's configuration"],
    ["git checkout -b x\ngit push -u origin x", {}, "more than commit and push: `git checkout`"],
    ["git push", { step: ["shell: pwsh"] }, "not written for bash or sh"],
    ["git push", { job: ["container: alpine"] }, "the container's user is not the one that the workspace belongs to"],
    [
      "git push",
      { job: ["container: alpine"], before: ["run: git config --global --add safe.directory '*'"] },
      "a push needs bash",
    ],
    ["git push", { step: ["background: true"] }, "in the background"],
    ["git push", { checkout: "token: '${{ secrets.A || github.token }}'" }, "where secrets.A is empty: decide first"],
    ["git push", { checkout: "persist-credentials: false" }, "GitHub sees nobody"],
    [
      "git push https://x:${{ secrets.P }}@github.com/o/r HEAD:main",
      {},
      "GitHub sees GITHUB_TOKEN, and the secret P was meant",
    ],
    [commit("git commit -am x"), {}, "leaves out new files"],
    [commit("git commit --amend -m x"), {}, "`git commit --amend` commits in another way"],
    [commit("git commit -F msg"), {}, "`git commit -F` commits in another way"],
    [commit("git commit -m x a.txt"), {}, "leaves out new files"],
    [commit("git commit -m x\ngit commit -m y"), {}, "several commits"],
    [commit("git diff --quiet || git commit -m x"), {}, "does not see new files"],
    [
      commit('[ -z "$(git status --porcelain docs)" ] || git commit -m x'),
      {},
      "asks whether docs changed, and commits .",
    ],
    [commit("git commit -m x && echo done || rm -rf x"), {}, "what fails is passed over"],
    [commit("git commit -m x >/dev/null"), {}, "writes to a file"],
    [`${BOT}git commit -m x\ngit push`, {}, "what earlier steps have added"],
    [`${BOT}git add *.md\ngit commit -m x\ngit push`, {}, "looks for files that match `*`"],
    [`${BOT}git add -u\ngit commit -m x\ngit push`, {}, "`git add -u` adds in another way"],
    [`${BOT}git add \${{ inputs.paths }}\ngit commit -m x\ngit push`, {}, "stands without quotes"],
    ["git add .\ngit commit -m x\ngit push", {}, "not to be seen who writes the commit"],
    ["git add .\ngit commit -m x\ngit push", { job: ["env: { GIT_AUTHOR_NAME: R }"] }, "GIT_AUTHOR_NAME says who"],
    [
      "git add .\ngit commit -m x\ngit push",
      { before: ["if: failure()\nrun: git config user.name R; git config user.email r"] },
      "in a way that is not plain",
    ],
    [commit("git commit -m x"), { after: ["run: git commit -am y"] }, "a later step may commit"],
    [commit("git commit -m x"), { after: ["uses: octo/unknown@v1"] }, "a later step may commit"],
    [commit("git commit -m x"), { before: ["run: git add other"] }, "an earlier script stages files"],
    [commit("git commit -m x || exit 0"), { before: ["run: git merge x"] }, "an earlier script commits"],
    [commit("git commit -m x\ngit pull --rebase origin other"), {}, "takes in another branch"],
    [commit("git commit -m x\ngit pull"), {}, "`git pull` merges"],
    ["git push origin HEAD:main\ngit push origin HEAD:x", {}, "pushes more than once"],
    ["./release.sh && git push", {}, "more than commit and push: `./release.sh`"],
  ])("%s", (script, around, reason) => {
    expect(upgraded(script, around)).toContain(reason);
    expect(upgraded(script, around)).not.toContain("push({");
  });

  test("an action that pushes", () => {
    const steps = { after: ["uses: peaceiris/actions-gh-pages@v4\nwith: { github_token: '${{ github.token }}' }"] };
    expect(upgraded("echo", steps)).toBe("the action peaceiris/actions-gh-pages@v4 pushes, and no script");
  });
});

test("docs/import.md shows what becomes of a push", () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/import.md"), "utf8");
  const [, yaml = "", typescript = ""] = /## Pushes[^]*?```yaml\n([^]*?)```[^]*?```ts\n([^]*?)```/.exec(page) ?? [];
  const [, script = ""] = /run: \|\n([^]*)/.exec(yaml) ?? [];
  const shown = typescript
    .replace(/\n {2}name: .*/, "")
    .replace(/,\n\}\);/, " })")
    .replaceAll(/\s+/g, " ")
    .trim();
  expect(upgraded(script.replaceAll(/^ {4}/gm, ""))).toBe(shown);
});

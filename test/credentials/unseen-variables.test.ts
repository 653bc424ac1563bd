import { describe, expect, it } from "vitest";
import { identitiesOf, pushesOf } from "./pushes-of.ts";

/** Who pushes, where a step stands between the checkout and a push that asks for a variable. */
function seen(step: string, push = "      - if: env.changed == 'true'\n        run: git push"): readonly string[] {
  return identitiesOf(
    pushesOf(`on: push
jobs:
  job:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - ${step.replaceAll("\n", "\n        ")}
${push}
`),
  );
}

const UNSEEN = [
  "run: python build.py",
  "run: ./ci/build.sh",
  "run: npm run detect",
  "run: make changes",
  `run: node -e "require('fs').appendFileSync(process.env.GITHUB_ENV, 'changed=true')"`,
  `run: jq -r .line file.json >> "$GITHUB_ENV"`,
  "shell: python\nrun: |\n  import os\n  open(os.environ['GITHUB_ENV'], 'a').write('changed=true')",
  `shell: pwsh\nrun: '"changed=true" >> $env:GITHUB_ENV'`,
  "uses: some/detect-changes@v1",
  "uses: ./actions/not-in-sight",
  "uses: docker://alpine",
  "uses: actions/github-script@v8\nwith:\n  script: core.exportVariable('changed', 'true')",
];

describe("a variable that something out of sight may have set", () => {
  it.each(UNSEEN)("keeps the push that a condition lets through: %s", (step) => {
    expect(seen(step)).toEqual(["github-token"]);
  });

  it.each(UNSEEN)("keeps the push behind a test of the shell: %s", (step) => {
    const script = `      - run: |\n          if [ "$changed" != true ]; then exit 0; fi\n          git push`;
    expect(seen(step, script)).toEqual(["github-token"]);
  });

  it("is no credential that anybody knows", () => {
    const push = "      - run: git push https://x:$DEPLOY_TOKEN@github.com/octo/app HEAD:main";
    const pushes = pushesOf(`on: push
jobs:
  job:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with: { persist-credentials: false }
      - uses: some/vault-action@v1
${push}
`);
    expect(identitiesOf(pushes)).toEqual(["unknown"]);
    expect(JSON.stringify(pushes[0]?.evidence)).toContain("DEPLOY_TOKEN");
  });
});

describe("a word that nothing in sight sets", () => {
  it.each([
    ['git push $DRY origin "v$VERSION"'],
    ["git push $GIT_PUSH_ARGS"],
    ["git push ${FORCE:+--force} origin main"],
    ['git push "${REMOTE:-origin}" HEAD:main'],
    ['cd "${OUT:-.}" && git push'],
    ['git config user.name "$BOT_NAME" && git push'],
  ])("is left out where git's own arguments may stand: %s", (script) => {
    expect(seen("uses: some/detect-changes@v1", `      - run: |\n          ${script}`)).toEqual(["github-token"]);
  });

  it("is unknown where it is what is pushed to", () => {
    const push = (words: string): readonly string[] => seen("uses: some/action@v1", `      - run: git push ${words}`);
    expect(push('"$REMOTE_URL" HEAD:main')).toEqual(["unknown"]);
    expect(push("$REMOTE_URL HEAD:main")).toEqual(["unknown"]);
  });
});

describe("a variable that nothing can have set", () => {
  it.each([
    "run: echo nothing",
    "uses: actions/setup-node@v4",
    "uses: actions/github-script@v8\nwith:\n  script: core.info('nothing')",
  ])("is empty, and no push comes of it: %s", (step) => {
    expect(seen(step)).toEqual([]);
  });

  it("is one of the script's own that it has not set yet", () => {
    const script = `      - run: |\n          if [ -z "$found" ]; then exit 0; fi\n          found=1\n          git push`;
    expect(seen("uses: some/detect-changes@v1", script)).toEqual([]);
  });
});

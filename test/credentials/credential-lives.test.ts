import { describe, expect, it } from "vitest";
import { openCatalog } from "../../src/actions/catalog.ts";
import { credentialLives, type CredentialLife } from "../../src/credentials/lives/credential-lives.ts";
import { readFile } from "../../src/read/read-file.ts";

const catalog = await openCatalog();

function livesOf(job: string): readonly string[] {
  const text = `on: push\njobs:\n  build:\n${job.replace(/^(?=.)/gm, "    ")}\n`;
  const path = ".github/workflows/ci.yml";
  const { node } = readFile(path, text);
  if (node === undefined) throw new Error("the workflow is not readable");
  return credentialLives(path, node, { catalog }).map(print);
}

function print({ identity, place, from, to, endedBy, isPerhaps }: CredentialLife): string {
  const name = "name" in identity ? `${identity.kind} ${identity.name}` : identity.kind;
  const where = "file" in place ? place.file + ("key" in place ? ` ${place.key}` : "") : `${place.kind} ${place.name}`;
  const end = endedBy === undefined ? "end" : `ended by ${endedBy}`;
  return `${name}: ${where}: ${from ?? "start"}-${to}, ${end}${isPerhaps ? ", perhaps" : ""}`;
}

const HEADER = "http.https://github.com/.extraheader";

describe("the lives of credentials", () => {
  it.each<[what: string, job: string, lives: readonly string[]]>([
    [
      "the header of a checkout up to version 5 stays in .git/config",
      `
steps:
  - uses: actions/checkout@v5
  - run: make`,
      [`github-token: .git/config ${HEADER}: 0-1, end`],
    ],
    [
      "that of version 6 in a file of its own",
      `
steps:
  - run: echo hello
  - uses: actions/checkout@v6`,
      [`github-token: $RUNNER_TEMP/git-credentials-build-1.config ${HEADER}: 1-1, end`],
    ],
    [
      "nothing is kept where nothing is persisted, and a step's variable ends with it",
      `
steps:
  - uses: actions/checkout@v5
    with: { persist-credentials: false }
  - run: git push "https://x-access-token:$PAT@github.com/octo/app" HEAD:main
    env: { PAT: "\${{ secrets.PAT }}" }`,
      ["pat PAT: step-variable PAT: 1-1, ended by 1"],
    ],
    [
      "what an action is given, and what it keeps of it",
      `
steps:
  - uses: actions/checkout@v4
    with: { token: "\${{ secrets.PAT }}", path: app }
  - run: git -C app config --unset-all ${HEADER}
  - run: make`,
      ["pat PAT: input token: 0-0, ended by 0", `pat PAT: app/.git/config ${HEADER}: 0-1, ended by 1`],
    ],
    [
      "files, variables and outputs that scripts write",
      `
env: { TOKEN: "\${{ secrets.PAT }}" }
steps:
  - uses: actions/create-github-app-token@v2
    id: app
    with: { app-id: 1, private-key: "\${{ secrets.KEY }}" }
  - run: |
      echo "machine github.com login x password $TOKEN" > ~/.netrc
      echo "PUSH_TOKEN=\${{ steps.app.outputs.token }}" >> "$GITHUB_ENV"
  - run: rm ~/.netrc`,
      [
        "pat PAT: variable TOKEN: start-2, end",
        "pat KEY: input private-key: 0-0, ended by 0",
        "app app: output steps.app.outputs.token: 0-2, end",
        "pat PAT: ~/.netrc: 1-2, ended by 2",
        "app app: variable PUSH_TOKEN: 1-2, end",
      ],
    ],
    [
      "what hangs on a condition is perhaps there",
      `
steps:
  - uses: actions/checkout@v5
    if: github.actor == 'octo'
  - run: make`,
      [`github-token: .git/config ${HEADER}: 0-1, end, perhaps`],
    ],
    [
      "a matrix is one job",
      `
strategy: { matrix: { persist: [true, false] } }
steps:
  - uses: actions/checkout@v5
    with: { persist-credentials: "\${{ matrix.persist }}" }`,
      [`github-token: .git/config ${HEADER}: 0-0, end, perhaps`],
    ],
  ])("%s", (_, job, lives) => {
    expect(livesOf(job)).toEqual(lives);
  });
});

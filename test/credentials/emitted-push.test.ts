import { beforeAll, describe, expect, it } from "vitest";
import { openCatalog, type Catalog } from "../../src/actions/catalog.ts";
import { analyzeFile } from "../../src/credentials/analyze-file.ts";
import type { PushCredential, PushPlan } from "../../src/define/push/push-plan.ts";
import { pushScript } from "../../src/define/push/push-script.ts";
import { readFile } from "../../src/read/read-file.ts";

/** The YAML that a `push({...})` becomes, behind the steps of a starting state. */
function workflow(plan: PushPlan, before: readonly string[]): string {
  const { script, env, shell } = pushScript(plan);
  const lines = [
    "on: workflow_dispatch",
    "jobs:",
    "  push:",
    "    runs-on: ubuntu-latest",
    "    steps:",
    "      - id: app",
    "        uses: actions/create-github-app-token@v2",
    "        with: { app-id: '1', private-key: x }",
    ...before.flatMap((step) => step.split("\n").map((line, at) => (at === 0 ? `      - ${line}` : `        ${line}`))),
    "      - name: push",
    `        shell: ${shell}`,
    "        env:",
    ...env.map(([name, value]) => `          ${name}: ${JSON.stringify(value)}`),
    "        run: |",
    ...script
      .trimEnd()
      .split("\n")
      .map((line) => `          ${line}`),
  ];
  return `${lines.join("\n")}\n`;
}

const CREDENTIALS: readonly { credential: PushCredential; token: string; identity: object }[] = [
  { credential: { kind: "github-token" }, token: "github.token", identity: { kind: "github-token" } },
  { credential: { kind: "pat", secret: "BOT" }, token: "secrets.BOT", identity: { kind: "pat", name: "BOT" } },
  { credential: { kind: "app" }, token: "steps.app.outputs.token", identity: { kind: "app", name: "app" } },
  { credential: { kind: "deploy-key", secret: "KEY" }, token: "secrets.KEY", identity: { kind: "ssh", name: "KEY" } },
];

const HEADER = `$(printf 'x-access-token:%s' \${{ secrets.OTHER }} | base64 -w0)`;

/** What may be configured when the push begins: the last section of the design's credentials.md. */
const STATES: Readonly<Record<string, readonly string[]>> = {
  "version 5's checkout": ["uses: actions/checkout@v5"],
  "version 7's checkout": ["uses: actions/checkout@v7"],
  "no persisted credential": ["uses: actions/checkout@v7\nwith: { persist-credentials: false }"],
  "a header of the owner": [
    "uses: actions/checkout@v5",
    `run: 'git config --global "http.https://github.com/octo/.extraheader" "AUTHORIZATION: basic ${HEADER.replaceAll("'", "''")}"'`,
  ],
  "a generic header": [
    "uses: actions/checkout@v5\nwith: { persist-credentials: false }",
    `run: 'git config --global http.extraheader "AUTHORIZATION: basic ${HEADER.replaceAll("'", "''")}"'`,
  ],
  "a .netrc": [
    "uses: actions/checkout@v5\nwith: { persist-credentials: false }",
    "run: echo 'machine github.com login x password ${{ secrets.OTHER }}' > ~/.netrc",
  ],
  "a helper": ["uses: actions/checkout@v5\nwith: { persist-credentials: false }", "run: gh auth setup-git"],
  "insteadOf to a token": [
    "uses: actions/checkout@v5",
    'run: git config --global url."https://x:${{ secrets.OTHER }}@github.com/".insteadOf https://github.com/',
  ],
  "insteadOf to ssh": [
    "uses: actions/checkout@v5",
    "run: git config --global url.git@github.com:.insteadOf https://github.com/",
  ],
};

const PLANS: Readonly<Record<string, Partial<PushPlan>>> = {
  "a branch": { branch: "main" },
  "a branch with a lease": { branch: "main", force: "with-lease" },
  "a branch after a commit": {
    branch: "main",
    commit: { paths: ["a"], message: "b", author: { name: "c", email: "d@example.com" } },
  },
  "a tag": { tag: "v1" },
  refs: { refs: ["HEAD:refs/heads/a", "HEAD:refs/heads/b"] },
  "another repository": { branch: "main", repository: "octo/lib" },
};

describe("the script that push() becomes, read from its YAML", () => {
  let catalog: Catalog;
  beforeAll(async () => void (catalog = await openCatalog()));

  const identify = (plan: PushPlan, before: readonly string[]) => {
    const path = ".github/workflows/push.yml";
    const { node, problems } = readFile(path, workflow(plan, before));
    expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
    return analyzeFile(path, node!, { catalog, repository: "octo/app" }).pushes;
  };

  const cases = CREDENTIALS.flatMap(({ credential, token, identity }) =>
    Object.entries(STATES).map(([state, before]) => ({
      as: credential.kind,
      state,
      before,
      credential,
      token,
      identity,
    })),
  );
  it.each(cases)("as $as, with $state", ({ credential, token, identity, before }) => {
    const plan: PushPlan = { credential, tokenExpression: `\${{ ${token} }}`, branch: "main" };
    const pushes = identify(plan, before);
    expect(pushes.map((push) => [push.identity, push.verdict])).toEqual([[identity, "as-intended"]]);
  });

  it.each(Object.entries(PLANS))("pushing %s", (_, more) => {
    const plan: PushPlan = {
      credential: { kind: "pat", secret: "BOT" },
      tokenExpression: "${{ secrets.BOT }}",
      ...more,
    };
    const pushes = identify(plan, STATES["version 7's checkout"] ?? []);
    expect(pushes.map((push) => [push.identity, push.verdict])).toEqual([
      [{ kind: "pat", name: "BOT" }, "as-intended"],
    ]);
  });
});

import { afterEach, describe, expect, it } from "vitest";
import { sarifErrors, schemaErrors } from "../report/validate.ts";
import { ProjectFolder } from "./project-folder.ts";

let project: ProjectFolder;
afterEach(() => project.delete());

const workflow = (steps: string): string => `on: workflow_dispatch
permissions: { contents: write }
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
${steps.replace(/^/gm, "      ")}
`;
const AS_PAT = workflow(
  "- uses: actions/checkout@v5\n  with: { token: '${{ secrets.BOT }}' }\n- run: git push origin HEAD:main",
);
const AS_APP = workflow(`- id: mint
  uses: actions/create-github-app-token@v2
  with: { app-id: "\${{ vars.APP_ID }}", private-key: "\${{ secrets.APP_KEY }}" }
- uses: actions/checkout@v5
  with: { token: "\${{ steps.mint.outputs.token }}" }
- run: git push origin HEAD:main`);
const AS_KEY = workflow(
  "- uses: actions/checkout@v5\n  with: { ssh-key: '${{ secrets.KEY }}' }\n- run: git push origin HEAD:main",
);

const ACTORS = [
  { actor_type: "Integration", actor_id: 7, bypass_mode: "always" },
  { actor_type: "DeployKey", actor_id: null, bypass_mode: "always" },
  { actor_type: "RepositoryRole", actor_id: 5, bypass_mode: "always" },
];

interface Told {
  readonly unused: readonly { readonly kind: string; readonly name: string }[];
  readonly undecided: readonly { readonly kind: string; readonly name: string; readonly text: string }[];
  readonly lacks: readonly { readonly text: string }[];
  readonly findings: readonly { readonly ruleId: string; readonly span: object }[];
}

function audit(
  inventory: object,
  yaml: string,
  more: Readonly<Record<string, string>> = {},
): Told & { readonly code: number | null } {
  expect(schemaErrors("inventory.schema.json", inventory)).toEqual([]);
  project = new ProjectFolder({
    ".github/workflows/a.yml": yaml,
    "inventory.json": JSON.stringify(inventory, null, 2),
    ...more,
  });
  const { code, out } = project.run(["audit", "--inventory", "inventory.json", "--format", "json"]);
  const told = JSON.parse(out) as Told;
  project.delete();
  return { ...told, code };
}
const names = (list: Told["unused"]): readonly string[] => list.map(({ kind, name }) => `${kind} ${name}`);

describe("what nothing uses", () => {
  it("is a secret that no workflow, action or source names, whatever its letters' case", () => {
    const { unused, code } = audit({ version: 1, secrets: ["bot", "OLD"], variables: ["V", "W"] }, AS_PAT, {
      ".github/actions/x/action.yml":
        "name: x\ndescription: x\nruns: { using: composite, steps: [{ run: 'echo ${{ vars.W }}', shell: bash }] }\n",
    });
    expect([code, names(unused)]).toEqual([1, ["secret OLD", "variable V"]]);
  });

  it("is a bypass actor that no push goes out as, but for people", () => {
    const rulesets = [{ name: "main", enforcement: "active", rules: [{ type: "update" }], bypass_actors: ACTORS }];
    const { unused, findings } = audit({ rulesets }, AS_PAT);
    expect(names(unused)).toEqual([
      'bypass-actor App 7 in the ruleset "main"',
      'bypass-actor a deploy key in the ruleset "main"',
    ]);
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(expect.arrayContaining(["orphan-bypass-actor"]));
  });

  it("is nothing where everything is used", () => {
    const inventory = {
      secrets: ["APP_KEY"],
      variables: { total_count: 1, variables: [{ name: "APP_ID" }] },
      apps: [{ id: 7, secrets: ["APP_KEY"] }],
      bypassActors: ACTORS.slice(0, 1),
    };
    expect(audit(inventory, AS_APP)).toMatchObject({ code: 0, unused: [], undecided: [], lacks: [] });
  });

  it("is unknown where nobody can tell", () => {
    expect(audit({ apps: [{ id: 7 }], bypass_actors: ACTORS.slice(0, 1) }, AS_APP)).toMatchObject({
      code: 0,
      unused: [],
      undecided: [
        { kind: "app", text: expect.stringContaining("APP_KEY") },
        { kind: "bypass-actor", text: expect.stringContaining("is not declared") },
      ],
    });
    expect(audit({ bypassActors: ACTORS.slice(1, 2) }, AS_KEY).undecided).toHaveLength(1);
    const reads = AS_PAT.replace("HEAD:main", "HEAD:main\n      - run: echo '${{ toJSON(secrets) }}'");
    expect(audit({ secrets: ["BOT", "OLD"] }, reads)).toMatchObject({ unused: [], undecided: [{ name: "OLD" }] });
    const inherits = `${AS_PAT}  b:\n    uses: octo/x/.github/workflows/y.yml@v1\n    secrets: inherit\n`;
    expect(audit({ secrets: ["BOT", "OLD"] }, inherits).undecided).toHaveLength(1);
  });
});

describe("what a push lacks", () => {
  it("is a secret that there is none of", () => {
    const { lacks, code } = audit({ secrets: ["OTHER"] }, AS_PAT);
    expect(code).toBe(1);
    expect(lacks.map(({ text }) => text)).toContain("the secret BOT: the inventory has none of that name");
    expect(audit({ secrets: [], organizationSecrets: ["BOT"] }, AS_PAT).lacks).toEqual([]);
  });

  it("is a bypass, and the right to write", () => {
    const rulesets = [{ name: "main", enforcement: "active", rules: [{ type: "pull_request" }], bypass_actors: [] }];
    const own = AS_PAT.replace(/\n +with:.*/, "");
    expect(audit({ rulesets }, own).lacks).toMatchObject([
      { text: expect.stringContaining('a way past pull_request of "main"') },
    ]);
    const reads = own.replace("contents: write", "contents: read");
    expect(audit({ secrets: [] }, reads).lacks).toMatchObject([
      { text: expect.stringContaining("the right to write") },
    ]);
  });
});

describe("the inventory", () => {
  const said = (text: string): string => {
    project = new ProjectFolder({ ".github/workflows/a.yml": AS_PAT, "inventory.json": text });
    const { code, out, err } = project.run(["audit", "--inventory", "inventory.json"]);
    expect([code, out]).toEqual([2, ""]);
    return err;
  };
  it.each([
    ["[]", "inventory.json:1:1 an inventory is an object"],
    ["{", "inventory.json:1:"],
    ['{\n  "secret": ["A"]\n}', "inventory.json:2:"],
    ['{\n  "secrets": [1]\n}', 'inventory.json:2:15 this is a name, or an object with one: { "name": "BOT_TOKEN" }'],
    ['{ "apps": [{}] }', "an App is an object with its number"],
    ['{ "bypassActors": [{ "actor_id": 1 }] }', "a bypass actor is as GitHub has it"],
    ['{ "rulesets": [{ "name": "a",\n "enforcement": "of", "rules": [] }] }', "inventory.json:2:17 `enforcement`"],
    ["{}", "an inventory has one of secrets"],
  ])("that is wrong is pointed into: %s", (text, expected) => expect(said(text)).toContain(expected));

  it("that is not there is said to be", () => {
    project = new ProjectFolder({ ".github/workflows/a.yml": AS_PAT });
    expect(project.run(["audit", "--inventory", "lost.json"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("lost.json"),
    });
    expect(project.run(["audit"])).toMatchObject({ code: 2, err: expect.stringContaining("--inventory") });
  });
});

it("speaks SARIF", () => {
  project = new ProjectFolder({ ".github/workflows/a.yml": AS_PAT, "inventory.json": '{ "secrets": ["OLD"] }' });
  const { out } = project.run(["audit", "--inventory", "inventory.json", "--format", "sarif"]);
  expect(sarifErrors(JSON.parse(out))).toEqual([]);
  expect(out).toContain('"ruleId": "orphan-secret"');
});

import { afterEach, describe, expect, it } from "vitest";
import { sarifErrors, schemaErrors } from "../report/validate.ts";
import { ProjectFolder } from "./project-folder.ts";
import { releaseSource } from "../release-source.ts";

let project: ProjectFolder;
afterEach(() => project.delete());

const HIJACKED = `on: { push: { branches: [main] } }
permissions: { contents: write }
jobs:
  refresh:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - name: Commit the map
        env: { MAP_TOKEN: "\${{ secrets.MAP_TOKEN }}" }
        run: |
          git commit -am "refresh the map"
          git push "https://x-access-token:$MAP_TOKEN@github.com/octo/app.git" HEAD:main
`;
const FINE = `on: workflow_dispatch
jobs:
  pages:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - run: git push origin HEAD:gh-pages
`;
const NONE = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: [{ run: make }]\n";

const fits = (text: string, width: number): readonly string[] => text.split("\n").filter((line) => line.length > width);

describe("flowkeep pushes, with nothing configured", () => {
  it("says one line for each push, then what is wrong and how it comes to that", () => {
    project = new ProjectFolder({ ".github/workflows/map.yml": HIJACKED, ".github/workflows/pages.yaml": FINE });
    const { code, out, err } = project.run(["pushes"]);
    expect([code, err]).toEqual([1, ""]);
    expect(out.split("\n").slice(0, 3)).toEqual([
      "  workflow    job      to             GitHub sees",
      "✗ map.yml     refresh  octo/app main  GITHUB_TOKEN, not MAP_TOKEN",
      "✓ pages.yaml  pages    gh-pages       GITHUB_TOKEN",
    ]);
    expect(out).toContain(".github/workflows/map.yml:12:11\n");
    expect(out).toContain(".github/workflows/map.yml:7:15\n");
    expect(out).toContain("2 pushes in 2 of 2 files: 1 error");
    expect(fits(out, 80)).toEqual([]);
    expect(project.files()).toEqual({ ".github/workflows/map.yml": HIJACKED, ".github/workflows/pages.yaml": FINE });
  });

  it("finds in a push of an action what is wrong with the job that uses it, and nothing with the others", () => {
    const uses = '- uses: ./.github/actions/bump\n        with: { token: "${{ secrets.PAT }}" }';
    const job = (id: string, inputs: string): string =>
      `  ${id}:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n${inputs}      ${uses}\n`;
    project = new ProjectFolder({
      ".github/workflows/bump.yml": `on: workflow_dispatch\njobs:\n${job("bad", "")}${job("good", "        with: { persist-credentials: false }\n")}`,
      ".github/actions/bump/action.yml": `name: bump
description: Pushes
inputs: { token: { description: Whose, required: true } }
runs:
  using: composite
  steps:
    - shell: bash
      run: git push "https://x:\${{ inputs.token }}@github.com/octo/app" HEAD:main
`,
    });
    const { out } = project.run(["pushes"]);
    expect(out.split("\n").slice(1, 3)).toEqual([
      "✗ bump.yml  bad   octo/app main  GITHUB_TOKEN, not PAT",
      "✓ bump.yml  good  octo/app main  PAT",
    ]);
    expect(out.match(/\[push-hijacked\]/g)).toHaveLength(1);
    expect(project.run(["lint", "--fix"]).out).toContain("fixed 1 finding in 1 file\n");
    expect(project.read(".github/workflows/bump.yml")).toContain(
      "checkout@v5\n        with:\n          persist-credentials: false\n      - uses: ./.github",
    );
    expect(project.run(["pushes"]).out).toContain("✓ bump.yml  bad   octo/app main  PAT\n");
  });

  it("explains every push", () => {
    project = new ProjectFolder({ ".github/workflows/pages.yaml": FINE });
    const { code, out } = project.run(["pushes", "--explain"]);
    expect(code).toBe(0);
    expect(out.replace(/\s+/g, " ")).toContain(
      "GitHub sees GITHUB_TOKEN (github-actions[bot]); nothing in the workflow says who is meant.",
    );
    expect(out).toMatch(/how it comes to that\n +1 \.github\/workflows\/pages\.yaml:6:15\n/);
    expect(out).toContain("it starts no workflow");
    expect(fits(out, 80)).toEqual([]);
  });

  it("is content where nothing is pushed", () => {
    project = new ProjectFolder({ ".github/workflows/ci.yml": NONE });
    const { code, out } = project.run(["pushes"]);
    expect([code, out]).toEqual([0, "No push in 1 file: nothing here pushes with git.\n"]);
  });

  it("fails where there is nothing to look at", () => {
    project = new ProjectFolder({ "README.md": "" });
    expect(project.run(["pushes"])).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringMatching(/^flowkeep: there is no workflow/),
    });
    expect(project.run(["pushes", "nowhere"])).toMatchObject({ code: 2, out: "" });
  });

  it("takes single files, folders and whole repositories", () => {
    project = new ProjectFolder({
      "a/.github/workflows/map.yml": HIJACKED,
      "b/.github/workflows/pages.yml": FINE,
      "c/pages.yml": FINE,
    });
    expect(project.run(["pushes", "a", "b"]).out).toContain("2 pushes in 2 of 2 files");
    expect(project.run(["pushes", "c/pages.yml"]).out).toContain("1 push in 1 of 1 file");
    expect(project.run(["pushes", "--cwd", "a", "b"]).out).toMatch(/^\.\.\/b\n {2}workflow/);
  });

  it("colours for terminals only, and says the same without", () => {
    project = new ProjectFolder({ ".github/workflows/map.yml": HIJACKED });
    const plain = project.run(["pushes"]).out;
    const colored = project.run(["pushes"], { FORCE_COLOR: "1" }).out;
    expect(colored).toContain("\u001b[31m✗\u001b[39m");
    expect(colored.replaceAll(/\u001b\[\d+m/g, "")).toBe(plain);
    expect(project.run(["pushes", "--no-color"], { FORCE_COLOR: "1" }).out).toBe(plain);
  });

  it("lets nothing of a workflow steer the terminal", () => {
    const evil = FINE.replace("- run: git push", '- name: "\\e[2Jgone\\u202e"\n        run: git push');
    project = new ProjectFolder({ ".github/workflows/evil.yml": evil });
    const { out } = project.run(["pushes", "--explain"]);
    expect(out).toContain("\\x1b[2Jgone\\u{202e}");
    expect(out).not.toMatch(/[\u001b\u202e]/);
  });
});

describe("in a folder of a repository", () => {
  const PUSH = `on: workflow_dispatch
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - run: git push
`;
  const files = { ".github/workflows/a.yml": PUSH, "packages/x/readme": "", "packages/x/other.yml": PUSH };

  it.each(["packages/x", ".github/workflows", "packages"])("looks at the whole of it, from %s", (folder) => {
    project = new ProjectFolder(files);
    for (const args of [["pushes"], ["lint"], ["pushes", "--format", "json"]])
      expect(project.run(args, {}, folder)).toEqual(project.run(args));
    const inventory = project.path("inventory.json");
    project.write({ "inventory.json": '{ "version": 1, "secrets": [{ "name": "OLD" }] }' });
    const audited = project.run(["audit", "--inventory", inventory], {}, folder);
    expect(audited.out).toContain("OLD");
    expect(audited).toEqual(project.run(["audit", "--inventory", inventory]));
  });

  it("takes paths from that folder, and stays where it is told to", () => {
    project = new ProjectFolder(files);
    const { out } = project.run(["pushes", "a.yml", "--format", "json"], {}, ".github/workflows");
    expect(JSON.parse(out)).toMatchObject({ pushes: [{ workflow: ".github/workflows/a.yml" }] });
    expect(project.run(["pushes", "--cwd", "."], {}, "packages/x").code).toBe(2);
    project.write({ "packages/x/.github/workflows/b.yml": PUSH });
    expect(project.run(["pushes"], {}, "packages/x").out).toContain("b.yml");
  });
});

describe("flowkeep pushes --format json", () => {
  it("tells everything", () => {
    project = new ProjectFolder({ ".github/workflows/map.yml": HIJACKED });
    const { code, out } = project.run(["pushes", "--format", "json"]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      pushes: [
        {
          workflow: ".github/workflows/map.yml",
          job: "refresh",
          step: 1,
          stepName: "Commit the map",
          span: { file: ".github/workflows/map.yml", startLine: 12, startColumn: 11, endLine: 12 },
          command: 'git push "https://x-access-token:$MAP_TOKEN@github.com/octo/app.git" HEAD:main',
          target: { repository: "octo/app", ref: "main" },
          identity: { kind: "github-token" },
          alternatives: [],
          intended: { kind: "pat", name: "MAP_TOKEN" },
          verdict: "hijacked",
          evidence: expect.arrayContaining([
            { span: expect.objectContaining({ startLine: 7 }), text: expect.any(String) },
          ]),
          consequences: {
            ruleset: "unknown",
            mayWrite: "yes",
            triggersWorkflows: "no",
            mayEditWorkflows: "no",
            startsItself: "no",
          },
        },
      ],
    });
  });
});

describe("other formats", () => {
  const MANY = [HIJACKED, FINE, HIJACKED.replace("checkout@v5", "checkout@v9.9.9-none"), "on: [push\njobs: git push"];
  const files = Object.fromEntries(MANY.map((text, at) => [`.github/workflows/w${at}.yml`, text]));

  it("JSON fits its schema, whatever is found", () => {
    project = new ProjectFolder(files);
    const { code, out } = project.run(["pushes", "--format", "json"]);
    expect(code).toBe(2);
    const json = JSON.parse(out) as { pushes: readonly object[]; findings: readonly object[] };
    expect(schemaErrors("pushes.schema.json", json)).toEqual([]);
    expect([json.pushes.length > 2, json.findings.length > 0]).toEqual([true, true]);
    expect(
      schemaErrors("pushes.schema.json", { version: 1, findings: [], pushes: [{ ...json.pushes[0], verdict: "?" }] }),
    ).not.toEqual([]);
  });

  it("SARIF fits its schema", () => {
    project = new ProjectFolder(files);
    const { out } = project.run(["pushes", "--format", "sarif"]);
    expect(sarifErrors(JSON.parse(out))).toEqual([]);
    expect(out).toContain('"ruleId": "push-hijacked"');
  });

  it("annotates, and writes a table into the job's summary, in a GitHub Actions run", () => {
    project = new ProjectFolder({ ".github/workflows/map.yml": HIJACKED });
    const summary = project.path("summary.md");
    const { code, out } = project.run(["pushes"], { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: summary });
    expect(code).toBe(1);
    expect(out).toMatch(
      /^::error file=\.github\/workflows\/map\.yml,line=12,.*title=flowkeep push-hijacked::GitHub sees/,
    );
    expect(project.read("summary.md")).toMatch(
      /^### Who pushes\n\n.*\n.*\n\| ✗ \| \.github\/workflows\/map\.yml \| refresh \| octo\/app main \| GITHUB&#95;TOKEN, not MAP&#95;TOKEN \|\n/,
    );
  });

  it("analyses YAML, and runs no source, where the run has a stranger's code and the repository's secrets", () => {
    project = new ProjectFolder({
      ".github/workflows/map.yml": HIJACKED,
      "workflows-src/evil.ts": "throw new Error('ran')",
    });
    const env = { GITHUB_ACTIONS: "true", GITHUB_EVENT_NAME: "pull_request_target" };
    const { out, err } = project.run(["pushes", "--format", "text"], env);
    expect(out).toContain("GITHUB_TOKEN, not MAP_TOKEN");
    expect(out + err).not.toContain("ran");
  });
});

describe("with a config", () => {
  const config = (more: object) => JSON.stringify({ repository: "octo/app", defaultBranch: "main", ...more });
  const RULESET = {
    name: "protect main",
    enforcement: "active",
    conditions: { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } },
    bypass_actors: [{ actor_type: "OrganizationAdmin", actor_id: 1 }],
    rules: [{ type: "pull_request" }],
  };

  it("says what the rulesets reject", () => {
    project = new ProjectFolder({
      ".github/workflows/map.yml": HIJACKED,
      "flowkeep.config.json": config({ rulesets: ["main.json"] }),
      "main.json": JSON.stringify(RULESET),
    });
    const { out } = project.run(["pushes"]);
    expect(out).toContain("GITHUB_TOKEN, not MAP_TOKEN (rejected: pull_request)");
  });

  it("points into a ruleset that is wrong", () => {
    project = new ProjectFolder({
      ".github/workflows/map.yml": HIJACKED,
      "flowkeep.config.json": config({ rulesets: ["main.json", "lost.json", "broken.json"] }),
      "main.json": '{\n  "name": "a",\n  "enforcement": "activ",\n  "rules": []\n}\n',
      "broken.json": "{",
    });
    const { code, err } = project.run(["pushes"]);
    expect(code).toBe(2);
    expect(err).toContain('main.json:3:18 error `enforcement` is "activ": did you mean active?');
    expect(err).toContain("lost.json:1:1 error there is no such file");
    expect(err).toMatch(/broken\.json:1:\d error this is no JSON/);
  });
});

describe("actions that the config tells of", () => {
  const WORKFLOW = `on: workflow_dispatch
permissions: { contents: write }
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
      - uses: acme/release-action@v2
        with: { token: "\${{ secrets.PAT }}" }
`;
  const RELEASE = {
    uses: "Acme/release-action",
    from: "v2",
    env: { TOKEN: "inputs.token", REPOSITORY: "github.repository" },
    run: 'git push "https://x-access-token:$TOKEN@github.com/$REPOSITORY" HEAD:main',
  };
  const listed = (pushActions: readonly object[]): readonly string[] => {
    project.write({ "flowkeep.config.json": JSON.stringify({ repository: "octo/app", pushActions }) });
    const { out } = project.run(["pushes", "--format", "json"]);
    const { pushes } = JSON.parse(out) as { pushes: { verdict: string; target: { ref: string } }[] };
    return pushes.map(({ verdict, target }) => `${verdict} ${target.ref}`);
  };

  it("push as it says, by version; and what is kept of an earlier run is not taken for another table", () => {
    project = new ProjectFolder({ ".github/workflows/a.yml": WORKFLOW, "node_modules/x": "" });
    expect(listed([])).toEqual([]);
    expect(listed([RELEASE])).toEqual(["hijacked main"]);
    expect(listed([{ ...RELEASE, run: RELEASE.run.replace("main", "next") }])).toEqual(["hijacked next"]);
    expect(listed([{ ...RELEASE, from: "v3" }])).toEqual([]);
    expect(listed([{ ...RELEASE, before: "v3" }, { uses: "acme/release-action" }])).toEqual(["hijacked main"]);
  });

  it("go before those that flowkeep knows, and mint tokens", () => {
    const text = WORKFLOW.replace("acme/release-action@v2", "EndBug/add-and-commit@v9");
    project = new ProjectFolder({ ".github/workflows/a.yml": text });
    expect(listed([])).toEqual(["undeclared null"]);
    expect(listed([{ uses: "endbug/add-and-commit" }])).toEqual([]);
    const minted = `on: workflow_dispatch
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - { id: app, uses: acme/app-token@v1 }
      - uses: actions/checkout@v6
        with: { token: "\${{ steps.app.outputs.token }}" }
      - run: git push origin HEAD:main
`;
    project.write({ ".github/workflows/a.yml": minted });
    expect(listed([{ uses: "acme/app-token", mints: ["token"] }])).toEqual(["as-intended main"]);
  });
});

describe("where nothing pushes", () => {
  it("names a file that cannot be read, and says of none that it pushes nothing", () => {
    const calm = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n";
    project = new ProjectFolder({ ".github/workflows/calm.yml": calm });
    expect(project.run(["pushes"])).toEqual({
      code: 0,
      out: "No push in 1 file: nothing here pushes with git.\n",
      err: "",
    });
    project.write({ ".github/workflows/broken.yml": "on: push\njobs:\n  a:\n   runs-on: x\n  steps: [\n" });
    for (const _ of ["first run", "second run"]) {
      const { code, out, err } = project.run(["pushes"]);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toMatch(/^\.github\/workflows\/broken\.yml:6:1 error .*\[invalid-yaml\]\n$/);
    }
    // Also where another file does push, if it was asked for by name.
    project.write({ ".github/workflows/push.yml": calm.replace("run: make", "run: git push") });
    const named = ["push", "broken"].map((name) => `.github/workflows/${name}.yml`);
    expect(project.run(["pushes", ...named])).toMatchObject({
      code: 2,
      err: expect.stringContaining("broken.yml:6:1 error") as string,
    });
  });
});

describe("a second run", () => {
  it("says the same from what the first one kept, and again after a script has changed", () => {
    project = new ProjectFolder({
      ".github/workflows/map.yml": HIJACKED,
      ".github/workflows/script.yml": FINE.replace("git push origin HEAD:gh-pages", "bash ci/push.sh"),
      "ci/push.sh": "git push origin HEAD:pages\n",
    });
    const env = { FLOWKEEP_CACHE: "kept" };
    const first = project.run(["pushes", "--format", "json"], env);
    expect(Object.keys(project.files())).toContainEqual(expect.stringMatching(/^kept\/answers-\w+\.cache$/));
    expect(project.run(["pushes", "--format", "json"], env)).toEqual(first);
    project.write({ "ci/push.sh": "git push origin HEAD:docs\n" });
    expect(project.run(["pushes"], env).out).toContain("docs");
  });
});

describe("the ledger, generated/pushes.md", () => {
  const SOURCE = releaseSource(['run({ run: "make" })', 'push({ as: pat("BOT"), branch: "main" })']);
  const lines = (): readonly string[] =>
    project
      .read("generated/pushes.md")
      .split("\n")
      .filter((line) => line.startsWith("- "));

  it("lists what GitHub still runs though no source is left for it", () => {
    project = new ProjectFolder({ "workflows-src/release.ts": SOURCE });
    expect(project.run(["gen"]).code).toBe(0);
    const generated = project.read(".github/workflows/release.yml");
    const listed = (): readonly string[] =>
      JSON.parse(project.run(["pushes", "--format", "json"]).out).pushes.map(
        ({ workflow }: { workflow: string }) => workflow,
      );
    const left = generated.replace("release.ts.", "gone.ts.");
    project.write({ ".github/workflows/gone.yml": left, ".github/workflows/old-name.yml": generated });
    expect(listed()).toEqual([
      ".github/workflows/release.yml",
      ".github/workflows/gone.yml",
      ".github/workflows/old-name.yml",
    ]);

    project.write({ "workflows-src/gone.ts": "export default 1;\n" });
    expect(listed()).not.toContain(".github/workflows/gone.yml");
  });

  it("has one line for each push of sources and of YAML, and check compares it", () => {
    project = new ProjectFolder({ "workflows-src/release.ts": SOURCE, ".github/workflows/pages.yml": FINE });
    expect(project.run(["gen"]).code).toBe(0);
    expect(lines()).toEqual([
      "- `release.yml` › `release` › `Push main as PAT BOT` pushes `main` as `BOT` — rulesets: unknown; starts workflows: yes; starts itself: no; changes workflow files: unknown",
      "- `pages.yml` › `pages` › `git push origin HEAD:gh-pages` pushes `gh-pages` as `GITHUB_TOKEN` — rulesets: unknown; starts workflows: no; starts itself: no; changes workflow files: no",
    ]);
    expect(project.run(["check"]).code).toBe(0);

    project.write({
      ".github/workflows/pages.yml": FINE.replace(
        "actions/checkout@v5",
        "actions/checkout@v5\n        with: { token: '${{ secrets.BOT }}' }",
      ),
    });
    const { code, out } = project.run(["check"]);
    expect(code).toBe(1);
    expect(out).toContain("who pushes, or what a push can do, is not what generated/pushes.md says");
    expect(out).toMatch(/^-- `pages\.yml`.*GITHUB_TOKEN.*\n\+- `pages\.yml`.*BOT/m);
  });

  it("stays as it is where only lines move", () => {
    project = new ProjectFolder({ "workflows-src/release.ts": SOURCE, ".github/workflows/pages.yml": FINE });
    project.run(["gen"]);
    const before = project.read("generated/pushes.md");
    project.write({
      "workflows-src/release.ts": SOURCE.replace(
        'run({ run: "make" }),',
        'run({ run: "make" }),\n        run({ run: "make test" }),',
      ),
      ".github/workflows/pages.yml": FINE.replace("jobs:", "# a comment\njobs:").replace("checkout@v5", "checkout@v6"),
    });
    project.run(["gen"]);
    expect(project.read("generated/pushes.md")).toBe(before);
  });

  it("goes when nothing pushes any more", () => {
    project = new ProjectFolder({ "workflows-src/release.ts": SOURCE });
    project.run(["gen"]);
    project.write({ "workflows-src/release.ts": SOURCE.replace(/ +push\(.*\n/, "").replace("pat, push, ", "") });
    expect(project.run(["check"]).out).toContain("nothing pushes any more");
    expect(project.run(["gen"]).out).toContain("removed generated/pushes.md");
    expect(Object.keys(project.files())).not.toContain("generated/pushes.md");
  });
});

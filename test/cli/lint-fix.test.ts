import { afterEach, describe, expect, it } from "vitest";
import { ProjectFolder } from "./project-folder.ts";

let project: ProjectFolder;
afterEach(() => project.delete());

const CHECKOUT = "actions/checkout@fbc6f3992d24b796d5a048ff273f7fcc4a7b6c09 # v5.1.0";
const FILE = ".github/workflows/ci.yml";

/** A workflow with one job of these steps. */
function workflow(steps: string, permissions = "contents: write"): string {
  return `on: workflow_dispatch\npermissions:\n  ${permissions}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`;
}

const PUSH = `      - uses: ${CHECKOUT}
      - run: git push "https://x:$TOKEN@github.com/octo/app.git" HEAD:main
        env:
          TOKEN: \${{ secrets.PAT }}
`;

const WITH = `      - uses: ${CHECKOUT}\n        with:\n          persist-credentials: false\n`;

describe("flowkeep lint --fix", () => {
  it("lets a push send what it is given", () => {
    project = new ProjectFolder({ [FILE]: workflow(PUSH) });
    const { code, out } = project.run(["lint", "--fix"]);
    expect(out).toContain(
      `fixed ${FILE}:9:14 write \`persist-credentials: false\` at the checkout in line 8 [push-hijacked]\nfixed 1 finding in 1 file\n`,
    );
    expect(project.read(FILE)).toBe(workflow(PUSH.replace(`      - uses: ${CHECKOUT}\n`, WITH)));
    expect(code).toBe(0);
  });

  it("mends a push behind a checkout that runs only sometimes", () => {
    const sometimes = PUSH.replace(CHECKOUT, `${CHECKOUT}\n        if: github.ref == 'refs/heads/main'`);
    project = new ProjectFolder({ [FILE]: workflow(sometimes) });
    expect(project.run(["lint", "--fix"]).out).toContain("fixed 1 finding in 1 file\n");
    const cleared = sometimes.replace('git push "', 'git -c http.https://github.com/.extraheader= push "');
    expect(project.read(FILE)).toBe(workflow(cleared));
  });

  it("finds nothing more to do in what it has done", () => {
    project = new ProjectFolder({ [FILE]: workflow(PUSH) });
    project.run(["lint", "--fix"]);
    const once = project.read(FILE);
    expect(project.run(["lint", "--fix"]).out).toContain("fixed 0 findings in 0 files\n");
    expect(project.read(FILE)).toBe(once);
  });

  it("never takes a credential away that another push needs", () => {
    const both = PUSH.replace("HEAD:main\n", "HEAD:main && git push origin HEAD:docs\n");
    project = new ProjectFolder({ [FILE]: workflow(both) });
    project.run(["lint", "--fix"]);
    expect(project.read(FILE)).toBe(
      workflow(both.replace('git push "', 'git -c http.https://github.com/.extraheader= push "')),
    );
  });

  it("takes the header out of the way for one push where a fetch needs it, and puts no token on the disk", () => {
    const steps = PUSH.replace("- run:", "- run: git pull --rebase\n      - run:");
    project = new ProjectFolder({ [FILE]: workflow(steps) });
    project.run(["lint", "--fix"]);
    const cleared = steps.replace('git push "', 'git -c http.https://github.com/.extraheader= push "');
    expect(project.read(FILE)).toBe(workflow(cleared));
  });

  it("changes nobody who is seen another time that the same line runs", () => {
    const steps = `      - uses: ${CHECKOUT}
      - run: |
          pub() { git push "$1" HEAD:main; }
          pub "https://x:\${{ secrets.PAT }}@github.com/octo/app"
          pub origin
`;
    project = new ProjectFolder({ [FILE]: workflow(steps) });
    const { out } = project.run(["lint", "--fix"]);
    expect(out).toContain("fixed 0 findings in 0 files, 1 not\n");
    expect(out).toContain(
      "would not go out as GITHUB_TOKEN any more where it runs another time, in a loop or a function",
    );
    expect(out).not.toContain("`persist-credentials: false` at the checkout");
    expect(project.read(FILE)).toBe(workflow(steps));
  });

  it("prints what it would do, and writes nothing", () => {
    project = new ProjectFolder({ [FILE]: workflow(PUSH) });
    const before = project.files();
    const { code, out } = project.run(["lint", "--fix", "--dry-run"]);
    expect(out).toContain(`--- a/${FILE}\n+++ b/${FILE}\n`);
    expect(out).toContain("+        with:\n+          persist-credentials: false\n");
    expect(out).toContain(`would fix ${FILE}:9:14 `);
    expect(code).toBe(1);
    expect(project.files()).toEqual(before);
  });

  it("says why it does not mend what others use, too", () => {
    const text =
      workflow(`      - &checkout\n        uses: ${CHECKOUT}\n      - run: cargo test\n`) +
      "  b:\n    runs-on: ubuntu-latest\n    steps:\n      - *checkout\n      - run: git push\n";
    project = new ProjectFolder({ [FILE]: text });
    const { out } = project.run(["lint", "--fix"]);
    expect(out).toMatch(
      /^not fixed \S+:9:15 .* \[persisted-but-unused\]: what stands here is used in several places, through an anchor: decide for all of them by hand$/m,
    );
    expect(project.read(FILE)).toBe(text);
  });

  it("looks at the callers of a reusable workflow and of an action", () => {
    const called = workflow(`      - uses: ${CHECKOUT}\n      - uses: ./.github/actions/push\n`).replace(
      "on: push",
      "on: workflow_call",
    );
    project = new ProjectFolder({
      [FILE]: called,
      ".github/workflows/caller.yml":
        "on: push\npermissions:\n  contents: write\njobs:\n  a:\n    uses: ./.github/workflows/ci.yml\n",
      ".github/actions/push/action.yml":
        "name: push\nruns:\n  using: composite\n  steps:\n    - run: git push\n      shell: bash\n",
    });
    const before = project.files();
    project.run(["lint", "--fix"]);
    expect(project.files()).toEqual(before);
  });

  it("leaves a generated file to its source", () => {
    const header =
      "# Generated by flowkeep from workflows-src/ci.ts.\n# Do not edit: change the source and run `npx flowkeep gen`.\n";
    project = new ProjectFolder({ [FILE]: header + workflow(PUSH) });
    const { out } = project.run(["lint", "--fix", FILE]);
    expect(out).toContain("the file is generated: mend workflows-src/ci.ts, and run gen");
    expect(project.read(FILE)).toBe(header + workflow(PUSH));
  });

  it("mends a step that jobs share at once, and says where not all of them can do without it", () => {
    const SOURCE = "workflows-src/ci.ts";
    const source = (more: string, checkout = 'uses("actions/checkout@v5.1.0")'): string =>
      `import { job, run, uses, workflow } from "flowkeep";

const checkout = ${checkout};

export default workflow({
  on: { workflow_dispatch: {} },
  permissions: { contents: "write" },
  jobs: {
    a: job({ "runs-on": "x", steps: [checkout, run({ run: "echo a" })] }),
    b: job({ "runs-on": "x", steps: [checkout, run({ run: "${more}" })] }),
    c: job({ "runs-on": "x", steps: [checkout, run({ run: "echo c" })] }),
  },
});
`;
    project = new ProjectFolder({ [SOURCE]: source("echo b") });
    expect(project.run(["lint", "--fix"]).out).toContain("fixed 3 findings in 1 file\n");
    const mended = 'uses("actions/checkout@v5.1.0", {\n  with: { "persist-credentials": false },\n})';
    expect(project.read(SOURCE)).toBe(source("echo b", mended));
    project.write({ [SOURCE]: source("git push origin HEAD:b") });
    const { out } = project.run(["lint", "--fix"]);
    const refused = out.split("\n").filter((line) => line.startsWith("not fixed"));
    expect(refused).toEqual([
      expect.stringMatching(
        /^not fixed workflows-src\/ci\.ts:3:18 .* \[persisted-but-unused\]: 3 steps are made here, and not all of them can be changed: write this one out$/,
      ),
    ]);
    expect(project.read(SOURCE)).toBe(source("git push origin HEAD:b"));
  });

  it("gives a source's checkout the token that is meant, and keeps the source as prettier lays it out", () => {
    const SOURCE = "workflows-src/release.ts";
    const ACTION = `uses("changesets/action@v1.5.3", {
          env: { GITHUB_TOKEN: secret("RELEASE_BOT_TOKEN") },
        }),`;
    const source = (checkout: string): string => `import { job, run, secret, uses, workflow } from "flowkeep";

export default workflow({
  on: { push: { branches: ["main"] } },
  permissions: { contents: "write" },
  jobs: {
    release: job({
      "runs-on": "ubuntu-latest",
      steps: [
        ${checkout},
        run({ run: "git pull --rebase" }),
        ${ACTION}
      ],
    }),
  },
});
`;
    project = new ProjectFolder({ [SOURCE]: source('uses("actions/checkout@v5.1.0")') });
    const { out } = project.run(["lint", "--fix"]);
    expect(out).toContain("sources have changed: run `npx flowkeep gen`\nfixed 1 finding in 1 file\n");
    expect(project.read(SOURCE)).toBe(
      source(`uses("actions/checkout@v5.1.0", {
          with: { token: "\${{ secrets.RELEASE_BOT_TOKEN }}" },
        })`),
    );
    expect(project.run(["pushes"]).out).toMatch(/^✓ release\.yml .*RELEASE_BOT_TOKEN$/m);
    const own = source('uses("actions/checkout@v5.1.0")').replaceAll("  ", " ");
    project.write({ [SOURCE]: own });
    project.run(["lint", "--fix"]);
    expect(project.read(SOURCE)).toBe(
      own.replace('v5.1.0")', 'v5.1.0", { with: { token: "${{ secrets.RELEASE_BOT_TOKEN }}" } })'),
    );
  });

  it("mends nothing that is ignored with a reason", () => {
    const text = workflow(PUSH.replace("      - run", "      # flowkeep-ignore: push-hijacked they know\n      - run"));
    project = new ProjectFolder({ [FILE]: text });
    project.run(["lint", "--fix"]);
    expect(project.read(FILE)).toBe(text);
  });

  it("reports as JSON what was done, with the edits of what was not", () => {
    project = new ProjectFolder({ [FILE]: workflow(PUSH, "contents: read") });
    const listed = JSON.parse(project.run(["lint", "--format", "json"]).out) as {
      findings: { ruleId: string; fixes: unknown[] }[];
    };
    expect(listed.findings.find(({ ruleId }) => ruleId === "push-hijacked")?.fixes).toEqual([
      {
        description: "write `persist-credentials: false` at the checkout in line 8",
        edits: [
          {
            span: { file: FILE, startLine: 8, startColumn: 81, endLine: 8, endColumn: 81 },
            text: "\n        with:\n          persist-credentials: false",
          },
        ],
      },
    ]);
    const { fixed, notFixed } = JSON.parse(project.run(["lint", "--fix", "--format", "json"]).out) as Record<
      string,
      unknown[]
    >;
    expect(fixed).toMatchObject([{ file: FILE, ruleId: "push-hijacked" }]);
    expect(notFixed).toEqual([]);
  });

  it.each([
    [["--dry-run"], "--dry-run shows what --fix would write"],
    [["--fix", "--update-baseline"], "--fix and --update-baseline are two things"],
  ])("%j is wrong usage", (flags, message) => {
    project = new ProjectFolder({ [FILE]: workflow(PUSH) });
    const { code, err } = project.run(["lint", ...flags]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});

describe("flowkeep lint --fix of sources", () => {
  const SOURCE = "workflows-src/ci.ts";
  const source = (steps: string, more = ""): string =>
    `import { job, run, uses, workflow } from "flowkeep";\n${more}\nexport default workflow({\n  on: "push",\n  permissions: { contents: "write" },\n  jobs: {\n    a: job({\n      "runs-on": "ubuntu-latest",\n      steps: [\n${steps}      ],\n    }),\n  },\n});\n`;

  /** What stands in the place of `before` in a source afterwards. */
  function fixed(before: string, rest = '        run({ run: "cargo test" }),\n', more = ""): string {
    const text = source(`        ${before},\n${rest}`, more);
    project = new ProjectFolder({ [SOURCE]: text });
    const { out } = project.run(["lint", "--fix"]);
    const after = project.read(SOURCE);
    const [head = "", tail = ""] = text.split(before);
    expect(after.startsWith(head)).toBe(true);
    expect(after.endsWith(tail)).toBe(true);
    if (after === text) return out;
    const once = project.read(SOURCE);
    project.run(["lint", "--fix"]);
    expect(project.read(SOURCE)).toBe(once);
    return after.slice(head.length, after.length - tail.length);
  }

  const NEVER = '"persist-credentials": false';

  it.each([
    ['uses("actions/checkout@v5.1.0")', `uses("actions/checkout@v5.1.0", { with: { ${NEVER} } })`],
    ['uses("actions/checkout@v5.1.0", {})', `uses("actions/checkout@v5.1.0", { with: { ${NEVER} } })`],
    [
      'uses("actions/checkout@v5.1.0", { id: "c" })',
      `uses("actions/checkout@v5.1.0", {
          id: "c",
          with: { ${NEVER} },
        })`,
    ],
    [
      "uses('actions/checkout@v5.1.0', { with: { 'persist-credentials': true } })",
      "uses('actions/checkout@v5.1.0', { with: { 'persist-credentials': false } })",
    ],
    [
      'uses("actions/checkout@v5.1.0", {\n          with: {\n            path: "a", // here\n          },\n        })',
      `uses("actions/checkout@v5.1.0", {\n          with: {\n            path: "a", // here\n            ${NEVER},\n          },\n        })`,
    ],
    [
      'uses("actions/checkout@v5.1.0", {\n          with: {\n            path: "a" // here\n          }\n        })',
      `uses("actions/checkout@v5.1.0", {\n          with: {\n            path: "a", // here\n            ${NEVER}\n          }\n        })`,
    ],
    ['{ uses: "actions/checkout@v5.1.0" }', `{ uses: "actions/checkout@v5.1.0", with: { ${NEVER} } }`],
  ])("%s", (before, after) => {
    expect(fixed(before)).toBe(after);
  });

  it("leaves what is spread in front to people", () => {
    const out = fixed("...[run({ run: 'true' })], { uses: 'actions/checkout@v5.1.0' }");
    expect(out).toMatch(/^not fixed .*: it is put together in a way that is not edited: write it there by hand$/m);
  });

  it("leaves alone a step that another job uses, too", () => {
    const text = `import { job, run, uses, workflow } from "flowkeep";

const checkout = uses("actions/checkout@v5.1.0");
export default workflow({
  on: "push",
  jobs: {
    test: job({ "runs-on": "ubuntu-latest", steps: [checkout, run({ run: "cargo test" })] }),
    push: job({ "runs-on": "ubuntu-latest", steps: [checkout, run({ run: "git push origin HEAD:docs" })] }),
  },
});
`;
    project = new ProjectFolder({ [SOURCE]: text });
    const { out } = project.run(["lint", "--fix"]);
    expect(out).toMatch(
      /^not fixed .* \[persisted-but-unused\]: 2 steps are made here, and not all of them can be changed/m,
    );
    expect(project.read(SOURCE)).toBe(text);
  });

  it("writes what a push needs", () => {
    const text = source('        uses("actions/checkout@v5.1.0"),\n        run({ run: "git push" }),\n').replace(
      'contents: "write"',
      'contents: "read"',
    );
    project = new ProjectFolder({ [SOURCE]: text });
    project.run(["lint", "--fix"]);
    expect(project.read(SOURCE)).toBe(text.replace('contents: "read"', 'contents: "write"'));
  });

  it("puts every source back when it only shows what it would do", () => {
    project = new ProjectFolder({ [SOURCE]: source('        uses("actions/checkout@v5.1.0"),\n') });
    const before = project.files();
    expect(project.run(["lint", "--fix", "--dry-run"]).out).toContain(
      `+        uses("actions/checkout@v5.1.0", { with: { ${NEVER} } }),\n`,
    );
    expect(project.files()).toEqual(before);
  });

  /** However prettier lays it out. */
  const squeeze = (text: string): string => text.replace(/[\s,]+/g, "");
  const ENV = 'env: { TOKEN: secret("PAT") }';

  it.each([
    [`run({ ${ENV}, run: "git push https://x:$TOKEN@github.com/octo/app HEAD:main" })`, "git push https"],
    [`run({ ${ENV}, run: 'git push "https://x:$TOKEN@github.com/octo/app" HEAD:main' })`, 'git push "'],
    [
      `run({ ${ENV}, run: \`\n          git commit -am x\n          git push "https://x:\\\${TOKEN}@github.com/octo/app" HEAD:main\n          git push origin HEAD:docs\n        \` })`,
      'git push "',
    ],
  ])("leaves the header out of one push of a script: %s", (step, at) => {
    const text = source(
      `        uses("actions/checkout@v5.1.0"),\n        run({ run: "./release.sh" }),\n        ${step},\n`,
    ).replace("job, run,", "job, run, secret,");
    project = new ProjectFolder({ [SOURCE]: text });
    const { out, code } = project.run(["lint", "--fix", "--fail-on", "error"]);
    expect(out).toContain("leave the persisted header out of this push");
    const mended = at.replace("git push", "git -c http.https://github.com/.extraheader= push");
    expect(squeeze(project.read(SOURCE))).toBe(squeeze(text.replace(at, mended)));
    expect(code).toBe(0);
  });

  it("edits no script that is put together, and tells of each way why it is not gone", () => {
    const text = `import { job, run, secret, uses, workflow } from "flowkeep";

const push = ["git", "push"].join(" ");
const checkout = uses("actions/checkout@v5.1.0");
export default workflow({
  on: "push",
  permissions: { contents: "write" },
  jobs: {
    a: job({
      "runs-on": "x",
      steps: [
        checkout,
        run({ run: "./release.sh" }),
        run({ env: { PAT: secret("PAT") }, run: \`\${push} https://x:$PAT@github.com/octo/app HEAD:main\` }),
      ],
    }),
    b: job({ "runs-on": "x", steps: [checkout, run({ run: "git push origin HEAD:docs" })] }),
  },
});
`;
    project = new ProjectFolder({ [SOURCE]: text });
    const { out } = project.run(["lint", "--fix"]);
    expect(out).toMatch(
      /^not fixed \S+ leave the persisted header out .* \[push-hijacked\]: the script is put together: write it there by hand; nor give the checkout in line 4 the token that is meant: `token: \$\{\{ secrets\.PAT \}\}`: 2 steps are made here, and not all of them can be changed: write this one out$/m,
    );
    expect(project.read(SOURCE)).toBe(text);
  });

  const CALLED = "workflows-src/called.ts";
  const called = (push: string): Readonly<Record<string, string>> => ({
    [CALLED]: `import { job, run, secret, uses, workflow } from "flowkeep";

export default workflow({
  on: { workflow_call: {} },
  permissions: { contents: "write" },
  jobs: {
    a: job({
      "runs-on": "x",
      steps: [
        uses("actions/checkout@v5.1.0"),
        run({ run: "./release.sh" }),
        run({ env: { PAT: secret("PAT") }, run: "${push} https://x:$PAT@github.com/octo/app HEAD:main" }),
      ],
    }),
  },
});
`,
    "workflows-src/caller.ts": `import { job, workflow } from "flowkeep";
import called from "./called.ts";

export default workflow({
  on: "push",
  permissions: { contents: "write" },
  jobs: { one: job({ uses: called, secrets: "inherit" }), two: job({ uses: called, secrets: "inherit" }) },
});
`,
  });

  it("mends a push of a called workflow for all that call it, and finds it once", () => {
    project = new ProjectFolder(called("git push"));
    const { findings } = JSON.parse(project.run(["lint", "--format", "json"]).out) as {
      findings: { ruleId: string }[];
    };
    const hijacked = findings.filter(({ ruleId }) => ruleId === "push-hijacked");
    expect(hijacked).toMatchObject([{ span: { file: CALLED, startLine: 12 } }]);
    expect(project.run(["pushes"]).out).toContain("npx flowkeep lint --fix");
    expect(project.run(["lint", "--fix"]).out).toContain("fixed 1 finding in 1 file\n");
    const mended = called("git -c http.https://github.com/.extraheader= push")[CALLED] ?? "";
    expect(squeeze(project.read(CALLED))).toBe(squeeze(mended));
    expect(project.run(["pushes"]).out.match(/^✓ caller\.yml .* PAT$/gm)).toHaveLength(2);
  });

  it("leaves a push of a called workflow where a caller does not give the secret, and says so", () => {
    const files = called("git push");
    const caller = "workflows-src/caller.ts";
    project = new ProjectFolder({ ...files, [caller]: (files[caller] ?? "").replace(', secrets: "inherit"', "") });
    expect(project.run(["lint", "--fix"]).out).toMatch(
      /^not fixed .*: `git push .* in job 'one \/ a' .* would go out as nobody, and not as GITHUB_TOKEN; nor does it help to give the checkout .*$/m,
    );
    expect(project.read(CALLED)).toBe(files[CALLED]);
  });

  it("names the file of the checkout where an action pushes", () => {
    project = new ProjectFolder({
      [SOURCE]: source(
        '        uses("actions/checkout@v5.1.0"),\n        run({ run: "./release.sh" }),\n        uses(publish, { with: { token: secret("PAT") } }),\n',
        'import publish from "./actions/publish.ts";\n',
      ).replace("job, run,", "job, run, secret,"),
      "workflows-src/actions/publish.ts": `import { action, run } from "flowkeep";

export default action({
  name: "Publish",
  description: "Pushes",
  inputs: { token: { description: "Whose", required: true } },
  runs: {
    using: "composite",
    steps: [run({ shell: "bash", env: { TOKEN: "\${{ inputs.token }}" }, run: "git push https://x:$TOKEN@github.com/octo/app HEAD:main" })],
  },
});
`,
    });
    const { out } = project.run(["lint"]);
    expect(out).toContain(
      "is an argument of git: every process on the machine can read it. Write `push({ as })` instead",
    );
    expect(out).toMatch(
      /^workflows-src\/actions\/publish\.ts:9:\d+ error .* Give the checkout in line 11 of workflows-src\/ci\.ts the token that is meant: .* \[push-hijacked\]$/m,
    );
    project.run(["lint", "--fix"]);
    expect(project.read(SOURCE)).toContain('token: "${{ secrets.PAT }}"');
  });

  it("leaves to people what something out of sight may need, and names that", () => {
    const text = source(
      '        uses("actions/checkout@v5.1.0"),\n        run({ run: "./release.sh" }),\n        push({ as: pat("PAT"), branch: "main" }),\n',
    ).replace("job, run, uses", "job, pat, push, run, uses");
    project = new ProjectFolder({ [SOURCE]: text });
    expect(project.run(["lint", "--fix"]).out).toMatch(
      /^not fixed \S+ write `persist-credentials: false` .* \[persisted-credential\]: a step may need the credential \(.*release\.sh.*\): write it there by hand if none does$/m,
    );
    expect(project.read(SOURCE)).toBe(text);
  });

  it("takes the credential away that a typed push must not meet", () => {
    const text = source(
      '        uses("actions/checkout@v5.1.0"),\n        push({ as: pat("PAT"), branch: "main" }),\n',
    ).replace("job, run, uses", "job, pat, push, run, uses");
    project = new ProjectFolder({ [SOURCE]: text });
    expect(project.run(["lint"]).code).toBe(1);
    expect(project.run(["lint", "--fix"]).out).toMatch(/^fixed .* \[persisted-credential\]$/m);
    const mended = text.replace('v5.1.0")', 'v5.1.0", { with: { "persist-credentials": false } })');
    expect(squeeze(project.read(SOURCE))).toBe(squeeze(mended));
    expect(project.run(["lint"]).out).not.toContain("persisted-credential");
  });
});

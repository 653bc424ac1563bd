import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { printValue } from "../../src/emit/print-value.ts";
import { anyWorkflow } from "./any-workflow.ts";
import { importTexts } from "./imported-fixtures.ts";

const WORKFLOW = "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: a\n";

describe("whatever a workflow says", () => {
  test("it is imported without loss, or refused for what cannot be written", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyWorkflow, { minLength: 4, maxLength: 4 }), async (workflows) => {
        const texts = workflows.map((each, at) => [`${at}.yml`, printValue(each).text] as const);
        const { outcomes } = await importTexts(Object.fromEntries(texts));
        for (const [index, outcome] of outcomes.entries()) {
          const [, yaml = ""] = texts[index] ?? [];
          if (outcome.kind === "refused")
            expect(
              outcome.code,
              `${outcome.reason}
${yaml}`,
            ).toBe("indented-text");
          else expect(outcome.comments.lost, `${yaml}\n${outcome.text}`).toEqual([]);
        }
      }),
      { numRuns: 10 },
    );
  });
});

describe("refusals", () => {
  test.each([
    ["x.yml", "on: push", "missing-key", "`jobs` is missing"],
    ["x.yml", "on: [", "invalid-yaml", expect.stringContaining("")],
    ["x.yml", "", "empty-file", "the file is empty"],
    ["x.yml", "- a", "not-a-mapping", "expected a mapping, found a list"],
    ["x.yml", `on: push\n${WORKFLOW}`, "duplicate-key", "`on` is already defined"],
    [
      "x.yml",
      WORKFLOW.replace("run: a", "run: a\n        env: {b: 1, 7: 2}"),
      "key-order",
      "`7` would move: an object has whole numbers before other keys",
    ],
    ["x.yml", WORKFLOW.replace("run: a", "run: a\n        env: {b: .inf}"), "not-a-number", expect.anything()],
    [
      "x.yml",
      WORKFLOW.replace("run: a", 'run: "\\n  a"'),
      "indented-text",
      expect.stringContaining("this text begins with an empty line"),
    ],
    [".github/workflows/-x.yml", WORKFLOW, "bad-name", expect.stringContaining('begins with "-"')],
    [
      "action.yml",
      "name: a\ndescription: b\nruns: {using: composite, steps: []}",
      "action-elsewhere",
      expect.stringContaining("this one stays as it is"),
    ],
    [
      ".github/actions/x/action.yml",
      "name: a\ndescription: b\nruns: {using: node24, main: x.js}",
      "not-composite",
      "only composite actions become TypeScript; this one runs node24",
    ],
  ])("%s: %j", async (path, text, code, reason) => {
    const { outcomes } = await importTexts({ [path]: text });
    expect(outcomes).toEqual([expect.objectContaining({ kind: "refused", file: path, code, reason })]);
  });

  test("do not hold up other files", async () => {
    const { outcomes } = await importTexts({ "a.yml": WORKFLOW, "b.yml": "on: [", "c.yml": WORKFLOW });
    expect(outcomes.map(({ kind }) => kind)).toEqual(["imported", "refused", "imported"]);
  });
});

describe("names", () => {
  test("two files do not become one source", async () => {
    const { outcomes } = await importTexts({ "a/ci.yml": WORKFLOW, "b/CI.yml": WORKFLOW });
    expect(outcomes).toEqual([
      expect.objectContaining({ kind: "imported" }),
      expect.objectContaining({
        code: "same-source",
        reason: "a/ci.yml becomes workflows-src/CI.ts too: rename one of the two",
      }),
    ]);
  });

  test("a workflow's source is named after it, with its ending where that is unusual", async () => {
    const { outcomes } = await importTexts({
      ".github/workflows/a.yml": WORKFLOW,
      ".github/workflows/b.yaml": WORKFLOW,
    });
    expect(outcomes.map((outcome) => outcome.kind === "imported" && outcome.source)).toEqual([
      "workflows-src/a.ts",
      "workflows-src/b.yaml.ts",
    ]);
  });
});

test("an action without a name needs no cast", async () => {
  const text = "runs:\n  using: composite\n  steps:\n    - run: make\n      shell: bash\n";
  const { outcomes } = await importTexts({ ".github/actions/a/action.yml": text });
  expect(outcomes).toMatchObject([{ kind: "imported", notes: [] }]);
});

describe("steps that stand often in a file", () => {
  const jobs = (steps: string, count: number): string =>
    `on: push\njobs:\n${Array.from({ length: count }, (_, at) => `  j${at}:\n    runs-on: x\n    steps:\n${steps}`).join("")}`;

  async function source(text: string): Promise<string> {
    const { outcomes } = await importTexts({ "x.yml": text });
    const [first] = outcomes;
    return first?.kind === "imported" ? first.text : "";
  }

  test("become a constant, at three", async () => {
    const step = "      - uses: actions/checkout@v4\n";
    expect(await source(jobs(step, 3))).toContain('const checkout = uses("actions/checkout@v4");');
    expect(await source(jobs(step, 2))).not.toContain("const");
  });

  test("are named after their action and inputs, or after their name", async () => {
    const steps =
      "      - uses: actions/checkout@v4\n      - uses: actions/checkout@v4\n        with: {fetch-depth: 0}\n" +
      "      - name: Install everything\n        run: npm ci\n      - run: npm test\n";
    const text = await source(jobs(steps, 3));
    expect(text.match(/^const \w+/gm)).toEqual([
      "const checkout",
      "const checkoutWithFetchDepth",
      "const installEverything",
    ]);
  });

  test("stay where they have an id or a comment", async () => {
    const steps = "      - id: a\n        uses: actions/checkout@v4\n      - uses: actions/cache/restore@v4 # here\n";
    expect(await source(jobs(steps, 3))).not.toContain("const");
  });
});

describe("files that use each other", () => {
  const release = `on:
  workflow_call:
    inputs:
      tag: { type: string, required: true }
      dry: { type: boolean, default: false }
    secrets:
      TOKEN: { required: true }
    outputs:
      url: { value: "\${{ jobs.a.outputs.url }}" }
jobs:
  a:
    runs-on: x
    outputs: { url: "\${{ steps.b.outputs.url }}" }
    steps:
      - id: b
        run: a
`;
  const greet = `name: Greet
description: Greets.
inputs:
  who: { required: true }
runs:
  using: composite
  steps:
    - run: a
      shell: bash
`;
  const call = (more: string): string => `on: push
jobs:
  release:
    uses: ./.github/workflows/release.yml
${more}  after:
    needs: release
    runs-on: x
    env: { URL: "\${{ needs.release.outputs.url }}" }
    steps:
      - uses: ./.github/actions/greet
        with: { who: me }
`;

  async function caller(text: string, others: Readonly<Record<string, string>>): Promise<string> {
    const { outcomes } = await importTexts({ ".github/workflows/ci.yml": text, ...others });
    const refused = outcomes.find(({ kind }) => kind === "refused");
    if (refused?.kind === "refused") throw new Error(refused.reason);
    return outcomes[0]?.kind === "imported" ? outcomes[0].text : "";
  }
  const others = { ".github/workflows/release.yml": release, ".github/actions/greet/action.yml": greet };

  test("do so by their handles", async () => {
    const text = await caller(call("    with: { tag: v1, dry: true }\n    secrets: { TOKEN: a }\n"), others);
    expect(text).toBe(`import { job, uses, workflow } from "flowkeep";
import greet from "./actions/greet.ts";
import release from "./release.ts";

const releaseJob = job({
  uses: release,
  with: { tag: "v1", dry: true },
  secrets: { TOKEN: "a" },
});

export default workflow({
  on: "push",
  jobs: {
    release: releaseJob,
    after: job({
      needs: releaseJob,
      "runs-on": "x",
      env: { URL: releaseJob.outputs.url },
      steps: [uses(greet, { with: { who: "me" } })],
    }),
  },
});
`);
  });

  test.each([
    ["an input has another type", "    with: { tag: v1, dry: 'true' }\n    secrets: inherit\n"],
    ["an input is missing", "    secrets: inherit\n"],
    ["an input is unknown", "    with: { tag: v1, wet: true }\n    secrets: inherit\n"],
    ["a secret is missing", "    with: { tag: v1 }\n"],
  ])("stay texts where %s", async (_, more) => {
    const text = await caller(call(more), others);
    expect(text).toContain('uses: "./.github/workflows/release.yml"');
    expect(text).not.toContain("release.ts");
  });

  test("stay texts where a comment stands on them, or the other file is not imported", async () => {
    const commented = call("    with: { tag: v1 }\n    secrets: inherit\n").replace(
      "release.yml\n",
      "release.yml # ours\n",
    );
    expect(await caller(commented, others)).toContain('uses: comment.after("ours", "./.github/workflows/release.yml")');
    expect(await caller(call(""), {})).toContain('uses("./.github/actions/greet", { with: { who: "me" } })');
  });
});

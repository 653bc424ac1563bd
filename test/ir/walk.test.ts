import { describe, expect, test } from "vitest";
import { firstDifference } from "../../src/ir/compare.ts";
import { scalar } from "../../src/ir/node.ts";
import { printPath } from "../../src/ir/origin.ts";
import { nearestName } from "../../src/ir/suggest.ts";
import { actionName, parseUses } from "../../src/ir/uses-ref.ts";
import { childrenOf, entriesOf, fieldOf, rewrite, visit, walk, type Visitor } from "../../src/ir/walk.ts";
import type { Workflow } from "../../src/ir/workflow.ts";
import { readWorkflow } from "../../src/read/read-file.ts";

function workflow(text: string): Workflow {
  const { node } = readWorkflow("x.yml", text);
  if (node?.kind !== "workflow") throw new Error("no workflow");
  return node;
}

const CI = `on: push
future: { a: 1 }
jobs:
  a:
    runs-on: x
    timeout-minutes: 5
    timeout: 6
    steps:
      - run: make
      - uses: a/b@v1
        with: { c: d }
`;

describe("walking", () => {
  test("visits parents first, in the author's order, unknown keys included", () => {
    const seen: string[] = [];
    walk(workflow(CI), (node, path) => seen.push(`${printPath(path)} ${node.kind}`.trim()));
    expect(seen).toEqual([
      "workflow",
      "on scalar",
      "future mapping",
      "future.a scalar",
      "jobs mapping",
      "jobs.a job",
      "jobs.a.runs-on scalar",
      "jobs.a.timeout-minutes scalar",
      "jobs.a.timeout scalar",
      "jobs.a.steps sequence",
      "jobs.a.steps[0] run-step",
      "jobs.a.steps[0].run scalar",
      "jobs.a.steps[1] uses-step",
      "jobs.a.steps[1].uses scalar",
      "jobs.a.steps[1].with mapping",
      "jobs.a.steps[1].with.c scalar",
    ]);
  });

  test("a record's fields by their YAML keys, known or not", () => {
    const job = workflow(CI).jobs?.entries[0]?.value;
    if (job === undefined) throw new Error("no job");
    expect(fieldOf(job, "timeout-minutes")).toMatchObject({ value: 5 });
    expect(fieldOf(job, "timeout")).toMatchObject({ value: 6 });
    expect(fieldOf(job, "steps-of-it")).toBeUndefined();
    expect(entriesOf(job).map(({ key }) => key.text)).toEqual(["runs-on", "timeout-minutes", "timeout", "steps"]);
  });

  test("a key that is written twice is there twice", () => {
    const twice = workflow("on: push\nname: a\nname: b\njobs: {}\n");
    expect(entriesOf(twice).map(({ key, value }) => [key.text, value.kind === "scalar" ? value.text : ""])).toEqual([
      ["on", "push"],
      ["name", "a"],
      ["name", "b"],
      ["jobs", ""],
    ]);
  });

  test("a visitor has a function for every kind", () => {
    const names = new Proxy({}, { get: (_, kind) => () => kind }) as Visitor<string>;
    const kinds = new Set<string>();
    walk(workflow(CI), (node) => kinds.add(visit(node, names)));
    expect([...kinds].sort()).toEqual(["job", "mapping", "run-step", "scalar", "sequence", "uses-step", "workflow"]);
  });
});

describe("rewriting", () => {
  test("makes new what changes, and keeps what does not", () => {
    const before = workflow(CI);
    const after = rewrite(before, (node) =>
      node.kind === "scalar" && node.text === "make" ? scalar("make all") : node,
    );
    expect(firstDifference(before, after)).toEqual({
      path: ["jobs", "a", "steps", 0, "run"],
      left: 'string "make"',
      right: 'string "make all"',
    });
    expect(before.jobs?.entries[0]?.value).not.toBe(after.jobs?.entries[0]?.value);
    expect(after.on).toBe(before.on);
    const steps = (file: Workflow) => childrenOf(childrenOf(childrenOf(file)[2]![1])[0]![1]).at(-1)![1];
    expect(childrenOf(steps(after))[1]![1]).toBe(childrenOf(steps(before))[1]![1]);
    expect(rewrite(before, (node) => node)).toBe(before);
  });

  test("visits children before their parents", () => {
    const paths: string[] = [];
    rewrite(workflow(CI), (node, path) => {
      paths.push(printPath(path));
      return node;
    });
    expect(paths.at(-1)).toBe("");
    expect(paths).toContain("jobs.a.steps[1].with.c");
  });
});

describe("comparing", () => {
  const differs = (left: string, right: string) => firstDifference(workflow(left), workflow(right));

  test("quoting, comments, flow and anchors do not count", () => {
    expect(differs("on: push\njobs: {}\n", "# c\non: 'push' # d\njobs:\n  {}\n")).toBeUndefined();
    expect(differs("on: push\nenv: &e { A: '1' }\njobs: {}\n", 'on: push\nenv:\n  A: "1"\njobs: {}\n')).toBeUndefined();
  });

  test.each([
    [
      "a value's type",
      "on: push\nname: 1\n",
      "on: push\nname: '1'\n",
      { path: ["name"], left: "number 1", right: 'string "1"' },
    ],
    [
      "the order of keys",
      "on: push\nname: x\n",
      "name: x\non: push\n",
      { path: [], left: "the key on", right: "the key name" },
    ],
    [
      "an item that is not there",
      "on: [a, b]\n",
      "on: [a]\n",
      { path: ["on", 1], left: 'string "b"', right: "nothing" },
    ],
    ["the kind", "on: [push]\n", "on: push\n", { path: ["on"], left: "a list of 1", right: 'string "push"' }],
    [
      "a null",
      "on: { push: }\n",
      "on: { push: {} }\n",
      { path: ["on", "push"], left: "null null", right: "a mapping of 0" },
    ],
  ])("%s", (_, left, right, expected) => {
    expect(differs(left, right)).toEqual(expected);
  });
});

test.each([
  ["actions/checkout@v5", { kind: "repository", owner: "actions", name: "checkout", path: "", ref: "v5" }],
  [
    "github/codeql-action/init@v3",
    { kind: "repository", owner: "github", name: "codeql-action", path: "init", ref: "v3" },
  ],
  [
    "o/r/.github/workflows/x.yml@refs/heads/a",
    { kind: "repository", path: ".github/workflows/x.yml", ref: "refs/heads/a" },
  ],
  ["o/r@release/v1", { kind: "repository", name: "r", path: "", ref: "release/v1" }],
  ["./x", { kind: "local", path: "./x" }],
  ["$/lib/x", { kind: "self", path: "lib/x" }],
  ["docker://alpine:3", { kind: "docker", image: "alpine:3" }],
  ["actions/checkout", { kind: "invalid", reason: expect.stringContaining("names no version") }],
  ["checkout@v5", { kind: "invalid" }],
  ["a/b@v1 ", { kind: "invalid" }],
  ["${{ inputs.x }}", { kind: "invalid", reason: expect.stringContaining("no expression") }],
  ["", { kind: "invalid" }],
])("uses: %s", (text, expected) => {
  expect(parseUses(text)).toMatchObject(expected);
  const parsed = parseUses(text);
  if (parsed.kind === "repository") expect(`${actionName(parsed)}@${parsed.ref}`).toBe(text);
});

test.each([
  ["step", ["steps", "shell"], "steps"],
  ["brnaches", ["branches", "tags"], "branches"],
  ["Timeout-minutes", ["timeout-minutes"], "timeout-minutes"],
  ["xyz", ["run", "uses"], undefined],
  ["", ["run"], undefined],
])("%s is nearest to %s of %j", (name, known, expected) => {
  expect(nearestName(name, known)).toBe(expected);
});

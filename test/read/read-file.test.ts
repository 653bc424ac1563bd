import { describe, expect, test } from "vitest";
import { locate } from "../../src/ir/span.ts";
import { readAction, readFile, readWorkflow, type ReadResult } from "../../src/read/read-file.ts";

/** `line:column code` of each problem. */
function problemsOf({ problems }: ReadResult): string[] {
  return problems.map(({ span, code }) => {
    const { startLine, startColumn } = locate(span);
    return `${startLine}:${startColumn} ${code}`;
  });
}

describe("readWorkflow", () => {
  test("reads a workflow into typed nodes", () => {
    const { node, problems, expressions } = readWorkflow(
      ".github/workflows/ci.yml",
      "on: push\njobs:\n  a:\n    runs-on: ${{ vars.RUNNER }}\n    steps:\n      - run: make\n",
    );
    expect(problems).toEqual([]);
    const job = node?.jobs?.entries[0]?.value;
    expect(job).toMatchObject({ kind: "job", runsOn: { text: "${{ vars.RUNNER }}" } });
    expect(expressions.map(({ scalar, path }) => [scalar.text, path])).toEqual([
      ["${{ vars.RUNNER }}", ["jobs", "a", "runs-on"]],
    ]);
  });

  test("finds the place of what GitHub's syntax does not allow", () => {
    const read = readWorkflow(
      "ci.yml",
      "on: push\njobs:\n  a:\n    runs-on: x\n    stepz: []\n    steps:\n      - run: y\n",
    );
    expect(problemsOf(read)).toEqual(["5:5 unknown-key"]);
    expect(read.node).toBeDefined();
  });

  test("reports every mistake in the YAML", () => {
    const read = readWorkflow("ci.yml", "on: 'push\n  x'y\na: *nobody\nb: [1\nc: 1\n");
    expect(problemsOf(read)).toEqual(["2:5 invalid-yaml", "5:1 invalid-yaml", "3:4 unknown-anchor"]);
    expect(read.node).toBeUndefined();
  });

  test("does not repeat a mistake for every word behind it", () => {
    const read = readWorkflow("ci.yml", "{raw}\nname: x\non: push\njobs:\n  a: {}\n");
    expect(problemsOf(read)).toEqual(["2:1 invalid-yaml", "2:5 invalid-yaml"]);
  });

  test.each([
    ["", "1:1 empty-file"],
    ["# nothing\n", "1:1 empty-file"],
    ["~\n", "1:1 empty-file"],
    ["- a\n", "1:1 not-a-mapping"],
    ["hello\n", "1:1 not-a-mapping"],
  ])("refuses %j", (text, problem) => {
    const read = readWorkflow("ci.yml", text);
    expect(problemsOf(read)).toEqual([problem]);
    expect(read.node).toBeUndefined();
  });

  test("refuses a second document", () => {
    expect(problemsOf(readWorkflow("ci.yml", "on: push\n---\non: push\n"))).toEqual(["2:1 several-documents"]);
  });
});

describe("readFile", () => {
  const runs = "name: a\nruns:\n  using: node24\n  main: x.js\n";
  test.each([
    ["setup/action.yml", "name: a\n", "action-file"],
    ["action.yaml", runs, "action-file"],
    ["setup.yml", runs, "action-file"],
    [".github/workflows/ci.yml", "on: push\njobs: {}\n", "workflow"],
    ["ci.yml", "on: push\nruns: {}\njobs: {}\n", "workflow"],
  ])("takes %s for what it is", (path, text, kind) => {
    expect(readFile(path, text).node?.kind).toBe(kind);
  });

  test("an action needs no name and no description: the runner asks for neither", () => {
    const { problems } = readAction("action.yml", "runs:\n  using: node24\n  main: x.js\n");
    expect(problems.map(({ severity, message }) => `${severity} ${message}`)).toEqual([
      "warning an action should have a `name`",
      "warning an action should have a `description`",
    ]);
    expect(readAction("action.yml", "name: A\n").problems.some(({ severity }) => severity === "error")).toBe(true);
  });

  test("readAction reads any file as an action", () => {
    expect(readAction("x.yml", runs).node?.runs).toMatchObject({ kind: "node-runs", main: { text: "x.js" } });
  });
});

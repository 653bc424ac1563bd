import { describe, expect, it } from "vitest";
import { buildModel } from "../../src/graph/build-model.ts";
import type { Finding } from "../../src/report/finding.ts";
import { FILES, modelOf } from "./model-of.ts";

const PATH = ".github/workflows/refresh.yml";

function job(id: string, files: Readonly<Record<string, string>> = FILES) {
  const found = modelOf(files)
    .workflows.flatMap(({ jobs }) => jobs)
    .find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no job ${id}`);
  return found;
}

function matrixOf(matrix: string): string {
  const text = `on: push\njobs:\n  one:\n    runs-on: x\n    strategy:\n      matrix: ${matrix}\n    steps: [{ run: a }]\n`;
  const { axes, jobs } = job("one", { [PATH]: text }).matrix ?? {};
  return `${axes}: ${jobs ?? "?"}`;
}

describe("the model of a page", () => {
  it("has the triggers with their filters", () => {
    expect(modelOf(FILES).workflows[0]).toMatchObject({
      id: "refresh",
      path: PATH,
      name: "Refresh",
      kind: "workflow",
      places: { yaml: { file: PATH, line: 1 } },
      triggers: [
        { event: "schedule", details: ["0 6 * * 1"] },
        { event: "push", details: ["branches: main, release/**", "paths: src/**"] },
      ],
    });
  });

  it("has the jobs with what they need, run on and call", () => {
    expect(job("build")).toMatchObject({ needs: [], runsOn: "ubuntu-latest", matrix: { axes: "os × node", jobs: 4 } });
    expect(job("refresh")).toMatchObject({
      name: "Refresh the map",
      needs: ["build"],
      runsOn: "self-hosted, linux",
      environment: "production",
      places: { yaml: { file: PATH, line: 11 } },
    });
    expect(job("release")).toMatchObject({
      needs: ["build", "refresh"],
      calls: { uses: "./.github/workflows/release.yml", workflow: "release" },
    });
  });

  it("has the steps with what they do, and a push where it happens", () => {
    const { steps } = job("refresh");
    expect(steps.map(({ label, does, kind }) => [label, does, kind])).toEqual([
      ["actions/checkout@v5", undefined, "uses"],
      ["make map", undefined, "run"],
      ["Push", "git commit -am map", "run"],
    ]);
    expect(steps[2]?.if).toBe("always()");
    expect(steps.flatMap(({ pushes }) => pushes)).toMatchObject([
      {
        verdict: "hijacked",
        isWrong: true,
        seen: { key: "github-token" },
        meant: { key: "pat CACHE_PUSH_TOKEN" },
        target: "octo/app, branch main",
      },
    ]);
  });

  it("has the pushes of a called workflow at the job that calls it", () => {
    expect(job("release").pushes).toMatchObject([{ seen: { key: "github-token" }, isWrong: false }]);
  });

  it("has each credential with its life and the steps that send it", () => {
    expect(job("refresh").credentials).toMatchObject([
      {
        identity: "github-token",
        where: ".git/config",
        as: "http.https://github.com/.extraheader",
        from: 0,
        to: 2,
        isReadable: true,
        sentBy: [2],
        end: "stays to the end of the job",
      },
      { identity: "pat CACHE_PUSH_TOKEN", from: 2, to: 2, sentBy: [], end: "ends with the step" },
    ]);
  });

  it.each([
    ["{ a: [1, 2, 3] }", "a: 3"],
    ["{ a: [1, 2], b: [x, y], exclude: [{ a: 1, b: x }] }", "a × b: 3"],
    ["{ a: [1, 2], include: [{ a: 1, c: z }] }", "a: 2"],
    ["{ a: [1, 2], include: [{ a: 3 }] }", "a: 3"],
    ["{ include: [{ a: 1 }, { a: 2 }] }", "include: 2"],
    ["{ a: [{ v: 1 }, { v: 2 }], exclude: [{ a: { v: 2 } }] }", "a: 1"],
    ['{ a: "${{ fromJSON(needs.x.outputs.y) }}" }', "a: ?"],
    ['"${{ fromJSON(needs.x.outputs.y) }}"', "${{ fromJSON(needs.x.outputs.y) }}: ?"],
  ])("counts the jobs of the matrix %s", (matrix, wanted) => {
    expect(matrixOf(matrix)).toBe(wanted);
  });

  it("puts findings where they happen", () => {
    const finding = (line: number): Finding => ({
      ruleId: `at-${line}`,
      severity: "warning",
      message: "m",
      span: { file: PATH, startLine: line, startColumn: 1, endLine: line, endColumn: 2 },
      related: [],
    });
    const [workflow] = modelOf(FILES, [finding(2), finding(12), finding(24), finding(29)]).workflows;
    const rules = (findings: readonly { readonly ruleId: string }[] = []) => findings.map(({ ruleId }) => ruleId);
    expect(rules(workflow?.findings)).toEqual(["at-2"]);
    expect(rules(workflow?.jobs[1]?.findings)).toEqual(["at-12"]);
    expect(rules(workflow?.jobs[1]?.steps[2]?.findings)).toEqual(["at-24"]);
    expect(rules(workflow?.jobs[2]?.findings)).toEqual(["at-29"]);
  });

  it("shows the steps of composite actions, and no other actions", () => {
    const model = modelOf({
      "action.yml": "name: A\nruns:\n  using: composite\n  steps: [{ run: git push, shell: bash }]\n",
      "other/action.yml": "name: B\nruns: { using: node20, main: a.js }\n",
    });
    expect(model.workflows.map(({ name, kind }) => [name, kind])).toEqual([["A", "action"]]);
    expect(model.workflows[0]?.jobs[0]?.steps[0]?.pushes).toHaveLength(1);
  });

  it("gives files with like names different ids, the same each time", () => {
    const text = "on: push\njobs: {}\n";
    const files = {
      ".github/workflows/a b.yml": text,
      ".github/workflows/a-b.yml": text,
      "x/.github/workflows/ü.yml": text,
    };
    const ids = () => modelOf(files).workflows.map(({ id }) => id);
    expect(ids()).toEqual(["a-b", "a-b-2", "x-github-workflows"]);
    expect(ids()).toEqual(ids());
    expect(buildModel([])).toEqual({ version: 1, workflows: [] });
  });
});

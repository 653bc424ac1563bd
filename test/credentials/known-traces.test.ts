import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emptyCatalog } from "../../src/actions/catalog.ts";
import type { AnalyzeOptions } from "../../src/credentials/analyze-file.ts";
import { jobsToTrace } from "../../src/credentials/traces/known-traces.ts";
import { traceFile } from "../../src/credentials/traces/trace-file.ts";
import type { JobTrace } from "../../src/credentials/traces/trace-job.ts";
import type { FileNode } from "../../src/ir/any-node.ts";
import type { Step } from "../../src/ir/workflow.ts";
import { readFile } from "../../src/read/read-file.ts";

const FIXTURES = join(import.meta.dirname, "../fixtures");

function nodeOf(path: string, text: string): FileNode {
  const { node } = readFile(path, text);
  if (node === undefined) throw new Error(text);
  return node;
}

function freshOptions(): AnalyzeOptions {
  return { catalog: emptyCatalog, readRepositoryFile: () => undefined };
}

/** All but the places of what may use a credential, which are not told of a job that is known by its content. */
function told(jobs: readonly JobTrace[]): string {
  const ids = new Map<object, number>();
  const identify = (key: string, value: unknown): unknown => {
    if (typeof value !== "object" || value === null || !["step", "steps", "span", "left"].includes(key)) return value;
    if (!ids.has(value)) ids.set(value, ids.size);
    return ids.get(value);
  };
  const checkoutsOf = ({ checkouts }: JobTrace) =>
    checkouts.map((checkout) => ({ ...checkout, mayUse: checkout.mayUse.map(({ text }) => text) }));
  return JSON.stringify(
    jobs.map((job) => ({ ...job, checkouts: checkoutsOf(job) })),
    identify,
  );
}

function stepsOf({ jobs }: { readonly jobs: readonly JobTrace[] }): readonly Step[] {
  return jobs.flatMap(({ steps }) => steps);
}

const WORKFLOW = `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    outputs: { version: "\${{ steps.version.outputs.version }}" }
    steps:
      - uses: actions/checkout@v5
      - { id: version, run: 'echo "version=1" >> "$GITHUB_OUTPUT"' }
  deploy:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - { name: Get it, uses: actions/checkout@v5 }
      - { name: Deploy it, run: ./deploy "$VERSION", env: { VERSION: "\${{ needs.build.outputs.version }}" } }
`;

/** The jobs of a second workflow that are known when the first was traced. */
function knownBehind(second: string): readonly string[] {
  const options = freshOptions();
  traceFile("a.yml", nodeOf("a.yml", WORKFLOW), options);
  return [...jobsToTrace(nodeOf("b.yml", second), options).known.keys()];
}

describe("jobs that are known by their content", () => {
  it("are traced as if they were walked through", () => {
    const files = readdirSync(FIXTURES, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".yml"));
    let known = 0;
    for (const file of files.filter((_, at) => at % 4 === 0)) {
      const text = readFileSync(join(FIXTURES, file), "utf8");
      const node = readFile("b.yml", text).node;
      if (node?.kind !== "workflow") continue;
      const options = freshOptions();
      const first = traceFile("a.yml", nodeOf("a.yml", text), options);
      known += jobsToTrace(node, options).known.size;
      const again = traceFile("b.yml", node, options);
      const alone = traceFile("b.yml", node, freshOptions());
      expect(told(again.jobs), file).toBe(told(alone.jobs));
      expect(stepsOf(again).every((step, at) => step === stepsOf(alone)[at])).toBe(true);
      expect([again.pushes, again.reads], file).toEqual([alone.pushes, alone.reads]);
      expect(first.jobs.length, file).toBe(again.jobs.length);
    }
    expect(known).toBeGreaterThan(20);
  });

  it("have their own steps and places", () => {
    const options = freshOptions();
    traceFile("a.yml", nodeOf("a.yml", WORKFLOW), options);
    const node = nodeOf("b.yml", WORKFLOW.replace("Get it", "Take it"));
    const deploy = traceFile("b.yml", node, options).jobs[1]?.checkouts[0];
    expect(deploy?.step.span?.file.path).toBe("b.yml");
    expect(deploy?.place.stepName).toBe("Take it");
    expect(deploy?.mayUse.length).toBe(1);
  });

  it("may have other names", () => {
    const other = WORKFLOW.replace("Deploy it", "Send it").replace("on: push", "name: b\non: push");
    expect(knownBehind(other)).toEqual(["build", "deploy"]);
  });

  it.each([
    [
      "another input",
      "checkout@v5\n      - { id",
      "checkout@v5\n        with: { path: x }\n      - { id",
      ["build", "deploy"],
    ],
    ["another script", "./deploy", "./send", ["deploy"]],
    ["another output of a needed job", "version=1", "version=2", ["build", "deploy"]],
    ["another id", "deploy:", "send:", ["deploy"]],
    ["another event", "on: push", "on: release", ["build", "deploy"]],
    ["a variable of the workflow", "jobs:", "env: { A: b }\njobs:", ["build", "deploy"]],
    ["other permissions", "jobs:", "permissions: { contents: write }\njobs:", ["build", "deploy"]],
    ["another repository in sight", "jobs:", "env: { A: https://github.com/o/r }\njobs:", ["build", "deploy"]],
    ["a version in a comment", "checkout@v5\n      - { id", "checkout@v5 # v6\n      - { id", ["build", "deploy"]],
  ])("are not known with %s", (_, from, to, unknown) => {
    const second = WORKFLOW.replace(from, to);
    expect(second).not.toBe(WORKFLOW);
    const ids = ["build", "deploy", "send"].filter((id) => second.includes(`${id}:`));
    expect(ids.filter((id) => !knownBehind(second).includes(id))).toEqual(
      unknown.map((id) => (second.includes(`${id}:`) ? id : "send")),
    );
  });

  it("push nothing", () => {
    const options = freshOptions();
    const text = WORKFLOW.replace("./deploy", "git push origin");
    const first = traceFile("a.yml", nodeOf("a.yml", text), options);
    const second = traceFile("b.yml", nodeOf("b.yml", text), options);
    expect(first.pushes.length).toBe(1);
    expect(second.pushes.map(({ workflow }) => workflow)).toEqual(["b.yml"]);
    expect(second.jobs[1]?.checkouts[0]?.uses.length).toBe(1);
  });
});

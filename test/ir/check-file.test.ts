import { describe, expect, test } from "vitest";
import { checkCall } from "../../src/ir/check/check-call.ts";
import { locate } from "../../src/ir/span.ts";
import type { CallJob } from "../../src/ir/workflow.ts";
import { readAction, readWorkflow, type ReadResult } from "../../src/read/read-file.ts";

/** `line:column code`, with `?` behind a warning. */
function problemsOf({ problems }: ReadResult): string[] {
  return problems.map(({ span, code, severity }) => {
    const { startLine, startColumn } = locate(span);
    return `${startLine}:${startColumn} ${code}${severity === "warning" ? "?" : ""}`;
  });
}

const inWorkflow = (text: string) => problemsOf(readWorkflow("ci.yml", text));
/** Steps begin at line 6. */
const inSteps = (...steps: string[]) =>
  inWorkflow(`on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n${steps.map((step) => `      - ${step}\n`).join("")}`);
/** Jobs begin at line 3. */
const inJobs = (...jobs: string[]) => inWorkflow(`on: push\njobs:\n${jobs.map((job) => `  ${job}\n`).join("")}`);
/** The trigger begins at line 2. */
const inTrigger = (...lines: string[]) =>
  inWorkflow(`on:\n${lines.map((line) => `  ${line}\n`).join("")}jobs: { a: { runs-on: x, steps: [{ run: y }] } }\n`);
/** The matrix stands in line 4. */
const inMatrix = (matrix: string) =>
  inJobs("a:", "  runs-on: x", `  strategy: { matrix: ${matrix} }`, "  steps: [{ run: y }]");

const LOCAL = "./.github/workflows/x.yml";
const count = (most: number) => Array.from({ length: most }, (_, index) => index).join();

describe("steps", () => {
  test.each<[string, string[], string[]]>([
    ["fine", ["{ id: a, run: x }", "{ uses: a/b@v1 }"], []],
    ["without anything to do", ["{ name: x }"], ["6:9 bad-step"]],
    ["with two things to do", ["{ run: x, uses: a/b@v1 }"], ["6:19 unknown-key"]],
    ["`with` beside `run`", ["{ run: x, with: {} }"], ["6:19 unknown-key"]],
    ["`shell` beside `uses`", ["{ uses: a/b@v1, shell: bash }"], ["6:25 unknown-key"]],
    ["a wrong kind of `run`", ["{ run: [x] }"], ["6:16 wrong-type"]],
    ["an id with a space", ["{ id: a b, run: x }"], ["6:15 bad-id"]],
    ["a reserved id", ["{ id: __a, run: x }"], ["6:15 bad-id"]],
    ["an id of 100 characters", [`{ id: ${"a".repeat(100)}, run: x }`], ["6:15 bad-id"]],
    ["an id twice", ["{ id: a, run: x }", "{ id: A, run: x }"], ["7:15 duplicate-id"]],
    ["waiting for a step", ["{ id: a, run: x, background: true }", "{ wait: a }", "{ cancel: a }"], []],
    [
      "waiting for a step that is none",
      ["{ id: abc, run: x, background: true }", "{ wait: [abd] }"],
      ["7:18 unknown-step"],
    ],
    ["waiting for a step that has ended", ["{ id: a, run: x }", "{ wait: a }"], ["7:17 unknown-step?"]],
    ["waiting for a later step", ["{ wait: a }", "{ id: a, run: x, background: true }"], ["6:17 unknown-step"]],
    ["waiting for itself", ["{ id: a, wait: a }"], ["6:24 unknown-step"]],
    ["`wait-all: false`", ["{ wait-all: false }"], ["6:21 bad-value"]],
    ["`wait-all` with an id", ["{ wait-all: db }"], ["6:21 bad-value"]],
    ["waiting for none", ["{ wait: [] }"], ["6:17 missing-key"]],
    ["none in parallel", ["{ parallel: [] }"], ["6:21 missing-key"]],
    ["a shell of the runner", ["{ run: x, shell: pwsh }", "{ run: x, shell: BASH }"], []],
    ["a shell of one's own", ["{ run: x, shell: 'perl {0}' }", "{ run: x, shell: '${{ vars.S }}' }"], []],
    [
      "a shell that is none",
      ["{ run: x, shell: fish }", "{ run: x, shell: /bin/sh }"],
      ["6:26 bad-shell?", "7:26 bad-shell?"],
    ],
    ["a shell without its script", ["{ run: x, shell: bash -e }"], ["6:26 bad-shell?"]],
    ["a time that is none", ["{ run: x, timeout-minutes: -1 }"], ["6:36 bad-value"]],
    ["in parallel", ["{ parallel: [{ run: x }, { uses: a/b@v1 }] }"], []],
    ["nested in parallel", ["{ parallel: [{ parallel: [{ run: x }] }] }"], ["6:22 bad-step"]],
    ["in the background of parallel ones", ["{ parallel: [{ run: x, background: true }] }"], ["6:22 bad-step"]],
  ])("%s", (_, steps, problems) => {
    expect(inSteps(...steps)).toEqual(problems);
  });
});

describe("jobs", () => {
  const steps = "steps: [{ run: y }]";
  const runs = `runs-on: x, ${steps}`;
  test.each<[string, string[], string[]]>([
    ["fine", [`a: { ${runs} }`, `b: { needs: A, ${runs} }`, `c: { uses: ${LOCAL}, needs: [a, b] }`], []],
    ["without `runs-on`", [`a: { ${steps} }`], ["3:6 missing-key"]],
    ["without steps", ["a: { runs-on: x }"], ["3:6 missing-key"]],
    ["with a list of no steps", ["a: { runs-on: x, steps: [] }"], ["3:27 missing-key"]],
    [
      "without steps, but with an expression among its keys",
      ["a: { runs-on: x, '${{ insert }}': {} }"],
      ["3:20 expression-not-allowed"],
    ],
    ["with `runs-on` and `uses`", [`a: { runs-on: x, uses: ${LOCAL} }`], ["3:20 unknown-key"]],
    ["with `uses` and `runs-on`", [`a: { uses: ${LOCAL}, runs-on: x }`], ["3:41 unknown-key"]],
    [
      "with `uses` and what a called workflow says itself",
      [`a: { uses: ${LOCAL}, timeout-minutes: 5 }`],
      ["3:41 unknown-key"],
    ],
    ["with `uses` and a key that a newer GitHub may know", [`a: { uses: ${LOCAL}, x: 5 }`], ["3:41 unknown-key?"]],
    ["with `with` alone", ["a: { with: {} }"], ["3:6 missing-key"]],
    ["with an id that is none", [`1a: { ${runs} }`], ["3:3 bad-id"]],
    ["with one id twice", [`a: { ${runs} }`, `A: { ${runs} }`], ["4:3 duplicate-key"]],
    ["needing one that is none", [`a: { ${runs} }`, `b: { needs: [c], ${runs} }`], ["4:16 bad-needs"]],
    [
      "in a circle",
      [`a: { ${runs} }`, `b: { needs: [a, c], ${runs} }`, `c: { needs: b, ${runs} }`],
      ["4:19 bad-needs", "5:15 bad-needs"],
    ],
    ["all needing others", [`a: { needs: b, ${runs} }`, `b: { needs: a, ${runs} }`], ["3:3 bad-needs"]],
    ["all needing others, one of which is none", [`a: { needs: c, ${runs} }`], ["3:3 bad-needs", "3:15 bad-needs"]],
    ["needing one that is no job", ["a: 1", `b: { needs: a, ${runs} }`], ["3:6 wrong-type"]],
    [
      "of a group",
      [`a: { runs-on: { group: org/x }, ${steps} }`, `b: { runs-on: { group: x/y }, ${steps} }`],
      ["4:26 bad-value"],
    ],
    [
      "of no runner",
      [`a: { runs-on: [], ${steps} }`, `b: { runs-on: {}, ${steps} }`],
      ["3:17 missing-key", "4:17 missing-key"],
    ],
    ["of a group without labels", [`a: { runs-on: { group: x, labels: [] }, ${steps} }`], ["3:37 missing-key"]],
    ["in a container without an image", [`a: { ${runs}, container: { options: y } }`], ["3:52 missing-key"]],
    ["in a container of nothing", [`a: { ${runs}, container: "docker://" }`], ["3:52 bad-value"]],
    ["in a container that an expression may give", [`a: { ${runs}, container: { options: '\${{ vars.X }}' } }`], []],
    ["with a service without an image", [`a: { ${runs}, services: { db: { ports: [1] } } }`], ["3:57 missing-key"]],
    [
      "with an `entrypoint` for the container",
      [`a: { ${runs}, container: { image: y, entrypoint: z } }`],
      ["3:64 unknown-key?"],
    ],
    [
      "with a snapshot of a wrong version",
      [`a: { ${runs}, snapshot: { image-name: y, version: 1.2 } }`],
      ["3:77 bad-value"],
    ],
    ["in a group with too long a name", [`a: { ${runs}, concurrency: ${"g".repeat(401)} }`], ["3:54 bad-value"]],
    [
      "that are queued and cancelled",
      [`a: { ${runs}, concurrency: { group: g, queue: max, cancel-in-progress: true } }`],
      ["3:73 conflicting-keys"],
    ],
    [
      "that are queued, or cancelled",
      [`a: { ${runs}, concurrency: { group: g, queue: max, cancel-in-progress: false } }`],
      [],
    ],
    [
      "with a time that is none",
      [`a: { ${runs}, timeout-minutes: -1 }`, `b: { ${runs}, timeout-minutes: 0 }`],
      ["3:58 bad-value", "4:58 bad-value?"],
    ],
    ["with a time that GitHub cuts", [`a: { ${runs}, timeout-minutes: 1.5 }`], ["3:58 bad-value?"]],
    ["with a default shell that is none", [`a: { ${runs}, defaults: { run: { shell: fish } } }`], ["3:67 bad-shell?"]],
    ["with an empty key", [`a: { ${runs}, env: { '': x } }`], ["3:48 bad-value"]],
  ])("%s", (_, jobs, problems) => {
    expect(inJobs(...jobs)).toEqual(problems);
  });

  test.each<[string, string[]]>([
    ["{ os: [a, b] }", []],
    ["{ include: [{ os: a }] }", []],
    ["{ os: '${{ fromJSON(vars.X) }}', exclude: ['${{ fromJSON(vars.Y) }}'] }", []],
    ["{}", ["5:25 missing-key"]],
    ["{ os: [] }", ["5:31 bad-value"]],
    ["{ exclude: [{ os: a }] }", ["5:25 missing-key"]],
    ["{ include: [] }", ["5:25 missing-key"]],
    ["{ os: [a], exclude: [{ os: a }] }", []],
    ["{ os: [a], exclude: [{ arch: a }] }", ["5:48 unknown-key"]],
    ["{ os: [a], exclude: [{}], include: [{}] }", ["5:61 bad-value", "5:46 bad-value"]],
    ["{ os: ['${{ vars.OS }}'], exclude: [{ arch: a }] }", []],
    ["{ os: a }", ["5:31 wrong-type"]],
    ["{ include: { os: a } }", ["5:36 wrong-type"]],
    [`{ a: [${count(16)}], b: [${count(16)}] }`, []],
    [`{ a: [${count(16)}], b: [${count(17)}] }`, ["5:25 bad-value"]],
    // Nobody has counted how many of them an exclusion leaves.
    [`{ a: [${count(16)}], b: [${count(17)}], exclude: [{ a: 1 }] }`, []],
  ])("matrix %s", (matrix, problems) => {
    expect(inMatrix(matrix)).toEqual(problems);
  });
});

describe("schedules", () => {
  test.each<[string, string[]]>([
    ["0 6 * * 1", []],
    ["*/5 * * * *", []],
    ["0,30 1-5 1 JAN-Mar sun", []],
    ["5-59/15 * * * 0", []],
    ["30/10 * * * *", []],
    ["* * * * *", ["3:13 bad-cron?"]],
    ["0-4 * * * *", ["3:13 bad-cron?"]],
    ["0,58 * * * *", ["3:13 bad-cron?"]],
    ["0 6 * *", ["3:13 bad-cron"]],
    ["60 * * * *", ["3:13 bad-cron"]],
    ["0 24 * * *", ["3:13 bad-cron"]],
    ["0 0 0 * *", ["3:13 bad-cron"]],
    ["0 0 * 13 *", ["3:13 bad-cron"]],
    ["0 0 * * 7", ["3:13 bad-cron"]],
    ["0 0 * * 5-1", ["3:13 bad-cron"]],
    ["0 0 * * */0", ["3:13 bad-cron"]],
    ["0 0 * * 1,", ["3:13 bad-cron"]],
    ["@daily", ["3:13 bad-cron"]],
  ])("%s", (cron, problems) => {
    expect(inTrigger("schedule:", `  - cron: "${cron}"`)).toEqual(problems);
  });

  test("the line break of a block scalar does no harm", () => {
    expect(inTrigger("schedule:", "  - cron: |", "      0 6 * * 1")).toEqual([]);
  });
});

describe("inputs", () => {
  const dispatch = (input: string) => inTrigger("workflow_dispatch:", `  inputs: { a: ${input} }`);
  const call = (input: string) => inTrigger("workflow_call:", `  inputs: { a: ${input} }`);
  test.each<[string, string[]]>([
    ["", []],
    ["{ type: choice, options: [x, y], default: x }", []],
    ["{ default: 14 }", []],
    ["{ default: 3.10 }", ["3:29 bad-input?"]],
    ["{ type: choice }", ["3:18 bad-input"]],
    ["{ type: choice, options: [] }", ["3:18 bad-input"]],
    ["{ type: choice, options: [x], default: y }", ["3:57 bad-input?"]],
    ["{ options: [x] }", ["3:18 bad-input"]],
    ["{ type: boolean, default: 'true' }", ["3:44 bad-input?"]],
    ["{ type: number, default: x }", ["3:43 bad-input?"]],
    ["{ type: text }", ["3:26 bad-value"]],
    ["{ deprecationMessage: x }", ["3:20 unknown-key?"]],
  ])("of a dispatch: %s", (input, problems) => {
    expect(dispatch(input)).toEqual(problems);
  });

  test.each<[string, string[]]>([
    ["{ type: string, default: 14 }", []],
    ["{ type: boolean, default: '${{ github.ref == 1 }}' }", []],
    ["{ type: boolean, default: 'true' }", ["3:44 bad-input"]],
    ["{ type: number, default: '1' }", ["3:43 bad-input"]],
    ["{ required: true }", ["3:18 missing-key"]],
    ["{ type: choice, options: [x] }", ["3:26 bad-value", "3:34 unknown-key?"]],
  ])("of a call: %s", (input, problems) => {
    expect(call(input)).toEqual(problems);
  });
});

const manyInputs = (most: number) => Array.from({ length: most }, (_, index) => `i${index}: `).join(", ");

describe("triggers", () => {
  test.each<[string[], string[]]>([
    [["push: { types: [x] }"], ["2:11 unknown-key?"]],
    [["push: { brunches: [x] }"], ["2:11 unknown-key?"]],
    [["issues: { types: [opend] }"], ["2:21 bad-value?"]],
    [["pusch:"], ["2:3 unknown-key?"]],
    [["schedule:"], ["2:12 wrong-type"]],
    [["create:"], []],
    [["create: {}"], []],
    [["create: { branches: x }"], ["2:13 unknown-key?"]],
    [["push: { branches: [a], tags: [b], paths-ignore: [c] }"], []],
    [["push: { branches: [a], branches-ignore: [b] }"], ["2:26 conflicting-keys"]],
    [["push: { tags-ignore: [b], tags: [a] }"], ["2:11 conflicting-keys"]],
    [["pull_request: { paths: a, paths-ignore: b }"], ["2:29 conflicting-keys"]],
    [["push: { branches: ['!a', '!b'] }"], ["2:22 bad-value?"]],
    [["push: { branches: [a], tags: ['!**'] }"], []],
    [["pull_request: { paths: ['!a'] }"], ["2:27 bad-value?"]],
    [["push: { branches: [a, '!b'], paths-ignore: ['!c'] }"], []],
    [["workflow_run: { workflows: [a], types: [completed] }"], []],
    [["workflow_run: { types: [completed] }"], ["2:3 missing-key"]],
    [["workflow_run:"], ["2:3 missing-key"]],
    [["workflow_run: { workflows: [] }"], ["2:30 missing-key"]],
    [["schedule: []"], ["2:13 missing-key"]],
    [[`workflow_dispatch: { inputs: { ${manyInputs(25)} } }`], []],
    [[`workflow_dispatch: { inputs: { ${manyInputs(26)} } }`], ["2:32 bad-value?"]],
    [["workflow_dispatch: { inputs: { '': } }"], ["2:34 bad-value"]],
  ])("%j", (lines, problems) => {
    expect(inTrigger(...lines)).toEqual(problems);
  });
});

test.each([
  ["[]", ["1:5 missing-key"]],
  ["{}", ["1:5 missing-key"]],
  ["[push, workflow_run]", ["1:12 missing-key"]],
  ["workflow_run", ["1:5 missing-key"]],
  ["schedule", ["1:5 missing-key?"]],
  ["[push, push]", []],
])("on: %s", (on, problems) => {
  expect(inWorkflow(`on: ${on}\njobs: { a: { runs-on: x, steps: [{ run: y }] } }\n`)).toEqual(problems);
});

describe("what `uses` names", () => {
  test.each([
    "a/b@v1",
    "a/b/c/d@main",
    "a/b@feature/x",
    "a\\b@v1",
    "./",
    "./.github/actions/x",
    ".\\x",
    "$/x",
    "docker://alpine",
    "'${{ vars.X }}'",
  ])("a step may use %s", (uses) => {
    expect(inSteps(`uses: ${uses}`).filter((problem) => problem.endsWith("bad-uses"))).toEqual([]);
  });

  test.each([
    "nonsense",
    "actions/checkout",
    "actions/checkout@",
    "checkout@v4",
    "a/b@v1@v2",
    "'a/b@v1 # pinned'",
    "a/b@v1..v2",
    "a/b@v1.lock",
    "../x",
    ".",
    ".github/actions/x",
    "/x",
    "docker://",
    "./.github/workflows/x.yml",
    "a/b/.github/workflows/x.yml@v1",
  ])("a step cannot use %s", (uses) => {
    expect(inSteps(`uses: ${uses}`)).toEqual(["6:15 bad-uses"]);
  });

  test.each([
    "./.github/workflows/x.yml",
    "./.github/workflows/x.yaml",
    "a/b/.github/workflows/x.yml@v1",
    "a/b.c/.github/workflows/x.yml@feature/x",
    "$/.github/workflows/x.yml",
  ])("a job may use %s", (uses) => {
    expect(inJobs(`a: { uses: ${uses} }`)).toEqual([]);
  });

  test.each([
    "nonsense",
    "a/b@v1",
    "./x.yml",
    "./.github/workflows/x.yml@v1",
    "./.github/workflows/x.txt",
    "./.github/workflows/y/x.yml",
    ".github/workflows/x.yml@v1",
    "a/b/.github/workflows/x.yml",
    "a/b/.github/workflows/x.yml@",
    "a/b/.github/workflows/x.yml@v1@v2",
    "a/b/.github/workflows/y/x.yml@v1",
    "a/b/workflows/x.yml@v1",
    "a/b/.github/workflows/x.yml@v 1",
  ])("a job cannot use %s", (uses) => {
    expect(inJobs(`a: { uses: ${uses} }`)).toEqual(["3:14 bad-uses"]);
  });
});

describe("keys", () => {
  test("merge keys are refused, with a word about them", () => {
    const text =
      "on: push\njobs:\n  a: &a { runs-on: x, steps: [{ run: y }] }\n  b:\n    <<: *a\n    runs-on: y\n    steps: [{ run: y }]\n";
    const { problems } = readWorkflow("ci.yml", text);
    expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining("does not merge mappings")]);
  });

  test("a key may be an expression where a value may be", () => {
    expect(
      inJobs("a:", "  runs-on: x", "  env: { '${{ insert }}': '${{ vars.X }}' }", "  steps: [{ run: y }]"),
    ).toEqual([]);
    expect(inJobs("a:", "  runs-on: x", "  '${{ insert }}': {}")).toEqual(["5:5 expression-not-allowed"]);
  });
});

describe("actions", () => {
  const inAction = (runs: string, more = "description: b\n") =>
    problemsOf(readAction("action.yml", `name: a\n${more}runs:\n  ${runs}\n`));
  test.each<[string, string[]]>([
    ["{ using: composite, steps: [{ run: x, shell: bash }, { uses: a/b@v1 }] }", []],
    ["{ using: composite, steps: [{ run: x }] }", ["4:31 missing-key"]],
    ["{ using: composite, steps: [{ name: x }] }", ["4:31 bad-step"]],
    ["{ using: composite, steps: [{ run: x, shell: fish }] }", ["4:48 bad-shell?"]],
    ["{ using: composite, steps: [{ uses: nonsense }] }", ["4:39 bad-uses"]],
    ["{ using: composite, steps: [{ wait: x }] }", ["4:33 unknown-key?", "4:31 bad-step"]],
    ["{ using: composite, steps: [{ uses: a/b@v1, timeout-minutes: 1 }] }", ["4:47 unknown-key?"]],
    ["{ using: composite, steps: [{ id: a, run: x, shell: sh }, { id: a, uses: a/b@v1 }] }", ["4:67 duplicate-id"]],
    ["{ using: composite }", ["4:3 missing-key"]],
    ["{ using: node20 }", ["4:3 missing-key"]],
    ["{ using: node99, main: x }", ["4:12 bad-value?"]],
    ["{ using: ruby, main: x }", ["4:12 bad-value"]],
    ["{ using: docker }", ["4:3 missing-key"]],
  ])("%s", (runs, problems) => {
    expect(inAction(runs)).toEqual(problems);
  });

  test("a description should be there, and a known colour", () => {
    expect(inAction("{ using: node20, main: x }", "")).toEqual(["1:1 missing-key?"]);
    expect(inAction("{ using: node20, main: x }", "description: b\nbranding: { color: pink }\n")).toEqual([
      "3:20 bad-value?",
    ]);
  });
});

describe("calls", () => {
  const callee = `on:
  workflow_call:
    inputs:
      level: { type: string, required: true }
      dry: { type: boolean }
    secrets:
      TOKEN: { required: true }
jobs: { a: { runs-on: x } }
`;
  function inCall(job: string, called = callee): string[] {
    const { node } = readWorkflow("ci.yml", `on: push\njobs:\n  a: ${job}\n`);
    const { node: workflow } = readWorkflow("called.yml", called);
    const found: string[] = [];
    if (workflow === undefined) throw new Error("the called workflow cannot be read");
    checkCall(node?.jobs?.entries[0]?.value as CallJob, workflow, ["jobs", "a"], (code, _, { span }) => {
      found.push(`${code} ${span === undefined ? "" : span.file.text.slice(span.start, span.end)}`);
    });
    return found;
  }

  test.each<[string, string[]]>([
    ["{ uses: ./called.yml, with: { LEVEL: 1, dry: true }, secrets: { token: x } }", []],
    ["{ uses: ./called.yml, with: { level: a, dry: '${{ inputs.dry }}' }, secrets: inherit }", []],
    ["{ uses: ./called.yml, secrets: inherit }", ["missing-key ./called.yml"]],
    ["{ uses: ./called.yml, with: { level: a } }", ["missing-key ./called.yml"]],
    ["{ uses: ./called.yml, with: { level: a, levle: b }, secrets: inherit }", ["unknown-key b"]],
    ["{ uses: ./called.yml, with: { level: a, dry: 'true' }, secrets: inherit }", ["wrong-type 'true'"]],
    ["{ uses: ./called.yml, with: { level: a }, secrets: { TOKEN: x, OTHER: y } }", ["unknown-key y"]],
  ])("%s", (job, problems) => {
    expect(inCall(job)).toEqual(problems);
  });

  test("a workflow that cannot be called", () => {
    const other = "on: push\njobs: { a: { runs-on: x } }\n";
    expect(inCall("{ uses: ./called.yml }", other)).toEqual(["bad-value ./called.yml"]);
    expect(inCall("{ uses: ./called.yml }", other.replace("push", "[push, workflow_call]"))).toEqual([]);
  });
});

test("a job that is needed under a misspelt id is named", () => {
  const { problems } = readWorkflow(
    "x.yml",
    "on: push\njobs:\n  build: { runs-on: x, steps: [{ run: y }] }\n  a: { needs: [biuld, zzz], runs-on: x, steps: [{ run: y }] }\n",
  );
  expect(problems.map(({ message }) => message)).toEqual([
    "`a` needs `biuld`, and no job has this id; did you mean `build`?",
    "`a` needs `zzz`, and no job has this id",
  ]);
});

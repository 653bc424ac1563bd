import { expect, test } from "vitest";
import { checkExpressions } from "../../src/expressions/check-file.ts";
import { findInjections } from "../../src/expressions/find-injections.ts";
import { readAction, readWorkflow } from "../../src/read/read-file.ts";

/** Problems as `severity path: message`, and the text that each points at. */
function problemsOf(yaml: string, read: typeof readWorkflow | typeof readAction = readWorkflow): string[] {
  const { node, expressions } = read("x.yml", yaml);
  if (node === undefined) throw new Error("unreadable");
  return checkExpressions(node, expressions).map(
    ({ severity, path, message, scalar, start, end }) =>
      `${severity} ${path.join(".")} [${scalar.text.slice(start, end)}]: ${message}`,
  );
}

const workflow = (job: string, on = "push") =>
  `on: ${on}\njobs:\n  build:\n    runs-on: x\n    outputs: { v: "1" }\n    steps: [{ run: x, id: made }]\n  a:\n    runs-on: x\n${job.replace(/^/gm, "    ")}\n`;

test("what GitHub would not run is an error, what it misunderstands a warning", () => {
  const found = problemsOf(workflow("if: secrets.X == ''\nsteps:\n  - run: make\n    if: runner.os == 'linux-x'\n"));
  expect(found).toEqual([
    "error jobs.a.if [secrets]: Unrecognized named-value: 'secrets'. This place offers github, inputs, vars, needs",
    expect.stringMatching(/^warning jobs\.a\.steps\.0\.if \['linux-x'\]: This comparison is never true/),
  ]);
});

test("a job sees the outputs of the jobs it needs, and no others", () => {
  const use = "steps:\n  - run: echo ${{ needs.build.outputs.v }} ${{ needs.build.outputs.w }}\n";
  expect(problemsOf(workflow(`needs: build\n${use}`))).toEqual([
    "warning jobs.a.steps.0.run [w]: needs.build.outputs has no property 'w'. Did you mean 'v'?",
  ]);
  const missed =
    "warning jobs.a.steps.0.run [build]: `needs` has no job `build`, for `a` does not wait for it: write `needs: [build]`";
  expect(problemsOf(workflow(use))).toEqual([missed, missed]);
  expect(problemsOf(workflow(`needs: [c]\n${use}`))[0]).toMatch(/add `build` to its `needs`$/);
  expect(problemsOf(workflow("steps:\n  - run: echo ${{ needs.a.result }}\n"))).toEqual([
    "warning jobs.a.steps.0.run [a]: the job `a` cannot use its own outputs or result",
  ]);
  expect(problemsOf(workflow("steps:\n  - run: echo ${{ needs.nobody.result }}\n"))).toEqual([
    "warning jobs.a.steps.0.run [nobody]: needs has no property 'nobody'. It has none",
  ]);
});

test("a step sees the steps before it; the step that was missed is named", () => {
  const yaml = workflow(
    "steps:\n  - run: echo ${{ steps.late.outputs.x }} ${{ steps.made.outputs.x }}\n  - id: late\n    run: x\noutputs:\n  o: ${{ steps.late.outputs.x }}\n",
  );
  const { node, expressions } = readWorkflow("x.yml", yaml);
  if (node === undefined) throw new Error("unreadable");
  const problems = checkExpressions(node, expressions);
  expect(problems.map(({ message }) => message)).toEqual([
    "`steps` has no step `late` yet, for it runs later: move it up",
    "`steps` has no step `made` here, for it is one of the job `build`: hand it over in that job's `outputs`, and write `needs: [build]`",
  ]);
  expect(problems.map(({ related }) => related?.text)).toEqual([
    "the step `late` stands here",
    "the step `made` stands here",
  ]);
  expect(problems.map(({ related }) => (related?.at.kind === "run-step" ? related.at.id?.text : undefined))).toEqual([
    "late",
    "made",
  ]);
});

test("a step of a job that is waited for is read through that job's outputs", () => {
  const made = "steps:\n  - run: echo ${{ steps.made.outputs.x }}\n";
  expect(problemsOf(workflow(`needs: [build]\n${made}`))[0]).toMatch(/, and read `needs\.build\.outputs` here$/);
  expect(problemsOf(workflow(`needs: [c]\n${made}`))[0]).toMatch(/, and write `needs: \[build\]`$/);
});

test("a step of an action sees the steps before it", () => {
  const { node, expressions } = readAction(
    "action.yml",
    "name: a\ndescription: b\nruns:\n  using: composite\n  steps:\n    - { run: 'echo ${{ steps.late.outputs.x }}', shell: bash }\n    - { id: late, run: x, shell: bash }\n",
  );
  if (node === undefined) throw new Error("unreadable");
  expect(checkExpressions(node, expressions).map(({ message }) => message)).toEqual([
    "`steps` has no step `late` yet, for it runs later: move it up",
  ]);
});

test("a job without a matrix has no `matrix`", () => {
  const use = "steps:\n  - run: echo ${{ matrix.os }}\n";
  expect(problemsOf(workflow(use))).toEqual([
    "warning jobs.a.steps.0.run [os]: `matrix.os` is empty: this job has no `strategy.matrix`",
  ]);
  expect(problemsOf(workflow(`strategy: { fail-fast: false }\n${use}`))).toHaveLength(1);
  for (const strategy of [
    "{ matrix: { os: [a] } }",
    "{ matrix: '${{ fromJSON(vars.M) }}' }",
    "${{ fromJSON(vars.S) }}",
  ])
    expect(problemsOf(workflow(`strategy: ${strategy}\n${use}`))).toEqual([]);
});

test("the matrix, inputs and events narrow what a comparison can be", () => {
  const on = "{ push: {}, workflow_dispatch: { inputs: { level: { type: choice, options: [low, high] } } } }";
  const yaml = workflow(
    "strategy:\n  matrix:\n    os: [a, b]\n    include: [{ os: c, slow: true }]\nsteps:\n" +
      [
        "matrix.os == 'c'",
        "matrix.os == 'd'",
        "matrix.slow",
        "matrix.fast",
        "inputs.level == 'mid'",
        "github.event_name == 'pull_request'",
      ]
        .map((condition) => `  - { run: x, if: "${condition}" }`)
        .join("\n"),
    on,
  );
  expect(problemsOf(yaml).map((problem) => problem.replace(/\]:.*/, "]"))).toEqual([
    "warning jobs.a.steps.1.if ['d']",
    "warning jobs.a.steps.3.if [fast]",
    "warning jobs.a.steps.4.if [inputs.level == 'mid']",
    "warning jobs.a.steps.5.if [github.event_name == 'pull_request']",
  ]);
});

test("every bad placeholder of a text is told", () => {
  const found = problemsOf(workflow("steps:\n  - run: echo ${{ a b }} ${{ github.ref }} ${{ nope.x }} ${{\n"));
  expect(found.map((problem) => problem.split(":")[0])).toEqual([
    "error jobs.a.steps.0.run [b]",
    "error jobs.a.steps.0.run [nope]",
    "error jobs.a.steps.0.run [${{\n]".replace("\n", ""),
  ]);
});

test("a composite action has its inputs, and no secrets", () => {
  const action = (run: string) =>
    `name: x\ninputs: { key: {} }\nruns:\n  using: composite\n  steps:\n    - { shell: bash, id: one, run: "${run}" }\n`;
  expect(problemsOf(action("${{ inputs.key }}"), readAction)).toEqual([]);
  expect(problemsOf(action("${{ inputs.kee }} ${{ secrets.X }}"), readAction)).toEqual([
    expect.stringContaining("Did you mean 'key'?"),
    expect.stringMatching(/^error .*Unrecognized named-value: 'secrets'/),
  ]);
});

test("what an outsider writes into a script", () => {
  const yaml = workflow(
    "steps:\n  - run: echo ${{ github.event.issue.title }} ${{ github.sha }} ${{ format('{0}', github.head_ref) }}\n" +
      "  - uses: actions/github-script@v7\n    with: { script: 'x(${{ github.event.comment.body }})' }\n" +
      "  - run: echo $T\n    env: { T: '${{ github.event.issue.title }}' }\n",
    "issues",
  );
  const { node } = readWorkflow("x.yml", yaml);
  if (node === undefined) throw new Error("unreadable");
  expect(findInjections(node).map(({ path, scalar, start, end }) => [path, scalar.text.slice(start, end)])).toEqual([
    ["github.event.issue.title", "${{ github.event.issue.title }}"],
    ["github.head_ref", "${{ format('{0}', github.head_ref) }}"],
    ["github.event.comment.body", "${{ github.event.comment.body }}"],
  ]);
});

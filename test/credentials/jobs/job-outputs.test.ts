import { describe, expect, it } from "vitest";
import { identitiesOf, pushesOf } from "../pushes-of.ts";

const MINT = `
      - id: app
        uses: actions/create-github-app-token@v2
        with: { app-id: 1, private-key: "\${{ secrets.KEY }}" }`;

/** A job with an output, and one that pushes. */
function workflow(output: string, steps: string, push: string): string {
  return `on: push
jobs:
  first:
    runs-on: ubuntu-latest
    outputs:
      value: ${output}
    steps:${steps}
      - run: "true"
  second:
    needs: first
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        with: { persist-credentials: false }
      - run: ${push}
`;
}

const BY_URL = "git push https://x-access-token:${{ needs.first.outputs.value }}@github.com/octo/app main";

describe("the outputs of needed jobs", () => {
  it.each([
    ["an App's token", "${{ steps.app.outputs.token }}", MINT],
    ["a secret", "${{ secrets.PAT }}", ""],
    [
      "a secret in base64",
      "${{ steps.e.outputs.b }}",
      '\n      - id: e\n        run: echo "b=$(printf %s "${{ secrets.PAT }}" | base64 -w0)" >> "$GITHUB_OUTPUT"',
    ],
    ["a text with a secret in it", "x-${{ secrets.PAT }}", ""],
  ])("are empty where they hold %s", (_, output, steps) => {
    const [push] = pushesOf(workflow(output, steps, BY_URL));
    expect(push?.identity).toEqual({ kind: "none" });
    expect(push?.evidence[0]).toMatchObject({
      text: expect.stringContaining("holds a secret") as string,
      span: { startLine: 6 },
    });
  });

  it("hand on plain texts", () => {
    const steps = "\n      - id: e\n        run: echo owner=acme >> $GITHUB_OUTPUT";
    const push = "git push https://x:${{ secrets.PAT }}@github.com/${{ needs.first.outputs.value }}/site main";
    const [met] = pushesOf(workflow("${{ steps.e.outputs.owner }}", steps, push));
    expect(met).toMatchObject({ identity: { kind: "pat", name: "PAT" }, target: { repository: "acme/site" } });
  });

  it("are unknown where a step's output is", () => {
    const steps = "\n      - id: e\n        uses: acme/tokens@v1";
    const [met] = pushesOf(workflow("${{ steps.e.outputs.token }}", steps, BY_URL));
    expect(met?.identity).toMatchObject({
      kind: "unknown",
      reason: expect.stringContaining("needs.first.outputs.value") as string,
    });
  });

  it("are empty where the job has none of the name, or is not needed", () => {
    const text = workflow("x", "", BY_URL.replace("value", "other"));
    expect(identitiesOf(pushesOf(text))).toEqual(["none"]);
    expect(
      identitiesOf(pushesOf(workflow("${{ steps.e.outputs.token }}", "", BY_URL).replace("needs: first", "needs: []"))),
    ).toEqual(["none"]);
  });

  it("tell apart the ways of the job", () => {
    const steps =
      '\n      - id: e\n        run: |\n          if [ -n "${{ vars.FORK }}" ]; then echo owner=fork; else echo owner=acme; fi >> $GITHUB_OUTPUT';
    const push = "git push https://x:${{ secrets.PAT }}@github.com/${{ needs.first.outputs.value }}/site main";
    const [met] = pushesOf(workflow("${{ steps.e.outputs.owner }}", steps, push));
    expect(met).toMatchObject({ identity: { kind: "pat" }, target: { repository: null } });
  });

  it("do not go in circles", () => {
    const text = `on: push
jobs:
  a:
    needs: b
    runs-on: x
    outputs: { o: "\${{ needs.b.outputs.o }}" }
    steps: [{ run: "git push https://x:\${{ needs.b.outputs.o }}@github.com/o/r" }]
  b:
    needs: a
    runs-on: x
    outputs: { o: "\${{ needs.a.outputs.o }}" }
    steps: [{ run: "true" }]
`;
    expect(pushesOf(text)).toMatchObject([{ identity: { kind: "unknown" } }]);
  });

  it("come from called workflows, too", () => {
    const called = `on:
  workflow_call:
    outputs:
      owner: { value: "\${{ jobs.find.outputs.owner }}" }
jobs:
  find:
    runs-on: x
    outputs: { owner: acme }
    steps: [{ run: "true" }]
`;
    const text = `on: push
jobs:
  first: { uses: ./.github/workflows/called.yml }
  second:
    needs: first
    runs-on: x
    steps: [{ run: "git init && git push https://x:\${{ secrets.PAT }}@github.com/\${{ needs.first.outputs.owner }}/r" }]
`;
    expect(pushesOf(text, { ".github/workflows/called.yml": called })).toMatchObject([
      { target: { repository: "acme/r" } },
    ]);
  });
});

describe("a workflow that a called workflow calls", () => {
  const middle = `on: { workflow_call: { secrets: { TOKEN: {} }, inputs: { owner: { type: string } } } }
jobs:
  inner:
    uses: ./.github/workflows/inner.yml
    with: { repository: "\${{ inputs.owner }}/app" }
    secrets: { KEY: "\${{ secrets.TOKEN }}" }
`;
  const inner = `on: { workflow_call: { secrets: { KEY: {} }, inputs: { repository: { type: string } } } }
jobs:
  push:
    runs-on: ubuntu-latest
    steps:
      - run: git init && git push https://x:\${{ secrets.KEY }}@github.com/\${{ inputs.repository }}
`;
  const files = { ".github/workflows/middle.yml": middle, ".github/workflows/inner.yml": inner };

  it("gets what it is given on the way", () => {
    const text =
      'on: push\njobs:\n  outer:\n    uses: ./.github/workflows/middle.yml\n    with: { owner: octo }\n    secrets: { TOKEN: "${{ secrets.PAT }}" }\n';
    expect(pushesOf(text, files)).toMatchObject([
      { job: "outer / inner / push", identity: { kind: "pat", name: "PAT" }, target: { repository: "octo/app" } },
    ]);
  });

  it("does not go on forever", () => {
    const loop =
      "on: workflow_call\njobs:\n  a: { uses: ./.github/workflows/middle.yml }\n  b: { runs-on: x, steps: [{ run: 'git push https://x:${{ secrets.P }}@github.com/o/r' }] }\n";
    const pushes = pushesOf("on: push\njobs:\n  a: { uses: ./.github/workflows/middle.yml, secrets: inherit }\n", {
      ".github/workflows/middle.yml": loop,
    });
    expect(pushes.length).toBe(10);
  });
});

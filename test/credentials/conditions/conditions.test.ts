import { describe, expect, it } from "vitest";
import { identitiesOf, pushesOf } from "../pushes-of.ts";

const CLEAR = "git config --local --unset-all http.https://github.com/.extraheader";
const PUSH = "- run: git push https://x:${{ secrets.PAT }}@github.com/octo/app HEAD:main";

/** Who is seen where steps stand between a checkout that keeps its token and a push with another in its URL. */
function seen(steps: string, { on = "push", job = "", push = PUSH } = {}): string | undefined {
  const all = `- uses: actions/checkout@v5\n${steps}\n${push}\n`.replace(/^/gm, "      ");
  const text = `on: ${on}\njobs:\n  job:\n    runs-on: ubuntu-latest\n${job}    steps:\n${all}`;
  return identitiesOf(pushesOf(text)).join();
}

const clearIf = (condition: string) => `- run: ${CLEAR}\n  if: ${condition}`;
const CLEARED = "pat PAT";
const KEPT = "github-token";

describe("a condition that the workflow's events decide", () => {
  it.each([
    ["github.event_name == 'push'", "push", CLEARED],
    ["github.event_name == 'PUSH'", "push", CLEARED],
    ["github.event_name == 'schedule'", "[push, pull_request]", KEPT],
    ["github.event_name != 'schedule'", "[push, pull_request]", CLEARED],
    [`contains(fromJSON('["push", "pull_request"]'), github.event_name)`, "[push, pull_request]", CLEARED],
    ["github.event_name == 'push'", "[push, pull_request]", `${CLEARED} | ${KEPT}`],
    ["github.event_name == 'push'", "{ push: , workflow_call: }", `${CLEARED} | ${KEPT}`],
    ["github.ref == 'refs/heads/main'", "{ push: { branches: [main] } }", CLEARED],
    ["github.ref_name == 'main' || github.ref_name == 'dev'", "{ push: { branches: [main, dev] } }", CLEARED],
    ["github.ref == 'refs/heads/main'", "{ push: { branches: ['*'] } }", `${CLEARED} | ${KEPT}`],
    ["startsWith(github.ref, 'refs/tags/')", "{ push: { tags: ['v*'] } }", CLEARED],
    ["startsWith(github.ref, 'refs/tags/')", "{ push: { branches: ['v*'] } }", KEPT],
    ["startsWith(github.ref, 'refs/tags/')", "push", `${CLEARED} | ${KEPT}`],
    ["github.event.action == 'published'", "{ release: { types: [published] } }", CLEARED],
    ["github.event.action == 'closed'", "pull_request", KEPT],
    [
      "github.event.schedule == '0 1 * * *'",
      "{ schedule: [{ cron: '0 1 * * *' }, { cron: '0 2 * * *' }] }",
      `${CLEARED} | ${KEPT}`,
    ],
    ["github.event.schedule == '0 3 * * *'", "{ schedule: [{ cron: '0 1 * * *' }] }", KEPT],
    ["github.head_ref == ''", "push", CLEARED],
  ])("%s on %s", (condition, on, expected) => {
    expect(seen(clearIf(condition), { on })).toBe(expected);
  });

  it.each([
    ['[ "$GITHUB_EVENT_NAME" = push ]', CLEARED],
    ['[[ "$GITHUB_REF" == refs/heads/* ]]', CLEARED],
    ['[ -n "$GITHUB_HEAD_REF" ]', KEPT],
    ['[[ "$GITHUB_EVENT_NAME" == pull_* ]]', KEPT],
  ])("in a script: %s", (test, expected) => {
    const on = "{ push: { branches: [main, dev] } }";
    expect(seen(`- run: |\n    if ${test}; then ${CLEAR}; fi`, { on })).toBe(expected);
  });

  it("picks the arms of a case that can be", () => {
    const script = 'case "$GITHUB_REF_NAME" in\n      main) T=$A ;;\n      dev) T=$B ;;\n      *) T=$C ;;\n    esac';
    const env = "\n  env: { A: '${{ secrets.A }}', B: '${{ secrets.B }}', C: '${{ secrets.C }}' }";
    const steps = `- run: |\n    ${CLEAR}\n    ${script}\n    git push https://x:$T@github.com/octo/app HEAD:main${env}`;
    expect(seen(steps, { on: "{ push: { branches: [main, dev] } }", push: "" })).toBe("pat A | pat B");
  });
});

describe("conditions that follow from each other", () => {
  const tokens = (first: string, second: string): string =>
    `- uses: actions/checkout@v5\n  with: { token: '\${{ secrets.PAT }}' }\n  if: ${first}\n- uses: actions/checkout@v5\n  if: ${second}`;
  const push = "- run: git push origin HEAD:main";

  it.each([
    ["github.event_name != 'push'", "github.event_name == 'push'"],
    ["inputs.dry", "'!inputs.dry'"],
    ["inputs.dry == true", "inputs.dry == false"],
    ["vars.A == 'a' && vars.B == 'b'", "vars.A != 'a' || vars.B != 'b'"],
    ["env.KEY != ''", "'!env.KEY'"],
  ])("one of %s and %s holds", (first, second) => {
    const steps = tokens(first, second).replace(
      "- uses: actions/checkout@v5\n",
      "- run: rm -rf .git\n- uses: actions/checkout@v5\n",
    );
    const job = "    env: { KEY: '${{ vars.KEY }}' }\n";
    expect(seen(steps, { on: "[push, pull_request, workflow_dispatch]", push, job })).toBe("pat PAT | github-token");
  });

  it("knows what the job's own condition says", () => {
    const job = "    if: github.event_name == 'push'\n";
    expect(seen(clearIf("github.event_name == 'push'"), { on: "[push, schedule]", job })).toBe(CLEARED);
  });

  it("takes a token for missing where a condition says so", () => {
    const job = "    env: { PAT: '${{ secrets.PAT }}' }\n";
    const [push] = pushesOf(
      `on: push\njobs:\n  job:\n    runs-on: ubuntu-latest\n${job}    steps:\n      - uses: actions/checkout@v5\n      - run: ${CLEAR}\n        if: env.PAT != ''\n      - run: git push https://x:$PAT@github.com/octo/app\n`,
    );
    expect(push?.verdict).toBe("as-intended");
    expect(push?.alternatives).toMatchObject([{ identity: { kind: "github-token" }, verdict: "undeclared" }]);
  });

  it("tells an output that is there only after its step ran from one that is empty", () => {
    const steps = `- id: app\n  if: vars.APP == 'yes'\n  uses: actions/create-github-app-token@v2\n  with: { app-id: 1, private-key: x }
- uses: actions/checkout@v5\n  with: { token: '\${{ steps.app.outputs.token || github.token }}' }`;
    expect(seen(steps, { push })).toBe("app app | github-token");
  });
});

describe("conditions on how other steps ended", () => {
  it.each([
    ["failure()", KEPT],
    ["always()", CLEARED],
    ["success()", CLEARED],
    ["success() && github.event_name == 'push'", CLEARED],
    ["'!cancelled()'", CLEARED],
    ["cancelled()", KEPT],
    ["false", KEPT],
    ["1 == 2", KEPT],
    ["${{ false }} text", CLEARED],
    ["|\n    ${{ false }}", CLEARED],
    ["|\n    false", KEPT],
    ["steps.bad.outcome == 'success'", KEPT],
    ["steps.bad.conclusion == 'success'", CLEARED],
    ["steps.skipped.outcome == 'skipped'", CLEARED],
    ["steps.good.outcome == 'success'", CLEARED],
    ["steps.good.outputs.flag == 'true'", CLEARED],
    // A text is no truth value: docs.github.com, "Expressions", operators.
    ["steps.good.outputs.flag == true", KEPT],
    ["fromJSON(steps.good.outputs.flag)", CLEARED],
  ])("%s", (condition, expected) => {
    const before = `- { id: bad, run: exit 1, continue-on-error: true }
- { id: skipped, run: 'true', if: false }
- { id: good, run: 'echo flag=true >> "$GITHUB_OUTPUT"' }`;
    expect(seen(`${before}\n${clearIf(condition)}`)).toBe(expected);
  });

  it("leave out steps without one after a failure", () => {
    const steps = `- run: ${CLEAR}\n  if: failure()\n- run: git config user.name x`;
    const push = `${PUSH}\n  if: always()`;
    expect(seen(steps, { push })).toBe(`${KEPT} | ${CLEARED}`);
    expect(seen(steps)).toBe(KEPT);
  });

  it("goes on both ways where a step that may fail is allowed to", () => {
    const steps = `- run: |\n    [ "\${{ vars.GO }}" = yes ] || exit 1\n    ${CLEAR}\n  continue-on-error: true`;
    expect(seen(steps)).toBe(`${CLEARED} | ${KEPT}`);
    expect(seen(steps.replace("\n  continue-on-error: true", ""))).toBe(CLEARED);
  });

  it("a pipeline fails with any of its commands, where the shell is named", () => {
    const script = (shell: string) => `- run: |\n    false | true\n    ${CLEAR}\n  continue-on-error: true${shell}`;
    expect(seen(script("\n  shell: bash"))).toBe(KEPT);
    expect(seen(script(""))).toBe(CLEARED);
  });
});

import { describe, expect, it } from "vitest";
import { pushesOf } from "./pushes-of.ts";

function decide(steps: string) {
  const [push, ...others] = pushesOf(`on: workflow_dispatch
permissions: { contents: write }
env: { PAT: "\${{ secrets.PAT }}" }
jobs:
  job:
    runs-on: ubuntu-latest
    steps:
${steps.replace(/^(?=.)/gm, "      ")}`);
  expect(others).toEqual([]);
  return push;
}

describe("ways through a job", () => {
  it("leaves an unknown alternative where there are more than are told apart", () => {
    // Eleven steps that may set a header of their own: more states than anybody would list.
    const steps = Array.from(
      { length: 11 },
      (_, at) => `- if: vars.STEP_${at} == 'yes'\n  run: git config --add http.extraheader "X-Step-${at}:yes"\n`,
    ).join("");
    const push = decide(`- uses: actions/checkout@v5\n${steps}- run: git push origin HEAD:main\n`);
    expect(push?.identity).toEqual({ kind: "github-token" });
    expect(push?.alternatives.map(({ identity }) => identity.kind)).toEqual(["unknown"]);
    expect(push?.verdict).toBe("depends");
  });

  it("has nothing unknown where every way is seen", () => {
    const push = decide(`- uses: actions/checkout@v5
- if: vars.STEP == 'yes'
  run: git config --add http.extraheader "X-Step:yes"
- run: git push origin HEAD:main
`);
    expect(push?.alternatives).toEqual([]);
    expect(push?.verdict).toBe("undeclared");
  });

  it("takes nothing for meant that only another way gives", () => {
    const push = decide(`- uses: actions/checkout@v5
- run: |
    if [ "\${{ vars.MODE }}" = release ]; then
      git remote set-url origin "https://x:$PAT@github.com/octo/app"
      git config --unset-all http.https://github.com/.extraheader
    fi
    git push origin HEAD:main
`);
    const ways = [push, ...(push?.alternatives ?? [])].map((way) => [way?.identity.kind, way?.verdict]);
    expect(ways).toContainEqual(["github-token", "undeclared"]);
    expect(ways).toContainEqual(["pat", "as-intended"]);
    expect(ways.flat()).not.toContain("hijacked");
  });

  it.each([
    ["a loop", 'for to in origin "https://x:$PAT@github.com/octo/app"; do', 'git push "$to" HEAD:main; done'],
    ["a function", 'pub() { git push "$1" HEAD:main; }', 'pub origin; pub "https://x:$PAT@github.com/octo/app"'],
  ])("tells of the one that goes wrong where %s pushes several times", (_, ...lines) => {
    const push = decide(`- uses: actions/checkout@v5\n- run: |\n${lines.map((line) => `    ${line}\n`).join("")}`);
    expect(push).toMatchObject({
      verdict: "hijacked",
      identity: { kind: "github-token" },
      intended: { kind: "pat", name: "PAT" },
      target: { repository: "octo/app", ref: "main" },
    });
    const when = "it runs another time, in a loop or a function";
    expect(push?.alternatives).toMatchObject([{ when, identity: { kind: "github-token" }, isProvided: true }]);
    expect(push?.evidence.map(({ text }) => text)).toContain("the URL of this push carries the secret PAT");
  });

  it("judges no push by another that happens instead of it, or that is as it should be, too", () => {
    const both = decide(`- uses: actions/checkout@v5
  with: { persist-credentials: false }
- run: for by in "$PAT" "\${{ secrets.BOT }}"; do git push "https://x:$by@github.com/octo/app" HEAD:main; done
`);
    expect(both).toMatchObject({ verdict: "as-intended", identity: { name: "PAT" } });
    const either = decide(`- uses: actions/checkout@v5
- run: |
    if [ "\${{ vars.MODE }}" = loud ]; then true; else git config --unset-all http.https://github.com/.extraheader; fi
    git push origin HEAD:main
`);
    expect(either).toMatchObject({ verdict: "depends", identity: { kind: "github-token" } });
  });

  it("names the pushes of a job that never ends, and says that nobody can tell", () => {
    const loops = Array.from({ length: 12 }, (_, at) => `for i${at} in 1 2 3 4 5 6 7; do`).join(" ");
    const push = decide(`- uses: actions/checkout@v5
- run: |
    ${loops} true; ${"done; ".repeat(12)}
    git push origin HEAD:main
`);
    expect(push?.identity).toEqual({ kind: "unknown", reason: "the job runs more commands than are followed" });
  });
});

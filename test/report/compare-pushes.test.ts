import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { comparePushes, readPushes, type ComparedPush } from "../../src/report/compare-pushes.ts";
import { summarizePushChanges } from "../../src/report/print-push-changes.ts";

const push = (changes: Partial<ComparedPush> = {}): ComparedPush => ({
  workflow: ".github/workflows/ci.yml",
  job: "release",
  step: 2,
  stepName: undefined,
  command: "git push",
  target: { repository: "octo/app", ref: "main" },
  identity: { kind: "github-token" },
  intended: null,
  verdict: "undeclared",
  ...changes,
});

const pat = push({ identity: { kind: "pat", name: "PAT" }, verdict: "as-intended" });

describe("the pushes of two states", () => {
  it.each<[what: string, before: readonly ComparedPush[], after: readonly ComparedPush[], changes: number]>([
    ["are alike", [push()], [push()], 0],
    ["are alike though the step has moved and has a name now", [push()], [push({ step: 5, stepName: "Push" })], 0],
    ["differ in who is seen", [push()], [pat], 1],
    ["differ in the verdict", [push()], [push({ verdict: "hijacked" })], 1],
    ["differ in the branch", [push()], [push({ target: { repository: "octo/app", ref: "x" } })], 1],
    ["have one more", [push()], [push(), push({ job: "docs" })], 1],
    ["have one less", [push(), push({ job: "docs" })], [push()], 1],
    [
      "have the same two in another order",
      [push(), push({ command: "git push b" })],
      [push({ command: "git push b" }), push()],
      0,
    ],
    ["have a changed command", [push()], [push({ command: "git push origin HEAD" })], 0],
  ])("%s", (_, before, after, changes) => {
    expect(comparePushes(before, after)).toHaveLength(changes);
  });

  it("are alike with themselves, and turned around it is as many changes", () => {
    const some = fc.array(
      fc
        .record({
          job: fc.constantFrom("a", "b"),
          command: fc.constantFrom("git push", "git push x"),
          verdict: fc.constantFrom<ComparedPush["verdict"]>("hijacked", "as-intended"),
        })
        .map(push),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(some, (pushes) => {
        expect(comparePushes(pushes, pushes)).toEqual([]);
        expect(comparePushes([], pushes)).toHaveLength(pushes.length);
        expect(comparePushes(pushes, [])).toHaveLength(pushes.length);
      }),
    );
  });

  it("are read from what was printed, and from nothing else", () => {
    expect(readPushes(JSON.stringify({ version: 1, pushes: [push()] }))).toEqual([push()]);
    for (const text of [
      "",
      "[]",
      '{"version":2,"pushes":[]}',
      '{"version":1,"pushes":[{}]}',
      '{"version":1,"pushes":[null]}',
    ])
      expect(readPushes(text)).toBeUndefined();
  });

  it("become a table in which nothing that they say is markup", () => {
    expect(summarizePushChanges([])).toBe("### flowkeep: every push is seen as before\n");
    const hijacked = push({ verdict: "hijacked", intended: { kind: "pat", name: "A|B<img>" }, job: "[x](y)" });
    expect(summarizePushChanges(comparePushes([pat], [hijacked, pat]))).toBe(
      [
        "### flowkeep: 1 push changes",
        "",
        "| push | before | after |",
        "| --- | --- | --- |",
        "| `.github/workflows/ci.yml` / &#91;x&#93;&#40;y&#41; | – | **GITHUB&#95;TOKEN to octo/app main &#40;hijacked, pat A&#124;B&#60;img&#62; was meant&#41;** |",
        "",
      ].join("\n"),
    );
  });
});

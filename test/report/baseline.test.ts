import { describe, expect, test } from "vitest";
import { applyBaseline, extendBaseline, parseBaseline, printBaseline } from "../../src/report/baseline.ts";
import type { Finding, Severity } from "../../src/report/finding.ts";

const finding = (message: string, file = "workflows-src/ci.ts", severity: Severity = "error"): Finding => ({
  ruleId: "unknown-property",
  severity,
  message,
  span: { file, startLine: 3, startColumn: 1, endLine: 3, endColumn: 2 },
  related: [],
});
const messages = (findings: readonly Finding[]) => findings.map(({ message }) => message);

describe("a baseline", () => {
  test("keeps back what it knows, wherever in the list of steps it has moved", () => {
    const baseline = extendBaseline([], [finding("jobs.a.steps[2].if: no such thing")]);
    const { findings, known } = applyBaseline([finding("jobs.a.steps[7].if: no such thing")], baseline, "b.json");
    expect([findings, known]).toEqual([[], 1]);
  });

  test("keeps back what names a line, wherever that has moved, and what an older baseline says of it", () => {
    const old = [
      { ruleId: "unknown-property", file: "workflows-src/ci.ts", message: "the checkout in line 12", count: 1 },
    ];
    for (const baseline of [old, extendBaseline([], [finding("the checkout in line 3")])])
      expect(applyBaseline([finding("the checkout in line 40")], baseline, "b.json")).toEqual({
        findings: [],
        known: 1,
      });
    expect(extendBaseline(old, [finding("the checkout in line 3")])).toHaveLength(1);
    const other = applyBaseline([finding("the checkout in step 40")], old, "b.json");
    expect(other.known).toBe(0);
  });

  test("reports one more of the same, and the same in another file", () => {
    const baseline = extendBaseline([], [finding("steps[0]: wrong"), finding("steps[1]: wrong")]);
    expect(baseline).toMatchObject([{ count: 2 }]);
    const three = [finding("steps[0]: wrong"), finding("steps[1]: wrong"), finding("steps[2]: wrong")];
    expect(messages(applyBaseline(three, baseline, "b.json").findings)).toEqual(["steps[2]: wrong"]);
    const elsewhere = finding("steps[0]: wrong", "workflows-src/other.ts");
    expect(messages(applyBaseline([...three.slice(1), elsewhere], baseline, "b.json").findings)).toEqual([
      "steps[0]: wrong",
    ]);
  });

  test("neither takes nor keeps back notes", () => {
    const note = finding("by the way", undefined, "note");
    expect(extendBaseline([], [note])).toEqual([]);
    expect(applyBaseline([note], extendBaseline([], [finding("by the way")]), "b.json").known).toBe(0);
  });

  test("names what is gone, once", () => {
    const baseline = extendBaseline([], [finding("old"), finding("still there")]);
    const { findings } = applyBaseline([finding("still there")], baseline, "generated/baseline.json");
    expect(findings).toEqual([
      expect.objectContaining({
        ruleId: "unused-baseline",
        severity: "note",
        message: "workflows-src/ci.ts has no unknown-property any more (old): remove it from the baseline",
        span: expect.objectContaining({ file: "generated/baseline.json" }),
      }),
    ]);
  });

  test("grows without losing or counting twice what was there", () => {
    const before = extendBaseline([], [finding("a"), finding("a")]);
    expect(extendBaseline(before, [finding("a"), finding("b")])).toMatchObject([
      { message: "a", count: 2 },
      { message: "b", count: 1 },
    ]);
  });

  test("is read back as it was printed", () => {
    const baseline = extendBaseline([], [finding("a"), finding("b", "workflows-src/x.ts")]);
    expect(parseBaseline(printBaseline(baseline))).toEqual({ kind: "baseline", baseline });
  });

  test.each([
    ["{", "the baseline is no JSON"],
    ["[]", "the baseline must be an object with `version` 1"],
    ['{ "version": 2, "findings": [] }', "the baseline must be an object with `version` 1"],
    ['{ "version": 1 }', "`findings` must be a list"],
    [
      '{ "version": 1, "findings": [{ "ruleId": "a", "file": "b", "message": "c", "count": 0 }] }',
      "`findings` must be",
    ],
  ])("%s is none", (text, reason) => {
    expect(parseBaseline(text)).toEqual({ kind: "unreadable", reason: expect.stringContaining(reason) });
  });
});

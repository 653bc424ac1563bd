import { describe, expect, it } from "vitest";
import { isAtLeast, sortFindings, type Finding } from "../../src/report/finding.ts";
import { plain } from "../../src/report/paint.ts";
import { countFindings, printFindings } from "../../src/report/print-text.ts";

const at = (file: string, startLine: number, startColumn: number) => ({
  file,
  startLine,
  startColumn,
  endLine: startLine,
  endColumn: startColumn,
});
const finding = (message: string, more: Partial<Finding> = {}): Finding => ({
  ruleId: "rule",
  severity: "error",
  message,
  related: [],
  ...more,
});

describe("findings as text", () => {
  it("have their place first, and what explains them below", () => {
    const findings = [
      finding("one\ntwo", { span: at("a.ts", 3, 5), related: [{ span: at("b.ts", 1, 2), text: "the checkout" }] }),
      finding("no place", { severity: "note" }),
    ];
    expect(printFindings(findings, plain)).toBe(
      "a.ts:3:5 error one [rule]\n    two\n  b.ts:1:2 the checkout\nnote no place [rule]\n",
    );
  });

  it.each([
    [[], undefined],
    [[finding("a")], "1 error"],
    [[finding("a"), finding("b"), finding("c", { severity: "note" })], "2 errors, 1 note"],
  ])("are counted", (findings, want) => {
    expect(countFindings(findings)).toBe(want);
  });
});

describe("findings", () => {
  it("are sorted by file, line and column, each once", () => {
    const sorted = [
      finding("a", { span: at("a.ts", 2, 1) }),
      finding("b", { span: at("a.ts", 2, 3) }),
      finding("a", { span: at("a.ts", 10, 1) }),
      finding("a", { span: at("b.ts", 1, 1) }),
      finding("no place"),
    ];
    const [a, b, c, d, e] = sorted;
    if (!a || !b || !c || !d || !e) throw new Error("five findings");
    expect(sortFindings([e, c, d, b, a, { ...a }, { ...e }])).toEqual(sorted);
  });

  it("count from a severity on", () => {
    expect(isAtLeast("error", "warning")).toBe(true);
    expect(isAtLeast("warning", "warning")).toBe(true);
    expect(isAtLeast("note", "warning")).toBe(false);
  });
});

import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/report/finding.ts";
import { printSummary } from "../../src/report/print-summary.ts";

const at = (startLine: number, more: Partial<Finding> = {}): Finding => ({
  ruleId: "push-hijacked",
  severity: "error",
  message: "GitHub sees GITHUB_TOKEN",
  span: { file: "a.yml", startLine, startColumn: 1, endLine: startLine, endColumn: 2 },
  related: [],
  ...more,
});
const page = (id: string): string => `https://example.org/${id}.md`;

describe("a job's summary", () => {
  it("says that there is nothing", () => expect(printSummary([], page)).toBe("### flowkeep: nothing to report\n"));

  it("has a row for each finding, errors first, with links to the rules", () => {
    const text = printSummary([at(3, { severity: "note" }), at(7)], page);
    expect(text.split("\n")).toEqual([
      "### flowkeep: 1 error, 1 note",
      "",
      "| severity | place | what | rule |",
      "| --- | --- | --- | --- |",
      "| error | `a.yml:7` | GitHub sees GITHUB&#95;TOKEN | [push-hijacked](https://example.org/push-hijacked.md) |",
      "| note | `a.yml:3` | GitHub sees GITHUB&#95;TOKEN | [push-hijacked](https://example.org/push-hijacked.md) |",
      "",
    ]);
  });

  it("lets no message become markup, a mention or a row", () => {
    const evil = "<img src=x> ![a](b) @mona `x` | y\n| z |";
    const rows = printSummary([at(1, { message: evil })], page)
      .split("\n")
      .filter((line) => line.startsWith("| error"));
    expect(rows).toHaveLength(1);
    const [, , cell = ""] = (rows[0] ?? "").split(" | ");
    expect(cell.replaceAll("<br>", "")).not.toMatch(/[<>[\]`@]/);
    expect(rows[0]?.split(" | ")).toHaveLength(4);
  });

  it("lets no file name end its code", () => {
    const place = { ...at(1).span!, file: "a`b|c.yml" };
    expect(printSummary([at(1, { span: place })], page)).toContain("`a?b?c.yml:1`");
  });

  it("ends before GitHub's limit", () => {
    const text = printSummary(
      Array.from({ length: 300 }, (_, line) => at(line + 1)),
      page,
    );
    expect(text).toContain("And 100 more.");
    expect(text.split("\n").filter((line) => line.startsWith("| error"))).toHaveLength(200);
  });

  it("leaves out a place that there is none of", () => {
    expect(printSummary([at(1, { span: undefined })], page)).toContain("| error |  | GitHub");
  });
});

import { describe, expect, it } from "vitest";
import { colored } from "../../src/report/paint.ts";
import { paintDiff, printDiff } from "../../src/report/print-diff.ts";

describe("a diff", () => {
  it.each([
    ["a change", "a\nb\n", "a\nc\n", "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n"],
    ["a new file", undefined, "a\n", "--- /dev/null\n+++ b/x\n@@ -0,0 +1,1 @@\n+a\n"],
    ["a removed file", "a\n", undefined, "--- a/x\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-a\n"],
    ["a missing line end", "a", "a\n", "--- a/x\n+++ b/x\n@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+a\n"],
    ["carriage returns", "a\r\n", "a\n", "--- a/x\n+++ b/x\n@@ -1,1 +1,1 @@\n-a\r\n+a\n"],
  ])("shows %s", (_, before, after, want) => {
    expect(printDiff("x", before, after)).toBe(want);
  });

  it("has colours", () => {
    const painted = paintDiff(printDiff("x", "a\n", "b\n"), colored);
    expect(painted).toContain("\u001b[31m-a\u001b[39m\n\u001b[32m+b\u001b[39m\n");
  });
});

import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/report/finding.ts";
import { fence, printAnnotations } from "../../src/report/print-github.ts";

const span = { file: "a,b.ts", startLine: 3, startColumn: 5, endLine: 3, endColumn: 9 };
const finding = (more: Partial<Finding>): Finding => ({
  ruleId: "unknown-key",
  severity: "error",
  message: "wrong",
  related: [],
  ...more,
});

describe("annotations", () => {
  it.each([
    [finding({}), "::error title=flowkeep unknown-key::wrong\n"],
    [finding({ severity: "note" }), "::notice title=flowkeep unknown-key::wrong\n"],
    [
      finding({ severity: "warning", span, message: "50%: a,\nb\r" }),
      "::warning file=a%2Cb.ts,line=3,endLine=3,col=5,endColumn=9,title=flowkeep unknown-key::50%25: a,%0Ab%0D\n",
    ],
    [
      finding({ related: [{ span, text: "the checkout" }] }),
      "::error title=flowkeep unknown-key::wrong%0Aa,b.ts:3 the checkout\n",
    ],
  ])("%j", (given, want) => {
    expect(printAnnotations([given])).toBe(want);
  });

  it("stop commands with a word that the text cannot hold", () => {
    const [first, second] = ["-a\n", "-b\n"].map((text) => fence("diff of x", text));
    expect(first).toMatch(/^::group::diff of x\n::stop-commands::([0-9a-f]{64})\n-a\n::\1::\n::endgroup::\n$/);
    expect(first?.split("\n")[1]).not.toBe(second?.split("\n")[1]);
  });
});

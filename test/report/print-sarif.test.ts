import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/report/finding.ts";
import { printSarif } from "../../src/report/print-sarif.ts";
import { ALL_RULES } from "../../src/rules/all-rules.ts";
import { sarifErrors } from "./validate.ts";

const span = { file: ".github/workflows/a b#1.yml", startLine: 7, startColumn: 3, endLine: 7, endColumn: 9 };
const finding: Finding = {
  ruleId: "push-hijacked",
  severity: "error",
  message: "GitHub sees GITHUB_TOKEN here",
  span,
  related: [{ span: { ...span, startLine: 2, endLine: 2 }, text: "the checkout" }],
  fixes: [
    {
      description: "mend it",
      edits: [
        { span, text: "x" },
        { span: { ...span, file: "b.yml" }, text: "" },
      ],
    },
  ],
};

describe("findings as SARIF", () => {
  const sarif = (findings: readonly Finding[]) => JSON.parse(printSarif(findings, ALL_RULES, "1.2.3")) as Sarif;
  interface Sarif {
    readonly runs: readonly [
      {
        readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
        readonly results: readonly Readonly<Record<string, unknown>>[];
      },
    ];
  }

  it.each<[string, readonly Finding[]]>([
    ["none", []],
    ["one with all there is", [finding]],
    ["one without a place", [{ ruleId: "usage", severity: "warning", message: "no", related: [] }]],
    ["a note", [{ ...finding, severity: "note", fixes: undefined }]],
  ])("fit the schema: %s", (_, findings) => expect(sarifErrors(sarif(findings))).toEqual([]));

  it("does not fit where something is missing", () => {
    const log = sarif([finding]);
    expect(sarifErrors({ ...log, runs: [{ ...log.runs[0], tool: {} }] })).not.toEqual([]);
  });

  it("lead to their rule, and to files with any name", () => {
    const [{ tool, results }] = sarif([finding]).runs;
    const [result] = results;
    expect(tool.driver.rules[result?.["ruleIndex"] as number]?.id).toBe("push-hijacked");
    expect(result).toMatchObject({
      level: "error",
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: ".github/workflows/a%20b%231.yml" }, region: { startLine: 7 } },
        },
      ],
      relatedLocations: [{ id: 1, message: { text: "the checkout" } }],
      fixes: [
        {
          artifactChanges: [
            { replacements: [{ insertedContent: { text: "x" } }] },
            { artifactLocation: { uri: "b.yml" } },
          ],
        },
      ],
    });
  });

  it("tell GitHub what each rule is", () => {
    const [{ tool }] = sarif([]).runs;
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(ALL_RULES.map(({ id }) => id));
    expect(tool.driver.rules[0]).toMatchObject({
      help: { markdown: expect.any(String) as string },
      helpUri: expect.stringMatching(/^https:/) as string,
    });
  });

  it("are the same bytes each time", () =>
    expect(printSarif([finding], ALL_RULES, "1")).toBe(printSarif([finding], ALL_RULES, "1")));
});

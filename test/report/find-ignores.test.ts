import { describe, expect, it } from "vitest";
import { applyIgnores } from "../../src/report/apply-ignores.ts";
import { findIgnores } from "../../src/report/find-ignores.ts";
import type { Finding } from "../../src/report/finding.ts";
import { sourceFile } from "../../src/ir/span.ts";
import { readFile } from "../../src/read/read-file.ts";

const yaml = (text: string) =>
  findIgnores(sourceFile("a.yml", text), { kind: "yaml", node: () => readFile("a.yml", text).node });
const source = (text: string) => findIgnores(sourceFile("a.ts", text), { kind: "source" });

describe("finding ignores", () => {
  it("reads rules and the reason", () => {
    expect(yaml("on: push # flowkeep-ignore: a-rule, b-rule it is meant\n")).toMatchObject([
      { rules: ["a-rule", "b-rule"], reason: "it is meant", file: "a.yml", lines: { first: 1, last: 1 } },
    ]);
  });

  it("speaks of the next line that is no comment, where it stands alone", () => {
    expect(yaml("# flowkeep-ignore: a-rule why\n# more\non: push\n")).toMatchObject([{ lines: { first: 3, last: 3 } }]);
  });

  it("speaks of a whole script that begins on its line", () => {
    const text =
      "jobs:\n  a:\n    steps:\n      - run: | # flowkeep-ignore: a-rule why\n          one\n          two\n";
    const [ignore] = yaml(text);
    expect(ignore?.lines?.first).toBe(4);
    expect(ignore?.lines?.last).toBeGreaterThanOrEqual(6);
  });

  it("speaks of the step or the job that begins on its line, and of no more", () => {
    const text = [
      "on: push",
      "jobs:",
      "  # flowkeep-ignore: a-rule the job",
      "  a:",
      "    runs-on: ubuntu-latest",
      "    steps:",
      "      # flowkeep-ignore: a-rule the step",
      "      - name: push",
      "        run: |",
      "          git push",
      "",
      "      - run: make # flowkeep-ignore: a-rule the line",
      "  b:",
      "    runs-on: ubuntu-latest",
      "    steps: [{ run: make }]",
      "",
    ].join("\n");
    expect(yaml(text).map(({ lines }) => lines)).toEqual([
      { first: 4, last: 12 },
      { first: 8, last: 10 },
      { first: 12, last: 12 },
    ]);
    expect(yaml(text.replaceAll("\n", "\r\n")).map(({ lines }) => lines)).toEqual(yaml(text).map(({ lines }) => lines));
  });

  it.each([
    ["// flowkeep-ignore: a-rule why\ncall();\n", 2],
    ["call(); // flowkeep-ignore: a-rule why\n", 1],
    ["/* flowkeep-ignore: a-rule why */\ncall();\n", 2],
    ['comment(\n  "flowkeep-ignore: a-rule why",\n  call(),\n);\n', 3],
    ['comment("flowkeep-ignore: a-rule why",\n  call(),\n);\n', 2],
    ['comment("flowkeep-ignore: a-rule why", call());\nother();\n', 1],
    ['comment(\n  "flowkeep-ignore: a-rule why",\n  "git push",\n);\n', 3],
    ['comment.after("flowkeep-ignore: a-rule why",\n  call(),\n);\n', 2],
    ['  comment("flowkeep-ignore: a-rule why", call()), // more\n  other(),\n', 1],
    ["comment('flowkeep-ignore: a-rule why', call({\n  x: 1,\n}));\n", 1],
    ['comment(\n  "flowkeep-ignore: a-rule why", call(),\n);\n', 2],
  ])("reads sources: %j", (text, line) => {
    expect(source(text)).toMatchObject([{ rules: ["a-rule"], reason: "why", lines: { first: line } }]);
  });

  it.each(["'main' is protected", "it doesn't matter", "`main` is protected"])(
    "keeps a reason's own quotes: %s",
    (reason) => {
      expect(yaml(`on: push # flowkeep-ignore: a-rule ${reason}\n`)).toMatchObject([{ reason }]);
      expect(source(`call(); // flowkeep-ignore: a-rule ${reason}\n`)).toMatchObject([{ reason }]);
      expect(source(`comment("flowkeep-ignore: a-rule ${reason}", call());\n`)).toMatchObject([{ reason }]);
    },
  );

  it("keeps what has no rule or no reason, to be told", () => {
    expect(yaml("on: push # flowkeep-ignore\n")).toMatchObject([{ rules: [], reason: "" }]);
    expect(yaml("on: push # flowkeep-ignore: a-rule\n")).toMatchObject([{ rules: ["a-rule"], reason: "" }]);
  });
});

describe("applying ignores", () => {
  const finding: Finding = {
    ruleId: "a-rule",
    severity: "error",
    message: "wrong",
    span: { file: "a.yml", startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
    related: [],
  };
  const names = { ids: ["a-rule", "b-rule", "basic"], canIgnore: (id: string) => id !== "basic", hasRun: () => true };
  const apply = (text: string, findings: readonly Finding[] = [finding]) =>
    applyIgnores(findings, yaml(text), names, new Set(["a.yml"])).map(({ ruleId, message }) => `${ruleId}: ${message}`);

  it("takes out what is ignored with a reason", () =>
    expect(apply("on: push # flowkeep-ignore: a-rule meant\n")).toEqual([]));

  it.each([
    ["a-rule", "ignore-without-reason"],
    ["b-rule meant", "unused-ignore"],
    ["a-rul meant", "unused-ignore"],
    ["basic meant", "unused-ignore"],
  ])("says what is wrong with `%s`, and keeps the finding", (text, rule) => {
    const said = apply(`on: push # flowkeep-ignore: ${text}\n`);
    expect(said).toHaveLength(2);
    expect(said[0]).toBe("a-rule: wrong");
    expect(said[1]?.startsWith(`${rule}: `)).toBe(true);
  });

  it.each([
    ["a-rule", "", "this ignores `a-rule` in `a.yml` without a reason, and so it does not: give the entry a `because`"],
    ["b-rule", "meant", "`b-rule` finds nothing in `a.yml`: remove what ignores it"],
  ])("says of an entry of the config what it is about: %s %j", (rule, reason, message) => {
    const span = { file: "config.json", startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
    const ignore = { rules: [rule], reason, file: "a.yml", lines: undefined, span };
    const said = applyIgnores([finding], [ignore], names, new Set(["a.yml"]));
    expect(said.map((each) => each.message)).toEqual(["wrong", message]);
  });

  it("names the rule that was meant", () => {
    expect(apply("on: push # flowkeep-ignore: a-rul meant\n")[1]).toContain("did you mean `a-rule`?");
  });
});

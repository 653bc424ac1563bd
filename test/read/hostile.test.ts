import { describe, expect, test } from "vitest";
import { readFile, readWorkflow } from "../../src/read/read-file.ts";

/** A workflow whose only script is the given YAML. */
function withRun(yaml: string): string {
  return `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: ${yaml}\n`;
}

function codesOf(text: string): string[] {
  const { problems, node } = readFile("ci.yml", text);
  if (problems.some(({ severity, code }) => severity === "error" && /^too|alias|anchor/.test(code))) {
    expect(node).toBeUndefined();
  }
  return [...new Set(problems.map(({ code }) => code))];
}

/** `count` anchors, each a list of ten aliases of the one before. */
function aliasBomb(count: number): string {
  const lines = Array.from(
    { length: count },
    (_, at) => `a${at + 1}: &a${at + 1} [${Array(10).fill(`*a${at}`).join(", ")}]`,
  );
  return ["a0: &a0 lol", ...lines, `on: *a${count}`, ""].join("\n");
}

describe("hostile files", () => {
  test.each<[string, () => string, string[]]>([
    ["an alias bomb", () => aliasBomb(12), ["too-many-aliases"]],
    ["an alias inside of its anchor", () => "on: &a [push, *a]\n", ["circular-alias"]],
    ["1,000 levels of lists", () => withRun(`${"[".repeat(1000)}${"]".repeat(1000)}`), ["too-deep"]],
    [
      "1,000 levels of mappings",
      () => Array.from({ length: 1000 }, (_, at) => `${" ".repeat(at)}a:`).join("\n"),
      ["too-deep"],
    ],
    ["500,000 brackets that nobody closes", () => withRun("[".repeat(500_000)), ["too-deep"]],
    ["500,000 dashes", () => "- ".repeat(500_000), ["too-deep"]],
    ["a text of 10 MB", () => withRun("x".repeat(10 << 20)), ["too-large"]],
    ["a quoted text of 1 MB", () => withRun(`"${"x ".repeat(500_000)}"`), []],
    ["a block of 1 MB", () => withRun(`|\n${`          ${"x".repeat(90)}\n`.repeat(10_000)}`), []],
    ["a quote that nobody closes", () => withRun(`"${"x ".repeat(500_000)}`), ["invalid-yaml"]],
    ["a million empty lines", () => `${withRun("x")}${"\n".repeat(1_000_000)}`, ["too-large"]],
    [
      "20,000 unknown anchors",
      () => Array.from({ length: 20_000 }, (_, at) => `k${at}: *b${at}`).join("\n"),
      ["unknown-anchor"],
    ],
    ["100,000 documents", () => "---\n".repeat(100_000), ["several-documents"]],
    ["a million quotes", () => '"'.repeat(1_000_000), ["too-large"]],
  ])("%s", (_, make, codes) => {
    expect(codesOf(make())).toEqual(codes);
  });

  test("700 jobs with 2,800 steps", () => {
    const step = "      - run: |\n          echo ${{ github.sha }}\n";
    const jobs = Array.from({ length: 700 }, (_, at) => `  j${at}:\n    runs-on: x\n    steps:\n${step.repeat(4)}`);
    const { node, problems, expressions } = readWorkflow("ci.yml", `on: push\njobs:\n${jobs.join("")}`);
    expect(problems).toEqual([]);
    expect(node?.jobs?.entries).toHaveLength(700);
    expect(expressions).toHaveLength(2800);
  });

  test.each([
    ["NUL", withRun('"a\0b"'), "a\0b"],
    ["lone surrogates", withRun('"a\ud800 \udc00b"'), "a\ud800 \udc00b"],
    ["a BOM at the start", `\ufeff${withRun("a")}`, "a"],
    ["line separators", withRun('"a\u2028b"'), "a\u2028b"],
    ["what invalid UTF-8 becomes", withRun('"a\ufffdb"'), "a\ufffdb"],
  ])("%s", (_, text, run) => {
    const { node, problems } = readWorkflow("ci.yml", text);
    expect(problems).toEqual([]);
    expect(node?.jobs?.entries[0]?.value).toMatchObject({ steps: { items: [{ run: { text: run } }] } });
  });

  test.each(["\0", "\ufeff", "\ufeff\ufeff", "\r", "\t", "\ud800", "%YAML 9.9", "&", "*", "!", "[", "}", "--- |9\n x"])(
    "%j is no workflow",
    (text) => {
      const { node, problems } = readFile("ci.yml", text);
      expect(node).toBeUndefined();
      expect(problems.some(({ severity }) => severity === "error")).toBe(true);
    },
  );

  test("a thousand problems are enough", () => {
    const { problems } = readWorkflow("ci.yml", Array.from({ length: 5000 }, (_, at) => `k${at}: x\n`).join(""));
    expect(problems.length).toBeGreaterThan(999);
    expect(problems.length).toBeLessThan(1100);
  });
});

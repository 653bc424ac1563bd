import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { locate } from "../../../src/ir/span.ts";
import { officialProblems } from "../../../src/read/official/find-problems.ts";
import { ownFiles } from "../both-paths.ts";
import { startProcessorTime } from "../../processor-time.ts";

async function told(text: string, path = "ci.yml"): Promise<readonly string[]> {
  const problems = await officialProblems(path, text);
  return problems.map(({ code, severity, message, span }) => {
    const { startLine, startColumn } = locate(span);
    expect(code).toBe("official");
    return `${severity} ${startLine}:${startColumn} ${JSON.stringify(span.file.text.slice(span.start, span.end))} ${message}`;
  });
}

const JOBS = "jobs:\n  a:\n    runs-on: x\n    steps: [{ run: x }]\n";

test.each(ownFiles().filter((path) => /\.github/.test(path) && !path.includes("fixtures/import")))(
  "says nothing about %s",
  async (path) => {
    const errors = (await officialProblems(path, readFileSync(path, "utf8"))).filter(
      ({ severity }) => severity === "error",
    );
    expect(errors).toEqual([]);
  },
);

describe("tells what GitHub's parser refuses, and where", () => {
  test.each([
    ["a key", `on: push\n${JOBS}  b:\n    stepz: 1\n`, `7:5 "stepz" GitHub's parser: Unexpected value 'stepz'`],
    [
      "an expression in a block",
      `on: push\nenv:\n  A: |\n    \u{1f600}\n    x \${{ foo }}\n${JOBS}`,
      `5:7 "\${{ foo }}" GitHub's parser: Unrecognized named-value: 'foo'`,
    ],
    [
      "an expression in a folded text",
      `on: push\nenv:\n  A: x\n    \${{ foo }}\n${JOBS}`,
      `4:5 "\${{ foo }}" GitHub's parser: Unrecognized named-value: 'foo'`,
    ],
    [
      "an expression on the first line of a quoted text",
      `on: push\nenv:\n  A: "\${{ foo }}\n    b"\n${JOBS}`,
      `3:7 "\${{ foo }}" GitHub's parser: Unrecognized named-value: 'foo'`,
    ],
    [
      "something behind CRLF",
      `on: push\r\nenv:\r\n  A: x \${{ foo }}\r\n${JOBS}`,
      `3:8 "\${{ foo }}" GitHub's parser: Unrecognized named-value: 'foo'`,
    ],
    [
      "what is no YAML",
      "a: [\n",
      `2:1 "" GitHub's parser: Flow sequence in block collection must be sufficiently indented and end with a ]`,
    ],
    ["an empty file", "", `1:1 "" GitHub's parser: Expected a scalar value, a sequence, or a mapping`],
  ])("%s", async (_, text, problem) => {
    expect((await told(text))[0]).toBe(`error ${problem}`);
  });

  test("an action, by its name", async () => {
    expect(await told("name: a\ndescription: b\nruns: { using: node24 }\n", "action.yml")).toEqual([
      expect.stringContaining(`error 3:7 "{ using: node24 }" GitHub's parser: There's not enough info`),
    ]);
  });
});

describe("warns only of what the parser is known to be wrong about", () => {
  const job = (...lines: readonly string[]) =>
    `on: push\njobs:\n  a:\n    runs-on: x\n    steps: [{ run: x }]\n${lines.map((line) => `    ${line}\n`).join("")}`;
  test.each([
    ["a key that is new", job("cache-mode: read"), "Unexpected value 'cache-mode'"],
    ["an event that it has forgotten", `on: repository_dispatch\n${JOBS}`, "Unexpected value 'repository_dispatch'"],
    ["a schedule in a block", `on:\n  schedule:\n    - cron: |\n        5 0 * * *\n${JOBS}`, "Invalid cron expression"],
    [
      "the default of an input",
      `on:\n  workflow_dispatch:\n    inputs:\n      a: { type: string, default: 14 }\n${JOBS}`,
      "while reading 'input default'",
    ],
    [
      "an input without a definition",
      `on:\n  workflow_dispatch:\n    inputs:\n      a:\n${JOBS}`,
      "Unexpected value ''",
    ],
    [
      "another case of a job's id",
      `${job()}  b:\n    needs: A\n    runs-on: x\n    steps: [{ run: x }]\n`,
      "unknown job",
    ],
    ["an expression for a mapping", job("env: ${{ fromJSON('{}') }}"), "BasicExpressionToken"],
    ["a key of a flow mapping without a value", `on: {push}\n${JOBS}`, "Expected a scalar value"],
    ["many brackets", job(`if: ${"(".repeat(60)}true${")".repeat(60)}`), "Exceeded max expression depth"],
    ["a number for a key", `on: push\nenv: { 1: a }\n${JOBS}`, "raw.indexOf"],
    [
      "quotes in a quoted text of several lines",
      job("if: '${{ github.ref ==", "  ''x'' }}'"),
      "Unexpected symbol: 'x'''",
    ],
    ["lines in quotes that are not indented", `name: 'a\nb'\n${job()}`, "Missing closing 'quote"],
  ])("%s", async (_, text, message) => {
    const problems = await told(text);
    expect(problems.filter((problem) => problem.startsWith("error"))).toEqual([]);
    expect(problems[0]).toContain(message);
  });

  test("nothing of a file that our reader refuses", async () => {
    const problems = await told(`on:\n  push:\n    branches:\n      - !dev\n${JOBS}`);
    expect(problems).toEqual(["error 4:13 \"\" GitHub's parser: Unexpected value ''"]);
  });

  test("a second document is a mistake, not a doubt", async () => {
    expect((await told(`on: push\n${JOBS}---\na: b\n`))[0]).toMatch(/^error 6:1 .* multiple documents/);
  });

  test("an error at a place where our reader has one as well", async () => {
    expect((await told(`${job()}  b:\n    needs: c\n    runs-on: x\n    steps: [{ run: x }]\n`))[0]).toMatch(
      /^error .* depends on unknown job 'c'/,
    );
  });
});

describe("does not ask the parser about what would take it forever", () => {
  test.each([
    ["an alias bomb", `a: &a [${"x,".repeat(300)}]\nb: &b [${"*a,".repeat(30)}]\nc: [${"*b,".repeat(30)}]\n`],
    ["thousands of aliases", `a: &a [${"x,".repeat(9000)}]\n${"b: &b 1\nc: *b\n".repeat(3000)}`],
    ["deep nesting", `a: ${"[".repeat(100)}${"]".repeat(100)}\n`],
    ["a file that is too large", `a: ${"x".repeat(1024 * 1024)}\n`],
  ])("%s", async (_, text) => {
    const used = startProcessorTime();
    expect(await told(text)).toEqual([expect.stringMatching(/^warning 1:1 "" GitHub's parser was not asked: /)]);
    expect(used()).toBeLessThan(2000);
  });
});

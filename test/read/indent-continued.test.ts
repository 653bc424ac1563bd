import { describe, expect, test } from "vitest";
import type { Value } from "../../src/ir/node.ts";
import { readAction, readWorkflow } from "../../src/read/read-file.ts";
import { indentContinued } from "../../src/read/indent-continued.ts";

const AROUND = (runs: string): string => `name: A
description: d
inputs:
${runs}runs:
  using: composite
  steps: []
`;

/** Each text of a file by where it stands in it. */
function textsOf(value: Value | undefined): readonly (readonly [string, string])[] {
  if (value === undefined) return [];
  if (value.kind === "sequence") return value.items.flatMap(textsOf);
  if (value.kind === "mapping") return value.entries.flatMap((entry) => [entry.key, entry.value].flatMap(textsOf));
  return [[value.span?.file.text.slice(value.span.start, value.span.end) ?? "", value.text]];
}

describe("what goes on in lines of too few spaces is read as GitHub's server reads it", () => {
  test.each([
    ["single quotes, in its key's column", "  a:\n    description: 'one\n    two'\n", "'one\n    two'", "one two"],
    ["double quotes, further left", '  a:\n    description: "one\n two"\n', '"one\n two"', "one two"],
    ["an escaped line break, at the margin", '  a:\n    description: "on\\\ne"\n', '"on\\\ne"', "one"],
    ["an empty line", "  a:\n    description: 'one\n\n  two'\n", "'one\n\n  two'", "one\ntwo"],
    ["a quote in it", "  a:\n    description: 'it''s\n  so'\n", "'it''s\n  so'", "it's so"],
    ["an escaped quote", '  a:\n    description: "so \\"\n  it is"\n', '"so \\"\n  it is"', 'so " it is'],
    ["carriage returns", "  a:\r\n    description: 'one\r\n    two'\r\n", "'one\r\n    two'", "one two"],
  ])("%s", (_, inputs, written, text) => {
    const { value, problems } = readAction("action.yml", AROUND(inputs));
    expect(problems).toEqual([]);
    expect(textsOf(value)).toContainEqual([written, text]);
    // What follows is where it is, too.
    expect(textsOf(value).slice(-3)).toEqual([
      ["using", "using"],
      ["composite", "composite"],
      ["steps", "steps"],
    ]);
  });

  test.each([
    ["a list", "branches: [main,\n    dev,\n next]", ["main", "dev", "next"]],
    ["a list of several", "branches: [a,\n b,\n c,\n d,\n e]", ["a", "b", "c", "d", "e"]],
    ["quotes in a list", "branches: ['a\n    b', c]", ["a b", "c"]],
    ["a comment in it", "branches: [a, # first\n  # second\n  b]", ["a", "b"]],
  ])("%s", (_, line, branches) => {
    const text = `on:\n  push:\n    ${line}\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: make\n`;
    const { value, problems } = readWorkflow("x.yml", text);
    expect(problems).toEqual([]);
    const found = textsOf(value);
    for (const branch of branches) expect(found.map(([, text]) => text)).toContain(branch);
    expect(found.at(-1)).toEqual(["make", "make"]);
  });
});

describe("what GitHub refuses too is refused for what it is", () => {
  test.each([
    ["a quote that nothing ends", "name: 'A\non: push\n", "Missing closing 'quote", 3, 1],
    ["one that another text's quote ends", "name: 'A\non: 'push'\n", "Missing closing 'quote", 1, 9],
    ["one that goes on in the next document", "name: 'A\n---\nx'\n", "Missing closing 'quote", 1, 9],
    ["a bracket that nothing closes", "on: [push\njobs: {}\n", "Flow sequence in block collection", 2, 1],
  ])("%s", (_, text, message, line, column) => {
    const { problems } = readWorkflow("x.yml", text);
    const [first] = problems;
    expect(first).toMatchObject({ code: "invalid-yaml", severity: "error", message: expect.stringContaining(message) });
    const before = text.slice(0, first?.span.start).split("\n");
    expect([before.length, (before.at(-1)?.length ?? 0) + 1]).toEqual([line, column]);
  });

  test("a long one is not read for ever", () => {
    expect(indentContinued(`a: [${"x,\n".repeat(200_000)}]\n`)?.text.length).toBeGreaterThan(0);
  });
});

test("a text that needs nothing gets nothing", () => {
  expect(indentContinued("a: 'b\n  c'\nd: [e,\n  f]\n")).toBeUndefined();
});

import { describe, expect, test } from "vitest";
import type { Entry, Value } from "../../src/ir/node.ts";
import { sourceFile } from "../../src/ir/span.ts";
import { yamlToValue } from "../../src/read/yaml-to-value.ts";

function read(text: string): Value {
  const { value, problems } = yamlToValue(sourceFile("x.yml", text));
  expect(problems).toEqual([]);
  if (value === undefined) throw new Error("nothing was read");
  return value;
}

function problemsOf(text: string): string[] {
  return yamlToValue(sourceFile("x.yml", text)).problems.map(
    ({ code, severity, span }) => `${severity} ${code} ${JSON.stringify(span.file.text.slice(span.start, span.end))}`,
  );
}

function entriesOf(value: Value): readonly Entry[] {
  if (value.kind !== "mapping") throw new Error("no mapping");
  return value.entries;
}

function first(text: string): Value {
  const value = entriesOf(read(text))[0]?.value;
  if (value === undefined) throw new Error("no entry");
  return value;
}

function sourceOf({ span }: Value): string {
  if (span === undefined) throw new Error("no span");
  return span.file.text.slice(span.start, span.end);
}

describe("scalars", () => {
  // YAML 1.2's core schema, which is GitHub's: yaml.org/spec/1.2.2 §10.3
  test.each<[string, unknown, string, string | undefined]>([
    ["text", "text", "text", undefined],
    ["true", true, "true", undefined],
    ["True", true, "true", "True"],
    ["FALSE", false, "false", "FALSE"],
    ["yes", "yes", "yes", undefined],
    ["on", "on", "on", undefined],
    ["12", 12, "12", undefined],
    ["-3", -3, "-3", undefined],
    ["3.10", 3.1, "3.1", "3.10"],
    ["0o7", 7, "7", "0o7"],
    ["0x1F", 31, "31", "0x1F"],
    ["007", 7, "7", "007"],
    ["1e3", 1000, "1000", "1e3"],
    [".inf", Infinity, "Infinity", ".inf"],
    ["12_345", "12_345", "12_345", undefined],
    ["12:30", "12:30", "12:30", undefined],
    ["2024-01-01", "2024-01-01", "2024-01-01", undefined],
    ["~", null, "", "~"],
    ["null", null, "", "null"],
    ["", null, "", undefined],
    ["'3.10'", "3.10", "3.10", undefined],
    ['"null"', "null", "null", undefined],
    ["!!str 3.10", "3.10", "3.10", undefined],
  ])("%j", (source, value, text, raw) => {
    expect(first(`k: ${source}\n`)).toMatchObject({ value, text, raw });
  });

  test.each([
    ["a b", "plain", "a b"],
    ["'it''s'", "single", "'it''s'"],
    ['"a\\n"', "double", '"a\\n"'],
    ["|\n  a\n  b\n", "literal", "|\n  a\n  b"],
    [">-\n  a\n  b\n", "folded", ">-\n  a\n  b"],
    ["a\n  b", "plain", "a\n  b"],
  ])("%j keeps its style and its place", (source, style, place) => {
    const value = first(`k: ${source}\nnext: 1\n`);
    expect(value).toMatchObject({ kind: "scalar", style });
    expect(sourceOf(value)).toBe(place);
  });

  test("tags and anchors are kept as written, outside of the span", () => {
    const value = first("k: &x !!str 12\n");
    expect(value).toMatchObject({ value: "12", tag: "!!str", anchor: "x" });
    expect(sourceOf(value)).toBe("12");
  });
});

describe("places", () => {
  test.each([
    ["after a BOM", "\ufeffa: [x, {b: y}]\nc:\n  - d: 1\n  - e\n"],
    ["with CRLF", "a: [x, {b: y}]\r\nc:\r\n  - d: 1\r\n  - e\r\n"],
    ["after tabs and non-BMP characters", "a: [x,\t\t{b: y}] # \u{1f600}\nc: # \u{1f600}\n  - d: 1\n  - e\n"],
  ])("are exact %s", (_, text) => {
    const [a, c] = entriesOf(read(text));
    expect([a, c].map((entry) => entry && sourceOf(entry.key))).toEqual(["a", "c"]);
    expect(a && sourceOf(a.value)).toMatch(/^\[x,\s+\{b: y\}\]$/);
    const items = c?.value.kind === "sequence" ? c.value.items : [];
    expect(items.map(sourceOf)).toEqual(["d: 1", "e"]);
    expect(c && sourceOf(c.value)).toMatch(/^- d: 1\r?\n {2}- e$/);
  });

  test("what is empty stands behind its colon and the space after it", () => {
    const [on] = entriesOf(read("on: # c\njobs: x\n"));
    expect(on?.value).toMatchObject({ value: null, span: { start: 4, end: 4 } });
  });
});

describe("aliases", () => {
  test("stand for the anchored node, at their own place", () => {
    const [, b] = entriesOf(read("a: &x\n  k: 1\nb: *x\n"));
    expect(b?.value).toMatchObject({
      kind: "mapping",
      alias: "x",
      entries: [{ key: { text: "k" }, value: { value: 1 } }],
    });
    expect(b?.value.anchor).toBeUndefined();
    expect(b && sourceOf(b.value)).toBe("*x");
  });

  test("mean the last anchor of that name above them", () => {
    const values = entriesOf(read("a: &x 1\nb: *x\nc: &x 2\nd: *x\n")).map(({ value }) => value);
    expect(values).toMatchObject([{ value: 1 }, { value: 1 }, { value: 2 }, { value: 2 }]);
  });

  test("may stand as keys", () => {
    const [, second] = entriesOf(read("a: &x key\n*x : 1\n"));
    expect(second).toMatchObject({ key: { text: "key", alias: "x" }, value: { value: 1 } });
  });

  test("a merge key is a key like any other, as it is for GitHub", () => {
    const [, b] = entriesOf(read("a: &x { k: 1 }\nb:\n  <<: *x\n"));
    expect(b?.value).toMatchObject({ entries: [{ key: { text: "<<" }, value: { alias: "x" } }] });
  });
});

describe("problems", () => {
  test.each([
    ["a: *x\n", ['error unknown-anchor "*x"']],
    ["a: &x [*x]\n", ['error circular-alias "*x"']],
    ["[a]: 1\n", ['error key-not-scalar "[a]"']],
    ["a: !Sub x\n", ['error unknown-tag "!Sub x"']],
    ["a: !!binary aGk=\n", ['error unknown-tag "!!binary aGk="']],
    ["a: !cancelled()\n", ['error unknown-tag "!cancelled()"']],
    ["a: !x &b 'c'\n", [`error unknown-tag "!x &b 'c'"`]],
    ["a: !e!x c\n", ['error invalid-yaml "!e!x"']],
    ["a: ! 5\n", ['error unknown-tag "! 5"']],
    ["a: !!int '5'\n", [`error unknown-tag "!!int '5'"`]],
    ["a: !!int five\n", ['error unknown-tag "!!int five"']],
    ["- a: !contains(b, 'c') # d\n", [`error invalid-yaml "!contains(b, 'c')"`]],
    ["a: !Ref [b]\n", ['warning unknown-tag "!Ref "']],
    ["a: !!int 5\nb: !!str 5\nc: !!seq []\nd: !!null\n", []],
    ["a: 0x5FbDB2315678afecb367f032d93F642f64180aa3\n", [expect.stringMatching(/^error bad-number "0x5/)]],
    ["a: 1\n---\nb: 2\n", ['error several-documents "---"']],
    ['a: "x\nb: 1\n', [expect.stringContaining("invalid-yaml")]],
  ])("%j", (text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  test.each([
    ["if: !startsWith(github.ref, 'refs/tags/')\n", "write ${{ !startsWith(github.ref, 'refs/tags/') }}"],
    ["if: !inputs.dry # c\n", "write ${{ !inputs.dry }}"],
    ["- !docs/**\n", "quotes: '!docs/**'"],
    ["- !github/docs\n", "quotes: '!github/docs'"],
    ["a: !Sub 'x'\n", "put the text into quotes"],
    ["- **\n", "needs quotes: '**'"],
  ])("what to write instead of %j", (text, message) => {
    expect(yamlToValue(sourceFile("a.yml", text)).problems[0]?.message).toContain(message);
  });

  test("GitHub reads YAML 1.2 whatever `%YAML` says", () => {
    const text = "%YAML 1.1\n---\non: yes\na: 010\nb: 1_0\n";
    expect(problemsOf(text)).toEqual([]);
    expect(entriesOf(read(text)).map(({ key, value }) => [key.text, value])).toMatchObject([
      ["on", { value: "yes" }],
      ["a", { value: 10 }],
      ["b", { value: "1_0" }],
    ]);
  });

  test("a key that is written twice is read twice", () => {
    expect(entriesOf(read("a: 1\na: 2\n")).map(({ key }) => key.text)).toEqual(["a", "a"]);
  });
});

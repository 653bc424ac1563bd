import { describe, expect, it } from "vitest";
import { check } from "prettier";
import { scalar, type Comments, type Mapping, type Value } from "../../src/ir/node.ts";
import { printValue } from "../../src/emit/print-value.ts";
import { readTree, treeOf, type Plain } from "./trees.ts";

const print = (plain: Plain) => printValue(treeOf(plain)).text;

function mappingOf(entries: Readonly<Record<string, Value>>): Mapping {
  return { kind: "mapping", entries: Object.entries(entries).map(([key, value]) => ({ key: scalar(key), value })) };
}

describe("strings", () => {
  it.each([
    ["push", "push"],
    ["", '""'],
    ["yes", '"yes"'],
    ["on", '"on"'],
    ["y", '"y"'],
    ["null", '"null"'],
    ["~", '"~"'],
    ["<<", '"<<"'],
    ["=", '"="'],
    ["3.10", '"3.10"'],
    ["1.2.3", "1.2.3"],
    ["0o7", '"0o7"'],
    ["017", '"017"'],
    ["0x1F", '"0x1F"'],
    ["0b1", '"0b1"'],
    ["1e3", '"1e3"'],
    ["1_000", '"1_000"'],
    ["e5", '"e5"'],
    ["e5f", "e5f"],
    [".", '"."'],
    ["./x", "./x"],
    [".inf", '".inf"'],
    [".nan", '".nan"'],
    ["12:30", '"12:30"'],
    ["8080:80", "8080:80"],
    ["2026-11-22", '"2026-11-22"'],
    ["2026-11-22T10:00:00Z", '"2026-11-22T10:00:00Z"'],
    ["2026-11-22 release", "2026-11-22 release"],
    ["20-alpine", "20-alpine"],
    ["${{ github.ref }}", "${{ github.ref }}"],
    ["a: b", '"a: b"'],
    ["a:b", "a:b"],
    ["a:", '"a:"'],
    ["a #b", '"a #b"'],
    ["a#b", "a#b"],
    ["#b", '"#b"'],
    ["- a", '"- a"'],
    ["--flag", "--flag"],
    ["---", '"---"'],
    ["...", '"..."'],
    ["? a", '"? a"'],
    ["*.ts", '"*.ts"'],
    ["!cancelled()", '"!cancelled()"'],
    ["[a]", '"[a]"'],
    ["a, b", "a, b"],
    [" a", '" a"'],
    ["a ", '"a "'],
    ['say "x"', 'say "x"'],
    ['"x"', `'"x"'`],
    [`"it's"`, `'"it''s"'`],
    ["'x'", `"'x'"`],
    ["C:\\dir", "C:\\dir"],
    ["\\d: ", "'\\d: '"],
    ["a\tb", '"a\\tb"'],
    ["a\rb", '"a\\rb"'],
    ["a\u0085b", '"a\\x85b"'],
    ["a\u2028b", '"a\\u2028b"'],
    ["\u0000\u001b\u007f\ufeff", '"\\0\\e\\x7F\\uFEFF"'],
    ["🚀 ship", "🚀 ship"],
    ["größer", "größer"],
  ])("writes %j as %s", (text, want) => {
    expect(print({ a: text })).toBe(`a: ${want}\n`);
  });

  it("quotes keys by the same rules, but for a top-level `on`", () => {
    expect(print({ on: { on: 1, yes: 2, "3.10": 3, "a b": 4, "": 5 } })).toBe(
      'on:\n  "on": 1\n  "yes": 2\n  "3.10": 3\n  a b: 4\n  "": 5\n',
    );
  });

  it("refuses half of a surrogate pair, and says where", () => {
    expect(() => print({ jobs: { build: { name: "a\ud83d" } } })).toThrow(
      "`jobs.build.name` holds half of a surrogate pair",
    );
    expect(() => print({ env: { "a\udc00": 1 } })).toThrow("half of a surrogate pair");
  });
});

describe("scripts", () => {
  it.each([
    ["a\nb", "|-\n  a\n  b\n"],
    ["a\nb\n", "|\n  a\n  b\n"],
    ["a\n", "|\n  a\n"],
    ["a\n\n", "|+\n  a\n\n"],
    ["a\n\nb\n", "|\n  a\n\n  b\n"],
    ["  a\nb", "|2-\n    a\n  b\n"],
    ["\n  a\n", "|2\n\n    a\n"],
    ["a\n\tb\n", "|\n  a\n  \tb\n"],
    ["a  \nb: #\n", "|\n  a  \n  b: #\n"],
    ["\n", '"\\n"\n'],
    ["a\n  ", '"a\\n  "\n'],
    ["a\r\nb\r\n", '"a\\r\\nb\\r\\n"\n'],
  ])("writes %j", (text, want) => {
    expect(print({ a: text })).toBe(`a: ${want}`);
  });

  it("never folds a long line", () => {
    const long = "word ".repeat(60).trim();
    expect(print({ a: long, b: `${long}: x` })).toBe(`a: ${long}\nb: "${long}: x"\n`);
  });
});

describe("numbers, booleans and null", () => {
  it.each([
    [1, undefined, "1"],
    [3.1, "3.10", "3.10"],
    [3.1, undefined, "3.1"],
    [7, "0o7", "7"],
    [8, "010", "8"],
    [1e21, undefined, "1.0e+21"],
    [1.5e-7, undefined, "1.5e-7"],
    [Number.NaN, undefined, ".nan"],
    [-Infinity, undefined, "-.inf"],
    [true, "True", "True"],
    [true, "yes", "true"],
    [null, "~", "~"],
  ])("writes %s (as written: %s) as %s", (value, raw, want) => {
    const tree: Mapping = { kind: "mapping", entries: [{ key: scalar("a"), value: scalar(value, { raw }) }] };
    expect(printValue(tree).text).toBe(`a: ${want}\n`);
  });

  it("writes null as nothing", () => {
    expect(print({ on: { push: null }, list: [null, 1] })).toBe("on:\n  push:\nlist:\n  -\n  - 1\n");
  });
});

describe("collections", () => {
  it("indents lists in mappings, and writes items on the line of their dash", () => {
    const steps: Plain = [{ uses: "a/b@v1", with: { x: 1 } }, { run: "make" }, ["x", ["z"]], [], {}];
    expect(print({ steps })).toBe(
      "steps:\n  - uses: a/b@v1\n    with:\n      x: 1\n  - run: make\n  - - x\n    - - z\n  - []\n  - {}\n",
    );
  });

  it("writes flow style as prettier does", async () => {
    const flow = { ...treeOf(["a", "b, c", null]), flow: true };
    const map = { ...treeOf({ a: 1, b: null }), flow: true };
    const long = { ...treeOf(["a".repeat(40), "b".repeat(40)]), flow: true };
    const below = { ...treeOf(["b".repeat(50)]), flow: true };
    const tree: Mapping = {
      kind: "mapping",
      entries: [
        { key: scalar("flow"), value: flow },
        { key: scalar("map"), value: map },
        { key: scalar("long"), value: long },
        { key: scalar("key".repeat(15)), value: below },
        { key: scalar("items"), value: { kind: "sequence", items: [long, map] } },
      ],
    };
    const { text } = printValue(tree);
    expect(text).toContain('flow: [a, "b, c", null]\nmap: { a: 1, b }\nlong:\n  [\n    aaaa');
    expect(text).toContain(`${"key".repeat(15)}:\n  [bbb`);
    expect(await check(text, { parser: "yaml" })).toBe(true);
  });
});

describe("comments", () => {
  const commented = (comments: Comments, value: Value): Value => ({ ...value, comments });

  it("stand above, behind and below what they are about", () => {
    const step = commented(
      { before: [" why this step"], trailing: " and how" },
      treeOf({ uses: "a/b@v1", with: { x: 1 } }),
    );
    const steps = commented(
      { end: [" no more steps"] },
      { kind: "sequence", items: [step, treeOf({ run: "make\n" })] },
    );
    const job = commented({ before: [" the job"], trailing: " slow" }, mappingOf({ name: treeOf("x"), steps }));
    expect(printValue(mappingOf({ jobs: mappingOf({ build: job }) })).text).toBe(
      `jobs:
  # the job
  build: # slow
    name: x
    steps:
      # why this step
      - uses: a/b@v1 # and how
        with:
          x: 1
      - run: |
          make
      # no more steps
`,
    );
  });

  it("stay comments whatever they hold", () => {
    const before = ["one\ntwo", " \0\u2028 ", ""];
    expect(printValue(mappingOf({ a: commented({ before, trailing: " x\ny " }, scalar(1)) })).text).toBe(
      "#one\n#two\n# \\x00\\u2028\n#\na: 1 # x y\n",
    );
  });
});

describe("anchors", () => {
  const anchored: Value = { ...treeOf({ A: 1 }), anchor: "env" };

  it("are written, and their aliases while they say the same", () => {
    const changed: Value = { ...treeOf({ A: 2 }), alias: "env" };
    const tree = mappingOf({ a: anchored, b: { ...treeOf({ A: 1 }), alias: "env" }, c: changed });
    expect(printValue(tree).text).toBe("a: &env\n  A: 1\nb: *env\nc:\n  A: 2\n");
  });

  it("give way to the content where the anchor is gone", () => {
    expect(printValue(mappingOf({ b: { ...anchored, anchor: undefined, alias: "env" } })).text).toBe("b:\n  A: 1\n");
  });
});

describe("keys", () => {
  it("are refused where YAML allows none that long", () => {
    const longest = "k".repeat(1024);
    expect(readTree(print({ [longest]: 1 }))).toMatchObject({ entries: [{ key: { text: longest } }] });
    expect(() => print({ jobs: { [`${longest}k`]: 1 } })).toThrow("begins a key of 1025 characters");
  });
});

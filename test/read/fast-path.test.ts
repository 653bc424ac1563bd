import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkBothPaths, checkBothPathsOnFuzz, ownFiles } from "./both-paths.ts";

describe("the fast path reads as the `yaml` package does", () => {
  test("this repository's files, and nearly all of them take it", () => {
    const files = ownFiles();
    const fast = files.filter((path) => checkBothPaths(path, readFileSync(path, "utf8")));
    expect(files.length).toBeGreaterThan(20);
    expect(fast.length).toBeGreaterThan(files.length * 0.8);
  });

  test.each([
    ["a document's start", "# c\n---\n# d\non: push\n"],
    ["nothing", "on:\n  push:\n  pull_request: \n  workflow_dispatch: # c\n\n  # d\njobs:\n- \n-\n- a\n"],
    ["keys of flow mappings without values", 'on: { push, "x": , y : 1, }\n'],
    ["numbers", "a: [1, 0x1F, 0o17, 1.50, 1e3, .5, -.inf, .nan, -0, +1, 007, 1_000, 0b1, 1., 9007199254740993]\n"],
    ["words", "a: [null, Null, nULL, ~, true, True, tRUE, no, on, FALSE]\n"],
    ["anchors and aliases", "a: &a\n  b: &b 3.10 # c\n  d: &d [*b]\ne: *a\nf: [*d, *b] # g\n"],
    ["an anchor that is named again", "a: &a 1\nb: *a\nc: &a 2\nd: *a\n"],
    ["chomping", "a: |\n  x\n\nb: |-\n  x\n\nc: |+\n  x\n\n# d\ne: >-\n\n  x\n   y\n\n  z\n  "],
    ["lines of spaces", "a: |\n \n  x\n   \n     \n  y\n   \n \nb: >\n  x\n   \n  y\n"],
    ["a block's header", "a: |  # c\n  x\nb: >2-\n   x\nc: |+1 \n  x\n"],
    ["folded scalars", "a: x\n  y\n\n  z\nb: 'x\n\n  y'' '\nc: \"x\n  y \"\n"],
    ["escapes", 'a: "\\x41\\u00e9\\U0001F600\\t\\/\\_\\N"\n'],
    ["comments in flow", "a: [ # b\n  c, # d\n  # e\n  f # g\n  # h\n  ] # i\n"],
    ["merge keys", "a: &a { b: c }\nd:\n  <<: *a\n"],
    ["a file without a line break at its end", "a:\n  - |\n    b"],
    ["characters beyond ASCII", "a: é\u{1f600}\u2028 # \u{1f600}\nb: |\n  \u{1f600}\n"],
    ["tabs in a block", "a: |\n  x:\n  \ty\n"],
  ])("%s", (_, text) => {
    expect(checkBothPaths("a.yml", text)).toBe(true);
  });

  test("500 damaged, grown and mixed texts", () => {
    checkBothPathsOnFuzz(500);
  });
});

describe("the fast path leaves to the `yaml` package", () => {
  test.each([
    ["what is no YAML", "a: [\n"],
    ["tags", "a: !!str 1\n"],
    ["several documents", "a: 1\n---\nb: 1\n"],
    ["a document's end", "a: 1\n...\n"],
    ["directives", "%YAML 1.2\n---\na: 1\n"],
    ["`---` behind spaces, which is a text", "  ---\na: 1\n"],
    ["texts and lists", "a\n"],
    ["nothing at all", "# c\n"],
    ["carriage returns", "a: 1\r\n"],
    ["byte order marks", "\ufeffa: 1\n"],
    ["tabs between keys and values", "a:\t1\n"],
    ["explicit keys", "? a\n: b\n"],
    ["keys that are no texts", "[a]: b\n"],
    ["keys with anchors", "&a b: c\n"],
    ["pairs in lists", "a: [b: c]\n"],
    ["unknown anchors", "a: *b\n"],
    ["an alias inside its anchor", "a: &a [*a]\n"],
    ["aliases that make too much", bomb()],
    ["deep nesting", `a: ${"[".repeat(46)}${"]".repeat(46)}\n`],
    ["more than a megabyte", `a: ${"x".repeat(1024 * 1024)}\n`],
    ["a great many keys", "a: 1\n".repeat(60_000)],
    ["long keys", `${"x".repeat(1100)}: 1\n`],
    ["a block without content", "a: |2\n"],
  ])("%s", (_, text) => {
    expect(checkBothPaths("a.yml", text)).toBe(false);
  });
});

/** Six anchors, each ten times the one above. */
function bomb(): string {
  const names = ["a", "b", "c", "d", "e", "f"];
  return names
    .map(
      (name, at) =>
        `${name}: &${name} [${Array(10)
          .fill(at === 0 ? "x" : `*${names[at - 1]}`)
          .join()}]\n`,
    )
    .join("");
}

import { describe, expect, test } from "vitest";
import type { Comments, Scalar, Value } from "../../src/ir/node.ts";
import { sourceFile } from "../../src/ir/span.ts";
import { yamlToValue } from "../../src/read/yaml-to-value.ts";

/** Every comment, and every blank line above a scalar, by the path of its node; keys end in a colon. */
function commentsIn(text: string): Record<string, Comments | "blank"> {
  const { value, problems } = yamlToValue(sourceFile("x.yml", text));
  expect(problems).toEqual([]);
  const found: Record<string, Comments | "blank"> = {};
  const note = (node: Value | Scalar, path: string) => {
    if (node.comments !== undefined) found[path] = node.comments;
    else if (node.kind === "scalar" && node.spaceBefore) found[path] = "blank";
  };
  const visit = (node: Value, path: string) => {
    note(node, path);
    if (node.alias !== undefined) return;
    if (node.kind === "sequence") node.items.forEach((item, index) => visit(item, `${path}[${index}]`));
    if (node.kind === "mapping") {
      for (const { key, value: child } of node.entries) {
        note(key, `${path}.${key.text}:`);
        visit(child, `${path}.${key.text}`);
      }
    }
  };
  if (value !== undefined) visit(value, "");
  return found;
}

describe("comments", () => {
  test.each<[string, string, Record<string, Comments | "blank">]>([
    ["above a key", "# one\n#two\n#\na: 1\n", { ".a:": { before: [" one", "two", ""] } }],
    ["above a key, after a blank line", "a: 1\n\n# c\nb: 2\n", { ".b:": { before: [null, " c"] } }],
    ["above a key, before a blank line", "# c\n\na: 1\n", { ".a:": { before: [" c", null] } }],
    ["a blank line alone", "a: 1\n\n\nb: 2\n", { ".b:": "blank" }],
    ["a blank line above an item", "a:\n  - b: 1\n\n  - c: 2\n", { ".a[1]": { before: [null] } }],
    ["behind a value", "a: 1 # c\nb: 'x' # d\n", { ".a": { trailing: " c" }, ".b": { trailing: " d" } }],
    ["behind a key", "a: # c\n  b: 1\n", { ".a:": { trailing: " c" } }],
    ["behind nothing", "a: # c\nb: 1\n", { ".a": { trailing: " c" } }],
    ["behind a block scalar's header", "a: | # c\n  # no comment\nb: 1\n", { ".a": { trailing: " c" } }],
    ["behind a dash", "- # c\n  a: 1\n- b: 1 # d\n", { "[0]": { trailing: " c" }, "[1].b": { trailing: " d" } }],
    ["above the first child", "a:\n  # c\n  b: 1\n", { ".a.b:": { before: [" c"] } }],
    ["above an item", "a:\n  - 1\n  # c\n  - 2\n", { ".a[1]": { before: [" c"] } }],
    ["at the end of a list", "a:\n  - 1\n  # c\nb: 1\n", { ".a": { end: [" c"] } }],
    ["at the end of a mapping", "a:\n  b: 1\n  # c\nd: 1\n", { ".a": { end: [" c"] } }],
    [
      "between the ends of two collections",
      "a:\n  b:\n    c: 1\n    # in b\n  # in a\n# above d\nd: 1\n",
      {
        ".a.b": { end: [" in b"] },
        ".a": { end: [" in a"] },
        ".d:": { before: [" above d"] },
      },
    ],
    ["never change their order", "a:\n  b: 1\n# above c\n  # too\nc: 1\n", { ".c:": { before: [" above c", " too"] } }],
    ["at the end of the file", "a:\n  b: 1\n\n# c\n", { "": { end: [null, " c"] } }],
    ["at the end of a list that is not indented", "a:\n- 1\n# c\nb: 1\n", { ".b:": { before: [" c"] } }],
    [
      "in a list on several lines",
      "a: [ # o\n  1, # c\n  # d\n  2 # e\n  # f\n] # g\n",
      {
        ".a[0]": { before: [" o"], trailing: " c" },
        ".a[1]": { before: [" d"], trailing: " e" },
        ".a": { end: [" f"], trailing: " g" },
      },
    ],
    ["in an empty list", "a: [\n  # c\n]\n", { ".a": { end: [" c"] } }],
    ["behind an alias", "a: &x 1\nb: *x # c\n", { ".b": { trailing: " c" } }],
    ["around a lone text", "# c\ntext\n# d\n", { "": { before: [" c", " d"] } }],
    ["with CRLF", "# c\r\n\r\na: 1 # d\r\n", { ".a:": { before: [" c", null] }, ".a": { trailing: " d" } }],
    ["a hash in a text is none", "a: b#c\nd: '# e'\n", {}],
    ["the blank lines that a block scalar keeps are its own", "a: |+\n  x\n\nb: 1\n", {}],
    ["after a block scalar that ends in blank lines", "a: |\n  x\n\nb: 1\n", { ".b:": "blank" }],
  ])("%s", (_, text, comments) => {
    expect(commentsIn(text)).toEqual(comments);
  });
});

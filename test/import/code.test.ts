import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blockText } from "../../src/define/scripts/block-text.ts";
import { canBeWritten, Code, fillBlocks, propertyName } from "../../src/import/code.ts";

/** What flowkeep reads where a source holds the text as a literal. */
function readBack(text: string, indent = "    "): { readonly literal: string; readonly value: string } {
  const code = new Code();
  const shown = `${indent}value: ${code.text(text)},`;
  const { blocks } = code.source("x");
  const literal = fillBlocks(shown, blocks, "  ").slice(`${indent}value: `.length, -1);
  return { literal, value: blockText(new Function(`return ${literal}`)() as string) };
}

describe("texts", () => {
  const lines = fc.array(
    fc.constantFrom("", " ", "a", "  b", "\tc", "`", "${d}", "\\", "\\n", "\\u{1}", "${{ e }}", "\ue0000", "é🎉"),
    { maxLength: 6 },
  );

  test("are the same again", () => {
    const text = fc.oneof(
      lines.map((all) => all.join("\n")),
      fc.string({ unit: "binary" }),
      fc.string(),
    );
    fc.assert(
      fc.property(text, fc.constantFrom("", "  ", "\t\t"), (text, indent) => {
        fc.pre(canBeWritten(text));
        expect(readBack(text, indent).value).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ["one line", "a", '"a"'],
    ["one line with its end", "a\n", '"a\\n"'],
    ["several lines", "a\n\n  b\n", "`\n      a\n\n        b\n    `"],
    ["no line break at the end", "a\nb", "`\n      a\n      b`"],
    ["what a template takes for its own", "a `b`\n${c} \\\n", "`\n      a \\`b\\`\n      \\${c} \\\\\n    `"],
    ["indentation that all lines share", "  a\n  b", "`  a\n  b`"],
    ["a carriage return", "a\r\nb", '"a\\r\\nb"'],
    ["what nobody sees", "a\u200b\u2028\ufeffb", '"a\u200b\\u2028\\ufeffb"'],
  ])("%s", (_, text, literal) => {
    expect(readBack(text).literal).toBe(literal);
  });
});

test("carriage returns end the lines of a block where they end the source's", () => {
  const code = new Code();
  const literal = code.text("a\nb\n");
  const { blocks } = code.source("x");
  expect(fillBlocks(`  x: ${literal.replace("\n", "\r\n")}\r\n`, blocks, "  ")).toBe(
    "  x: `\r\n    a\r\n    b\r\n  `\r\n",
  );
});

test.each([
  ["runs", "runs"],
  ["runs-on", '"runs-on"'],
  ["$a_1", "$a_1"],
  ["1a", '"1a"'],
  ["", '""'],
  ["__proto__", '["__proto__"]'],
  ["${{ insert }}", '"${{ insert }}"'],
  ["a\nb", '"a\\nb"'],
])("the property %j is written %s", (key, code) => {
  expect(propertyName(key)).toBe(code);
  const made = new Function(`return { ${code}: 1 }`)() as object;
  expect(Object.keys(made)).toEqual([key]);
});

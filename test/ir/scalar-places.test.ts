import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Scalar, Value } from "../../src/ir/node.ts";
import { spanInScalar } from "../../src/ir/scalar-places.ts";
import { sourceFile } from "../../src/ir/span.ts";
import { yamlToValue } from "../../src/read/yaml-to-value.ts";

function scalarIn(text: string): Scalar | undefined {
  const { value, problems } = yamlToValue(sourceFile("x.yml", text));
  if (problems.length > 0) return undefined;
  return value?.kind === "mapping" ? firstScalar(value.entries[0]?.value) : undefined;
}

function firstScalar(value: Value | undefined): Scalar | undefined {
  return value?.kind === "scalar" ? value : undefined;
}

function sourceOf(scalar: Scalar, from: number, to: number): string | undefined {
  const span = spanInScalar(scalar, from, to);
  return span?.file.text.slice(span.start, span.end);
}

/** The source of the first `needle` in the scalar's text. */
function placeOf(text: string, needle: string): string | undefined {
  const scalar = scalarIn(text);
  if (scalar === undefined) return undefined;
  const from = scalar.text.indexOf(needle);
  return sourceOf(scalar, from, from + needle.length);
}

describe("spanInScalar", () => {
  test.each([
    ["plain", "k: echo ${{ a }} x\n", "${{ a }}", "${{ a }}"],
    ["plain over lines", "k: echo\n   ${{ a }}\n\n   x\n", "${{ a }}", "${{ a }}"],
    ["plain, folded inside", "k: a ${{ b ||\n   c }}\n", "${{ b || c }}", "${{ b ||\n   c }}"],
    ["single", "k: 'it''s ${{ f(''x'') }}'\n", "${{ f('x') }}", "${{ f(''x'') }}"],
    ["double", 'k: "\\u0041\\t${{ a }}\\n"\n', "${{ a }}", "${{ a }}"],
    ["double, escaped break", 'k: "a \\\n   ${{ b }}"\n', "${{ b }}", "${{ b }}"],
    ["double, CRLF", 'k: "a\r\n   ${{ b }}"\r\n', "${{ b }}", "${{ b }}"],
    ["literal", "k: | # c\n  one\n  ${{ a }} two\n", "${{ a }}", "${{ a }}"],
    ["literal with an indent of its own", "k: |2\n    one\n  ${{ a }}\n", "${{ a }}", "${{ a }}"],
    ["literal, CRLF", "k: |\r\n  one\r\n  ${{ a }}\r\n", "${{ a }}", "${{ a }}"],
    ["literal after a BOM and astral characters", "\ufeffk: |\n  😀\n  ${{ a }}\n", "${{ a }}", "${{ a }}"],
    ["folded", "k: >-\n  one\n  ${{ a }}\n\n    more\n  two\n", "${{ a }}", "${{ a }}"],
    ["folded, over a break", "k: >\n  one\n  two\n", "one two", "one\n  two"],
    ["literal, over a break", "k: |\n  one\n  two\n", "one\ntwo", "one\n  two"],
  ])("%s", (_, text, needle, source) => {
    expect(placeOf(text, needle)).toBe(source);
  });

  test("a number's text is not its source: its place is the whole", () => {
    const scalar = scalarIn("k: 3.10\n");
    expect(scalar && sourceOf(scalar, 0, 1)).toBe("3.10");
  });

  test("an alias stands at its name", () => {
    const { value } = yamlToValue(sourceFile("x.yml", "a: &x |\n  echo hi\nb: *x\n"));
    const alias = value?.kind === "mapping" ? firstScalar(value.entries[1]?.value) : undefined;
    expect(alias && sourceOf(alias, 5, 7)).toBe("*x");
  });

  test("a scalar that was not read has no place", () => {
    expect(spanInScalar({ kind: "scalar", value: "a", text: "a" }, 0, 1)).toBeUndefined();
  });

  const word = fc.constantFrom("a", "b", "é", "😀", "${{ x }}", "'", '"', "\\", "#", ":", "-", " ", "  ", "\t");
  const lines = fc.array(
    fc.array(word, { maxLength: 6 }).map((words) => words.join("")),
    { minLength: 1, maxLength: 6 },
  );
  const source = fc.record({
    lines,
    newline: fc.constantFrom("\n", "\r\n"),
    style: fc.constantFrom("plain", "single", "double", "|", "|-", "|+", "|2", ">", ">-", ">+", ">2-"),
    end: fc.constantFrom("", "\n", "\nnext: 1\n"),
  });

  function write({
    lines,
    newline,
    style,
    end,
  }: {
    lines: string[];
    newline: string;
    style: string;
    end: string;
  }): string {
    const escapes = (line: string) => line.replace(/["\\]/g, "\\$&").replace("é", "\\u00e9").replace("b", "\\x62");
    const body = (line: string) => `  ${line}`;
    const quote = { single: "'", double: '"' }[style] ?? "";
    const text =
      style === "plain" || quote !== ""
        ? `k: ${quote}${lines.map(quote === "'" ? (line) => line.replaceAll("'", "''") : quote === '"' ? escapes : String).join("\n  ")}${quote}${end}`
        : `k: ${style}\n${lines.map(body).join("\n")}${end}`;
    return text.replaceAll("\n", newline);
  }

  test("every character that YAML does not change is found where it stands", () => {
    let read = 0;
    fc.assert(
      fc.property(source, (parts) => {
        const text = write(parts);
        const scalar = scalarIn(text);
        if (scalar === undefined || typeof scalar.value !== "string") return;
        read++;
        let last = 0;
        for (let at = 0; at < scalar.text.length; at++) {
          const span = spanInScalar(scalar, at, at + 1);
          expect(span?.start).toBeGreaterThanOrEqual(last);
          last = span?.start ?? 0;
          const here = text.slice(span?.start, span?.end);
          const char = scalar.text[at] ?? "";
          if (!/[\s'"\\éb]/.test(char)) expect(here).toBe(char);
        }
      }),
      { numRuns: 2000, seed: 7 },
    );
    expect(read).toBeGreaterThan(500);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findExpressions } from "../../src/expressions/find-expressions.ts";
import { print } from "../../src/expressions/print.ts";
import { anyExpression } from "./arbitraries.ts";
import { startProcessorTime } from "../processor-time.ts";

/** The pieces as texts: `[…]` for an expression that parses, `(…)` for one that does not. */
function pieces(text: string, isCondition = false) {
  return findExpressions(text, { isCondition }).parts.map((part) => {
    if (part.kind === "text") return text.slice(part.start, part.end);
    if (part.kind === "directive") return `<${part.name}>`;
    return part.expression === undefined
      ? `(${text.slice(part.innerStart, part.innerEnd)})`
      : `[${print(part.expression)}]`;
  });
}

function problems(text: string, isCondition = false) {
  return findExpressions(text, { isCondition }).problems.map(
    ({ code, start, end }) => `${code} ${text.slice(start, end)}`,
  );
}

describe("placeholders", () => {
  test.each([
    ["plain", []],
    ["", []],
    ["${ {a} }", []],
    ["a }} b", []],
    ["${{ a }}", ["[a]"]],
    ["${{a}}", ["[a]"]],
    ["x ${{ a }} y ${{ b }}", ["x ", "[a]", " y ", "[b]"]],
    ["${{ a }}${{ b }}", ["[a]", "[b]"]],
    ["${{ '}}' }}x", ["['}}']", "x"]],
    ["${{ 'it''s }}' }}", ["['it''s }}']"]],
    ["${{ format('{0}}}', a) }}", ["[format('{0}}}', a)]"]],
    ["$${{ a }}}", ["$", "[a]", "}"]],
    ["${{\n  a &&\n  b\n}}", ["[a && b]"]],
    ["${{ insert }}", ["<insert>"]],
    ["${{ inserted }}", ["[inserted]"]],
  ])("%j", (text, want) => {
    expect(pieces(text)).toEqual(want);
    expect(problems(text)).toEqual([]);
  });

  test("offsets are those of the text", () => {
    const [, part] = findExpressions("go ${{  github.ref }}!").parts;
    expect(part).toMatchObject({ start: 3, end: 21, innerStart: 8, innerEnd: 18, expression: { start: 8, end: 18 } });
  });

  test("a text without one is not looked at", () => {
    expect(findExpressions("x".repeat(1000))).toBe(findExpressions("y"));
  });
});

describe("every bad placeholder is reported, and every good one found", () => {
  test.each([
    ["${{ }}", ["()"], ["empty ${{ }}"]],
    ["${{}}", ["()"], ["empty ${{}}"]],
    [
      "${{ a b }} ${{ c }} ${{ 1 < }}",
      ["(a b)", " ", "[c]", " ", "(1 <)"],
      ["unexpected-symbol b", "unexpected-end <"],
    ],
    ["x ${{ a", ["x ${{ a"], ["unclosed ${{ a"]],
    ["${{ it's }} ${{ b }}", ["${{ it's }} ", "[b]"], ["unclosed ${{ it's }} ${{ b }}"]],
    [
      "${{ 'a }} ${{ }} ${{ b",
      ["${{ 'a }} ", "()", " ${{ b"],
      ["unclosed ${{ 'a }} ${{ }} ${{ b", "empty ${{ }}", "unclosed ${{ b"],
    ],
    ['${{ a == "b" }}', ['(a == "b")'], ['unexpected-symbol "b"']],
    ["${{ a ${{ b }} }}", ["(a ${{ b)", " }}"], ["unexpected-symbol ${{"]],
    ["x${{ insert }}", ["x", "<insert>"], ["directive insert"]],
    ["${{ insert 1 }}", ["<insert>"], ["directive insert 1"]],
  ])("%j", (text, parts, found) => {
    expect(pieces(text)).toEqual(parts);
    expect(problems(text)).toEqual(found);
  });

  test("in GitHub's words", () => {
    const message = (text: string) => findExpressions(text).problems[0]?.message;
    expect(message("${{ a")).toBe(
      "The expression is not closed. An unescaped ${{ sequence was found, but the closing }} sequence was not found.",
    );
    expect(message("${{ }}")).toContain("An expression was expected");
    expect(message("- ${{ a = 1 }}")).toBe("Unexpected symbol: '='. Located at position 3 within expression: a = 1");
    expect(message("x ${{ insert }}")).toContain("The directive 'insert' is not allowed in this context.");
    expect(message("${{ insert a }}")).toContain(
      "Exactly 0 parameter(s) were expected following the directive 'insert'.",
    );
  });
});

describe("conditions", () => {
  test.each([
    ["github.ref == 'x'", ["[github.ref == 'x']"]],
    ["  success() \n", ["[success()]"]],
    ["${{ always() }}", ["[always()]"]],
    ["", []],
    ["  ", []],
    ["'${ {'", ["['${ {']"]],
  ])("%j", (text, want) => {
    expect(pieces(text, true)).toEqual(want);
    expect(problems(text, true)).toEqual([]);
  });

  test("a bare one keeps its offsets", () => {
    expect(findExpressions("  a", { isCondition: true }).parts).toMatchObject([
      { start: 0, end: 3, innerStart: 2, innerEnd: 3, expression: { start: 2, end: 3 } },
    ]);
    expect(findExpressions("  a b", { isCondition: true }).problems).toMatchObject([
      { start: 4, end: 5, message: "Unexpected symbol: 'b'. Located at position 3 within expression: a b" },
    ]);
  });

  test.each([
    ["${{ a }} && b", "the text outside of ${{ }}"],
    ["!${{ a }}", "the text outside of ${{ }}"],
    ["${{ a }}\n", "the space or line break outside of ${{ }}"],
    [" ${{ a }}", "the space or line break outside of ${{ }}"],
  ])("%j is always true", (text, reason) => {
    const [problem] = findExpressions(text, { isCondition: true }).problems;
    expect(problem).toMatchObject({ code: "always-true", start: 0, end: text.length });
    expect(problem?.message).toContain(`This condition is always true: ${reason}`);
    expect(findExpressions(text).problems).toEqual([]);
  });
});

describe("limits of a text with placeholders", () => {
  test("its format() has 21,000 characters", () => {
    // format('…{0}', a): 8 + 3 + 1 + 2 + 1 + 1 around the text.
    const room = 21_000 - "format('{0}', a)".length;
    expect(problems(`${"x".repeat(room)}\${{ a }}`)).toEqual([]);
    expect(problems(`${"x".repeat(room + 1)}\${{ a }}`)[0]).toMatch(/^too-long/);
    expect(problems(`${"'".repeat(room / 2 + 1)}\${{ a }}`)[0]).toMatch(/^too-long/);
    expect(problems("x".repeat(50_000))).toEqual([]);
    expect(findExpressions(`${"x".repeat(21_000)}\${{ a }}`).problems[0]?.message).toContain(
      "Exceeded max expression length 21000",
    );
  });

  test("it takes 254 values", () => {
    expect(problems("${{ a }}".repeat(254))).toEqual([]);
    expect(problems("${{ a }}".repeat(255))[0]).toMatch(/^too-many-arguments/);
  });

  test("it takes one level of an expression's fifty", () => {
    const deep = `\${{ ${"!".repeat(49)}a }}`;
    expect(problems(deep)).toEqual([]);
    expect(problems(`x${deep}`)[0]).toMatch(/^too-deep/);
  });

  test("many that are not closed take no time", () => {
    const text = "${{ ' ".repeat(50_000);
    const used = startProcessorTime();
    expect(findExpressions(text).problems.length).toBe(50_000);
    expect(used()).toBeLessThan(2000);
  });
});

test("the parts cover the text without a gap", () => {
  const piece = fc.oneof(
    fc.constantFrom("${{", "}}", "'", " ", "a", "{", "}", "\n", "${{ a }}", "x"),
    anyExpression.map((expression) => `\${{ ${print(expression)} }}`),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), fc.boolean(), (texts, isCondition) => {
      const text = texts.join("");
      const { parts, problems } = findExpressions(text, { isCondition });
      let at = 0;
      for (const part of parts) {
        expect(part.start).toBe(at);
        at = part.end;
      }
      if (parts.length > 0) expect(at).toBe(text.length);
      const hasBroken = parts.some((part) => part.kind === "expression" && part.expression === undefined);
      if (hasBroken) expect(problems.length).toBeGreaterThan(0);
      for (const { start, end } of problems) expect(text.slice(start, end)).not.toBe("");
    }),
    { numRuns: 1000 },
  );
});

test("printed expressions are found again", () => {
  fc.assert(
    fc.property(anyExpression, anyExpression, (a, b) => {
      expect(pieces(`x\${{ ${print(a)} }}y\${{${print(b)}}}`)).toEqual(["x", `[${print(a)}]`, "y", `[${print(b)}]`]);
    }),
  );
});

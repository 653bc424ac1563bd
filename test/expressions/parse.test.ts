import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Expression } from "../../src/expressions/ast.ts";
import { childrenOf, visitExpressions } from "../../src/expressions/ast.ts";
import { FUNCTIONS } from "../../src/expressions/function-names.ts";
import { lex } from "../../src/expressions/lex.ts";
import { parse } from "../../src/expressions/parse.ts";
import { print } from "../../src/expressions/print.ts";
import { anyExpression } from "./arbitraries.ts";
import { parsed } from "./parsed.ts";

describe("tokens", () => {
  test.each([
    ["!a.b", ["!", "context", ".", "property", "end"]],
    ["a.true", ["context", ".", "property", "end"]],
    ["true.a", ["boolean", ".", "property", "end"]],
    ["f (1)", ["function", "(", "number", ")", "end"]],
    [".5", ["number", "end"]],
    ["!.5", ["!", "number", "end"]],
    ["1 == .5", ["number", "==", "number", "end"]],
    ["1 .5", ["number", ".", "number", "end"]],
    ["a[.5]", ["context", "[", "number", "]", "end"]],
    ["a.*", ["context", ".", "*", "end"]],
    ["a >= 1", ["context", ">=", "number", "end"]],
    ["a = 1", ["context", "bad"]],
    ["'a", ["bad"]],
    ["", ["end"]],
  ])("of %s", (text, kinds) => {
    expect(lex(text).map(({ kind }) => kind)).toEqual(kinds);
  });

  test("carry their values and places", () => {
    expect(lex("x == 'it''s'").at(2)).toEqual({ kind: "string", start: 5, end: 12, value: "it's" });
    expect(lex("ab 0x10", 2, 7)[0]).toEqual({ kind: "number", start: 3, end: 7, value: 16 });
  });

  test.each([
    ["0", 0],
    ["-0", -0],
    ["+1", 1],
    ["1.", 1],
    ["-.5", -0.5],
    ["1e3", 1000],
    ["1E-3", 0.001],
    ["0xfF", 255],
    ["0xFFFFFFFF", -1],
    ["0o17", 15],
    ["1e999", Infinity],
    ["+Infinity", Infinity],
    ["-Infinity", -Infinity],
    ["NaN", NaN],
  ])("number %s", (text, value) => {
    const [token] = lex(text);
    expect(token?.kind).toBe("number");
    expect(token?.value).toBe(value);
  });

  test.each([".", "1e", "0x", "0xg", "0X1", "0o8", "-0x1", "1-2", "1.2.3", "--1", "-", "-a", "0x1FFFFFFFF"])(
    "%s is no number",
    (text) => {
      expect(lex(text)[0]).toMatchObject({ kind: "bad", start: 0, end: text.length });
    },
  );
});

describe("structure", () => {
  test("offsets are those of the text", () => {
    const text = " github.event['a b'] == format('{0}', 1)";
    const found: string[] = [];
    visitExpressions(parsed(text), ({ kind, start, end }) => found.push(`${kind} ${text.slice(start, end)}`));
    expect(found).toEqual([
      "comparison github.event['a b'] == format('{0}', 1)",
      "index github.event['a b']",
      "index github.event",
      "context github",
      "literal event",
      "literal 'a b'",
      "call format('{0}', 1)",
      "literal '{0}'",
      "literal 1",
    ]);
  });

  test("an expression that begins or ends with a group has its parentheses in its range", () => {
    const expression = parsed("(a || b) && (c)");
    expect(expression).toMatchObject({ kind: "logical", start: 0, end: 15 });
    expect(parsed("(a).b")).toMatchObject({ kind: "index", start: 0, end: 5 });
  });

  test("a part of a text parses in its place", () => {
    const result = parse("run ${{ a.b }} x", { start: 8, end: 11 });
    expect(result).toMatchObject({
      kind: "expression",
      expression: { start: 8, end: 11, object: { start: 8, end: 9 } },
    });
  });

  test("&& binds tighter than ||, ==, than &&, <, than ==, and ! than all", () => {
    expect(shape(parsed("a || b && c == d < !e"))).toBe("(a || (b && (c == (d < (! e)))))");
    expect(shape(parsed("a == b == c"))).toBe("((a == b) == c)");
    expect(shape(parsed("a && b && c"))).toBe("(a && b && c)");
  });

  test("spaces are those of .NET", () => {
    expect(parse("a\u00a0==\u0085b\u3000").kind).toBe("expression");
    expect(parse("a\ufeff").kind).toBe("error");
    expect(parse(" \t\n\u2003").kind).toBe("empty");
  });

  test("every node lies in its parent, and children do not overlap", () => {
    fc.assert(
      fc.property(anyExpression, (generated) => {
        const text = print(generated);
        const result = parse(text);
        fc.pre(result.kind === "expression");
        if (result.kind !== "expression") return;
        visitExpressions(result.expression, (outer) => {
          let from = outer.start;
          for (const { start, end } of childrenOf(outer)) {
            expect(start).toBeGreaterThanOrEqual(from);
            expect(end).toBeLessThanOrEqual(outer.end);
            from = end;
          }
        });
      }),
    );
  });
});

describe("errors in GitHub's words", () => {
  test.each([
    ["1 <", "Unexpected end of expression: '<'. Located at position 3 within expression: 1 <", 2, 3],
    ["a.", "Unexpected end of expression: '.'. Located at position 2 within expression: a.", 1, 2],
    ["f(", "Unexpected end of expression: '('. Located at position 2 within expression: f(", 1, 2],
    ["(a", "Unexpected end of expression: 'a'. Located at position 2 within expression: (a", 1, 2],
    ["a[1", "Unexpected end of expression: '1'. Located at position 3 within expression: a[1", 2, 3],
    ["a b", "Unexpected symbol: 'b'. Located at position 3 within expression: a b", 2, 3],
    ["a.1", "Unexpected symbol: '1'. Located at position 3 within expression: a.1", 2, 3],
    ["a.'b'", "Unexpected symbol: ''b''. Located at position 3 within expression: a.'b'", 2, 5],
    ["'a'.b", "Unexpected symbol: '.'. Located at position 4 within expression: 'a'.b", 3, 4],
    ["f(1,)", "Unexpected symbol: ')'. Located at position 5 within expression: f(1,)", 4, 5],
    ["f(,1)", "Unexpected symbol: ','. Located at position 3 within expression: f(,1)", 2, 3],
    ["()", "Unexpected symbol: ')'. Located at position 2 within expression: ()", 1, 2],
    ["(1,2)", "Unexpected symbol: ','. Located at position 3 within expression: (1,2)", 2, 3],
    ["a[]", "Unexpected symbol: ']'. Located at position 3 within expression: a[]", 2, 3],
    ["a[1)", "Unexpected symbol: ')'. Located at position 4 within expression: a[1)", 3, 4],
    ["a.b(1)", "Unexpected symbol: '('. Located at position 4 within expression: a.b(1)", 3, 4],
    ["a !b", "Unexpected symbol: '!'. Located at position 3 within expression: a !b", 2, 3],
    ["*", "Unexpected symbol: '*'. Located at position 1 within expression: *", 0, 1],
    ['a == "b"', 'Unexpected symbol: \'"b"\'. Located at position 6 within expression: a == "b"', 5, 8],
    ["a-b/c", "Unexpected symbol: 'a-b/c'. Located at position 1 within expression: a-b/c", 0, 5],
    ["'it's'", "Unexpected symbol: 's''. Located at position 5 within expression: 'it's'", 4, 6],
    ["a & b", "Unexpected symbol: '&'. Located at position 3 within expression: a & b", 2, 3],
    ["ä", "Unexpected symbol: 'ä'. Located at position 1 within expression: ä", 0, 1],
  ])("%s", (text, message, start, end) => {
    expect(problemOf(text)).toMatchObject({ message, start, end });
  });

  test("positions in a message count from the expression, offsets from the text", () => {
    const text = "x ${{ 1 < }}";
    const result = parse(text, { start: 6, end: 9 });
    expect(result).toMatchObject({
      kind: "error",
      problem: {
        code: "unexpected-end",
        message: "Unexpected end of expression: '<'. Located at position 3 within expression: 1 <",
        start: 8,
        end: 9,
      },
    });
  });

  test.each([
    ['a == "b"', "'b'"],
    ["a = b", "=="],
    ["a & b", "&&"],
    ["a and b", "&&"],
    ["a | b", "||"],
    ["a or b", "||"],
  ])("%s has a suggestion", (text, suggestion) => {
    expect(problemOf(text).suggestion).toBe(suggestion);
  });

  test("50 levels are the most", () => {
    expect(parse(`${"!".repeat(49)}a`).kind).toBe("expression");
    expect(problemOf(`${"!".repeat(50)}a`)).toMatchObject({
      code: "too-deep",
      message: "Exceeded max expression depth 50",
    });
    expect(parse(`a${".b".repeat(49)}`).kind).toBe("expression");
    expect(parse(`a${".b".repeat(50)}`).kind).toBe("error");
    expect(parse(Array(500).fill("a").join(" && ")).kind).toBe("expression");
  });

  test("parentheses are no level, but no end of them is an error", () => {
    expect(parse(`${"(".repeat(200)}a${")".repeat(200)}`).kind).toBe("expression");
    expect(problemOf(`${"(".repeat(9000)}a${")".repeat(9000)}`).code).toBe("too-deep");
    expect(problemOf("!".repeat(20_000)).code).toBe("too-deep");
    expect(problemOf("f(".repeat(10_000)).code).toBe("too-deep");
  });

  test("21,000 characters are the most", () => {
    expect(parse(`'${"x".repeat(20_998)}'`).kind).toBe("expression");
    expect(problemOf(`'${"x".repeat(20_999)}'`).message).toBe("Exceeded max expression length 21000");
  });

  test.each([
    ["nobody", "Unrecognized named-value: 'nobody'. Located at position 1 within expression: nobody"],
    ["!f(github)", "Unrecognized function: 'f'. Located at position 2 within expression: !f(github)"],
    ["join()", "Too few parameters supplied: '('. Located at position 5 within expression: join()"],
    ["join(1, 2, 3)", "Too many parameters supplied: '('. Located at position 5 within expression: join(1, 2, 3)"],
    [
      "case(true, 1, false, 2)",
      "Even number of parameters supplied, requires an odd number of parameters: 'case'. Located at position 1 within expression: case(true, 1, false, 2)",
    ],
    ["nobody @", "Unrecognized named-value: 'nobody'. Located at position 1 within expression: nobody @"],
    ["nobody.x", "Unrecognized named-value: 'nobody'. Located at position 1 within expression: nobody.x"],
  ])("with names: %s", (text, message) => {
    const names = { contexts: new Set(["github"]), functions: FUNCTIONS };
    expect(parse(text, { names })).toMatchObject({ kind: "error", problem: { message } });
    expect(parse("GitHub.nobody", { names }).kind).toBe("expression");
  });

  test("parsing never throws, and its problems lie in the text", () => {
    const piece = fc.constantFrom(
      ..."()[].,*!<>=&|'\"{} \n$".split(""),
      "a",
      "1",
      "'x'",
      "f(",
      "==",
      "&&",
      "true",
      "ü",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join("");
        const result = parse(text);
        if (result.kind !== "error") return;
        expect(result.problem.start).toBeGreaterThanOrEqual(0);
        expect(result.problem.end).toBeLessThanOrEqual(text.length);
        expect(result.problem.end).toBeGreaterThan(result.problem.start);
      }),
      { numRuns: 2000 },
    );
  });
});

function problemOf(text: string) {
  const result = parse(text);
  if (result.kind !== "error") throw new Error(`${text} parses`);
  return result.problem;
}

function shape(expression: Expression): string {
  const inner = childrenOf(expression).map(shape);
  switch (expression.kind) {
    case "logical":
    case "comparison":
      return `(${inner.join(` ${expression.operator} `)})`;
    case "not":
      return `(! ${inner.join("")})`;
    default:
      return print(expression);
  }
}

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { depthOf, sameExpression } from "../../src/expressions/ast.ts";
import { MOST_LEVELS, parse } from "../../src/expressions/parse.ts";
import { print } from "../../src/expressions/print.ts";
import { anyExpression } from "./arbitraries.ts";
import { parsed } from "./parsed.ts";

test.each([
  ["github.ref=='a'", "github.ref == 'a'"],
  ["github['ref']", "github.ref"],
  ["github['pull request']", "github['pull request']"],
  ["github.*.name", "github.*.name"],
  ["github[*].name", "github.*.name"],
  ["matrix.node[0]", "matrix.node[0]"],
  ["((a))", "a"],
  ["(a || b) && c", "(a || b) && c"],
  ["(a && b) || c", "a && b || c"],
  ["(a && b) && c", "a && b && c"],
  ["a || (b || c)", "a || b || c"],
  ["!(a == b)", "!(a == b)"],
  ["(!a) == b", "!a == b"],
  ["!!a", "!!a"],
  ["(a == b) == c", "a == b == c"],
  ["a == (b == c)", "a == (b == c)"],
  ["(a < b) == c", "a < b == c"],
  ["a < (b == c)", "a < (b == c)"],
  ["(fromJSON( '{}' ) ).a", "fromJSON('{}').a"],
  ["('a').b", "('a').b"],
  ["(!a).b", "(!a).b"],
  ["format ( 'it''s {0}' ,a )", "format('it''s {0}', a)"],
  ["0xff", "255"],
  ["-0", "-0"],
  ["1.50", "1.5"],
  ["NaN", "NaN"],
  ["-Infinity", "-Infinity"],
  ["1e21", "1e+21"],
  [" TRUE.x", "TRUE.x"],
  ["null", "null"],
])("%s prints as %s", (source, want) => {
  expect(print(parsed(source))).toBe(want);
});

describe("printing and parsing", () => {
  test("give the same expression", () => {
    fc.assert(
      fc.property(anyExpression, (expression) => {
        fc.pre(depthOf(expression) <= MOST_LEVELS);
        const again = parse(print(expression));
        expect(again.kind).toBe("expression");
        expect(again.kind === "expression" && sameExpression(again.expression, expression)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test("print no parentheses that could be left out", () => {
    fc.assert(
      fc.property(anyExpression, (expression) => {
        const text = print(expression);
        for (const [open, close] of groups(text)) {
          const without = `${text.slice(0, open)} ${text.slice(open + 1, close)} ${text.slice(close + 1)}`;
          const again = parse(without);
          expect(again.kind === "expression" && sameExpression(again.expression, expression), without).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });
});

/** The pairs of parentheses that group, not those of calls and not those in strings. */
function groups(text: string): readonly (readonly [number, number])[] {
  const pairs: [number, number][] = [];
  const open: { at: number; isGroup: boolean }[] = [];
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "'") isInString = !isInString;
    if (isInString) continue;
    if (character === "(") open.push({ at, isGroup: !/[\w-]/.test(text[at - 1] ?? " ") });
    const start = character === ")" ? open.pop() : undefined;
    if (start?.isGroup === true) pairs.push([start.at, at]);
  }
  return pairs;
}

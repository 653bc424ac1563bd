import { Evaluator, Lexer, Parser } from "@actions/expressions";
import { Kind } from "@actions/expressions/data/expressiondata";
import type { ExpressionData } from "@actions/expressions/data/expressiondata";
import {
  Array as OfficialArray,
  BooleanData,
  Dictionary,
  Null,
  NumberData,
  StringData,
} from "@actions/expressions/data/index";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { visitExpressions } from "../../src/expressions/ast.ts";
import type { Expression } from "../../src/expressions/ast.ts";
import { evaluate } from "../../src/expressions/evaluate.ts";
import { BUILT_IN_FUNCTIONS } from "../../src/expressions/function-names.ts";
import { parse } from "../../src/expressions/parse.ts";
import { print } from "../../src/expressions/print.ts";
import type { Value } from "../../src/expressions/values.ts";
import { isPrimitive } from "../../src/expressions/values.ts";
import { anyContexts, anyExpression } from "./arbitraries.ts";

// GitHub's own package. Where the runner (C#) and this package (TypeScript) differ we follow the runner, and say so here.

const contexts = ["github", "env", "matrix", "inputs", "needs", "steps"];
const names = {
  contexts: new Set(contexts),
  functions: new Map(Object.entries(BUILT_IN_FUNCTIONS).map(([name, arity]) => [name.toLowerCase(), arity])),
};

describe("the parser agrees with GitHub's", () => {
  const piece = fc.constantFrom(
    ..."( ( ) ) [ ] , . * ! == != < <= && ||".split(" "),
    ...["github", "env.a", "'x'", "'it''s'", "1", "true", "null", ".b", "['c']", "[0]", ".*", "format(", "toJSON(env)"],
    ...["@", "=", "&", "nobody", "f(", "'", "-", "1e", "NaN"],
  );

  test("on what is an expression, and on where it breaks", () => {
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
        const text = pieces.join(" ");
        // The package allows `f(1, )`, and takes `. b` after a literal for a number.
        fc.pre(!/,\s*\)/.test(text) && !/('|\d|true|null|NaN)\s*\./.test(text));
        const ours = parse(text, { names });
        const theirs = officialError(text);
        expect([text, ours.kind === "error"]).toEqual([text, theirs !== undefined]);
        if (ours.kind !== "error" || theirs === undefined) return;
        // It reads all tokens before it parses, looks at names and counts later, and words a missing end in another way.
        const isFirst = !/nobody|f\(/.test(text) && /^Unexpected/.test(theirs) && !/Located|EOF/.test(theirs);
        // It leaves out the quotes of strings.
        const unquoted = (message: string) => message.replaceAll("'", "");
        if (isFirst && /^Unexpected/.test(ours.problem.message))
          expect([text, unquoted(ours.problem.message)]).toEqual([text, expect.stringContaining(unquoted(theirs))]);
      }),
      { numRuns: 5000 },
    );
  });

  test("on every expression that we print", () => {
    fc.assert(
      fc.property(anyExpression, (expression) => {
        const text = print(expression);
        expect([text, parse(text, { names }).kind === "error"]).toEqual([text, officialError(text) !== undefined]);
      }),
      { numRuns: 2000 },
    );
  });
});

test("the evaluator agrees with GitHub's", () => {
  let compared = 0;
  fc.assert(
    fc.property(anyExpression, anyContexts, (expression, given) => {
      const text = print(expression);
      fc.pre(isComparable(expression) && hasPlainNumbers(given) && officialError(text) === undefined);
      const ours = evaluate(expression, given);
      fc.pre(ours.kind !== "unknown");
      const theirs = officialValue(text, given);
      compared++;
      if (ours.kind === "error") expect([text, theirs]).toEqual([text, "error"]);
      // The package evaluates arguments that the runner leaves alone, and may fail in them.
      else if (theirs !== "error") expect([text, fromOurs(ours.value)]).toEqual([text, theirs]);
    }),
    { numRuns: 5000 },
  );
  expect(compared).toBeGreaterThan(500);
});

function officialError(text: string): string | undefined {
  try {
    new Parser(new Lexer(text).lex().tokens, contexts, []).parse();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function officialValue(text: string, given: { readonly [name: string]: Value }): unknown {
  try {
    const tree = new Parser(new Lexer(text).lex().tokens, contexts, []).parse();
    const data = new Evaluator(tree, new Dictionary(...pairs(given))).evaluate();
    return fromOfficial(data);
  } catch {
    return "error";
  }
}

/** The package unescapes only the first quote of a string, and writes numbers in another way than the runner. */
function isComparable(expression: Expression): boolean {
  let isSame = true;
  visitExpressions(expression, (inner) => {
    if (inner.kind !== "literal") return;
    if (typeof inner.value === "string" && inner.value.includes("'")) isSame = false;
    if (!hasPlainNumbers(inner.value)) isSame = false;
  });
  return isSame;
}

function hasPlainNumbers(value: Value): boolean {
  if (typeof value === "number") return Number.isInteger(value) && Math.abs(value) < 1e15;
  return isPrimitive(value) || Object.values(value).every((inner) => hasPlainNumbers(inner as Value));
}

function toOfficial(value: Value): ExpressionData {
  if (value === null) return new Null();
  if (typeof value === "boolean") return new BooleanData(value);
  if (typeof value === "number") return new NumberData(value);
  if (typeof value === "string") return new StringData(value);
  if (Array.isArray(value)) return new OfficialArray(...(value as readonly Value[]).map(toOfficial));
  return new Dictionary(...pairs(value as { readonly [name: string]: Value }));
}

function pairs(values: { readonly [name: string]: Value }) {
  return Object.entries(values).map(([key, value]) => ({ key, value: toOfficial(value) }));
}

function fromOfficial(data: ExpressionData): unknown {
  switch (data.kind) {
    case Kind.Array:
      return (data as OfficialArray).values().map(fromOfficial);
    case Kind.Dictionary:
      return Object.fromEntries((data as Dictionary).pairs().map(({ key, value }) => [key, fromOfficial(value)]));
    case Kind.Null:
      return null;
    default:
      return (data as StringData | NumberData | BooleanData).value;
  }
}

function fromOurs(value: Value): unknown {
  if (isPrimitive(value)) return value;
  if (Array.isArray(value)) return (value as readonly Value[]).map(fromOurs);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fromOurs(inner as Value)]));
}

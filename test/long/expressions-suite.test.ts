import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { visitExpressions } from "../../src/expressions/ast.ts";
import type { Contexts } from "../../src/expressions/evaluate.ts";
import { evaluate } from "../../src/expressions/evaluate.ts";
import { BUILT_IN_FUNCTIONS } from "../../src/expressions/function-names.ts";
import type { Names } from "../../src/expressions/parse.ts";
import { parse } from "../../src/expressions/parse.ts";
import { print } from "../../src/expressions/print.ts";
import { UNKNOWN } from "../../src/expressions/values.ts";
import type { Value } from "../../src/expressions/values.ts";

// GitHub's own cases, from the repository of its parsers. They are not ours to copy, so they lie outside of the repository.
const suite = join(import.meta.dirname, "../../../shared/data/expressions-suite");

interface Case {
  readonly expr: string;
  readonly contexts?: { readonly [name: string]: Value };
  readonly result?: { readonly kind: string; readonly value: Value };
  readonly err?: { readonly kind: "lexing" | "parsing" | "evaluation"; readonly value: string };
}

/** The memory that GitHub's own runs of the suite give an expression. */
const mostBytes = 1024 * 1024;

const isHere = existsSync(suite);
const title = isHere ? "GitHub's suite" : "GitHub's suite: skipped, there is no ../shared/data/expressions-suite";

describe.skipIf(!isHere)(title, () => {
  const files = isHere ? readdirSync(suite) : [];
  const cases = files.flatMap((file) => {
    const groups = JSON.parse(readFileSync(join(suite, file), "utf8")) as { readonly [group: string]: readonly Case[] };
    return Object.entries(groups).flatMap(([group, list]) =>
      list.map((each, at) => ({ name: `${file} ${group} ${at}`, each })),
    );
  });

  test("has all its cases", () => {
    expect(cases.length).toBe(1020);
  });

  test.each(cases)("$name: $each.expr", ({ each }) => {
    const want = each.err === undefined ? { value: each.result?.value } : { error: each.err };
    const got = run(each);
    if ("error" in want) {
      expect(got.kind).toBe(want.error?.kind === "evaluation" ? "evaluation" : "parsing");
      expect(got.text).toContain(want.error?.value);
    } else {
      expect(got).toEqual({ kind: each.result?.kind, value: each.result?.value });
    }
  });

  test("every expression that parses prints to one that means the same", () => {
    for (const { each } of cases) {
      const parsed = parse(each.expr);
      if (parsed.kind !== "expression") continue;
      const again = parse(print(parsed.expression));
      if (again.kind !== "expression") throw new Error(print(parsed.expression));
      expect(print(again.expression)).toBe(print(parsed.expression));
      const contexts = each.contexts ?? {};
      expect(evaluate(again.expression, contexts)).toEqual(evaluate(parsed.expression, contexts));
    }
  });

  test("what is known with a context left out stays so when it is known", () => {
    for (const { each } of cases) {
      const parsed = parse(each.expr);
      if (parsed.kind !== "expression") continue;
      const known = evaluate(parsed.expression, each.contexts ?? {});
      const partly = evaluate(parsed.expression, hideSome(each.contexts ?? {}));
      if (partly.kind === "value") expect(partly).toEqual(known);
    }
  });
});

function run({ expr, contexts = {} }: Case): { kind: string; value?: Value; text?: string } {
  const parsed = parse(expr, { names: namesOf(contexts) });
  if (parsed.kind === "error") return { kind: "parsing", text: parsed.problem.message };
  if (parsed.kind === "empty") return { kind: "Null", value: null };
  visitExpressions(parsed.expression, (inner) => expect(inner.end).toBeGreaterThan(inner.start));
  const result = evaluate(parsed.expression, contexts, { mostBytes });
  if (result.kind === "error") return { kind: "evaluation", text: result.message };
  if (result.kind === "unknown") return { kind: "unknown" };
  return { kind: kindOf(result.value), value: result.value };
}

function namesOf(contexts: object): Names {
  const functions = Object.entries(BUILT_IN_FUNCTIONS).map(([name, arity]) => [name.toLowerCase(), arity] as const);
  return {
    contexts: new Set(Object.keys(contexts).map((name) => name.toLowerCase())),
    functions: new Map(functions),
  };
}

function kindOf(value: Value): string {
  if (value === null) return "Null";
  if (Array.isArray(value)) return "Array";
  const kind = typeof value;
  return kind.charAt(0).toUpperCase() + kind.slice(1);
}

function hideSome(contexts: { readonly [name: string]: Value }): Contexts {
  return Object.fromEntries(
    Object.entries(contexts).map(([name, value], at) => [name, at % 2 === 0 ? UNKNOWN : value]),
  );
}

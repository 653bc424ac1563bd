import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Contexts } from "../../src/expressions/evaluate.ts";
import { evaluate } from "../../src/expressions/evaluate.ts";
import type { Data, Value } from "../../src/expressions/values.ts";
import { isList, isPrimitive, openObject, UNKNOWN } from "../../src/expressions/values.ts";
import { anyContexts, anyExpression } from "./arbitraries.ts";
import { parsed } from "./parsed.ts";

const value = (text: string, contexts: Contexts = {}) => {
  const result = evaluate(parsed(text), contexts);
  if (result.kind !== "value") throw new Error(`${text} is ${JSON.stringify(result)}`);
  return result.value;
};

describe("values", () => {
  test.each<[string, Value]>([
    ["'a' == 'A'", true],
    ["'ß' == 'SS'", false],
    ["'ü' == 'Ü'", true],
    ["'ı' == 'I'", false],
    ["'10' == 10", true],
    ["'' == 0", true],
    ["null == false", true],
    ["'true' == true", false],
    ["'1' == true", true],
    ["NaN == NaN", false],
    ["null < null", false],
    ["null <= null", true],
    ["true > false", true],
    ["'b' > 'A'", true],
    ["fromJSON('[]') == fromJSON('[]')", false],
    ["fromJSON('{}') == ''", false],
    ["1 && 'x' || 'y'", "x"],
    ["'' && 'x' || 'y'", "y"],
    ["0 && 'x'", 0],
    ["!fromJSON('[]')", false],
    ["contains('Hello', 'ELL')", true],
    ["contains(fromJSON('[\"A\"]'), 'a')", true],
    ["contains(fromJSON('{\"a\":1}'), 1)", false],
    ["startsWith('refs/heads/x', 'REFS')", true],
    ["endsWith('v1.0', 0)", true],
    ["startsWith(fromJSON('[]'), '')", false],
    ["format('{0}{{{1}}}', 'a', 1.5)", "a{1.5}"],
    ["join(fromJSON('[1, null, true, {}]'), '; ')", "1; ; true; Object"],
    ["toJSON(fromJSON('{\"a\":[1,{}]}'))", '{\n  "a": [\n    1,\n    {}\n  ]\n}'],
    ["fromJSON('[[1,2],[3]]').*[0]", [1, 3]],
    ['fromJSON(\'[{"a":1},{"b":2},3]\').*.a', [1]],
    ['fromJSON(\'{"a":{"b":1}}\').A.B', 1],
    ["fromJSON('[\"x\"]')['0']", "x"],
    ["fromJSON('[\"x\"]')[1.9]", null],
    ["'a'  == format('{0}', null)", false],
    ["case(false, 1, true, 2, 3)", 2],
    ["always()", true],
    ["format('{0}', 1e15)", "1E+15"],
    ["format('{0}', 123456789012345678)", "1.23456789012346E+17"],
    ["format('{0}', 0.0001)", "0.0001"],
    ["format('{0}', 0.00001)", "1E-05"],
    ["format('{0}', 0.1)", "0.1"],
    ["format('{0}', 100)", "100"],
    ["format('{0}', 1234567.125)", "1234567.125"],
    ["format('{0}', -2.5e-10)", "-2.5E-10"],
  ])("%s is %j", (text, want) => {
    expect(value(text)).toEqual(want);
  });

  test("arguments that are not needed are not evaluated", () => {
    expect(value("case(true, 1, fromJSON('nonsense'), 2, 3)")).toBe(1);
    expect(value("true || fromJSON('nonsense')")).toBe(true);
    expect(value("contains(fromJSON('[]'), fromJSON('nonsense'))")).toBe(false);
    expect(value("format('a', fromJSON('nonsense'))")).toBe("a");
  });

  test("a filtered list is a list of its own", () => {
    expect(value("x.* == x", { x: [1] })).toBe(false);
    expect(value("x == x", { x: [1] })).toBe(true);
  });

  test("JSON has 64 levels at most", () => {
    const nested = (levels: number) => `fromJSON('${"[".repeat(levels)}${"]".repeat(levels)}')`;
    expect(evaluate(parsed(nested(64))).kind).toBe("value");
    expect(evaluate(parsed(nested(65)))).toEqual({ kind: "error", message: "Error parsing fromJson" });
  });

  test("names have no case and no prototype", () => {
    expect(value("GITHUB.Ref", { github: { ref: "x" } })).toBe("x");
    expect(value("github.constructor", { github: {} })).toBe(null);
    expect(value("github.__proto__", { github: {} })).toBe(null);
  });
});

describe("errors in GitHub's words", () => {
  test.each([
    ["format('{0', 1)", "The following format string is invalid: {0"],
    ["format('{a}', 1)", "The following format string is invalid: {a}"],
    ["format('}')", "The following format string is invalid: }"],
    ["format('{300}', 1)", "The following format string is invalid: {300}"],
    ["format('{1}', 1)", "The following format string references more arguments than were supplied: {1}"],
    ["format('{0:x}', 1)", "The format specifiers 'x' are not valid for objects of type 'String'"],
    ["fromJSON('')", "Error parsing fromJson"],
    ["fromJSON('hello')", "Error parsing fromJson"],
    ["case(1, 2, 3)", "case predicate must evaluate to a boolean value"],
    ["format('{0}{1}', secrets.X, fromJSON('nonsense'))", "Error parsing fromJson"],
    ["secrets.X == fromJSON('nonsense')", "Error parsing fromJson"],
  ])("%s", (text, message) => {
    expect(evaluate(parsed(text))).toEqual({ kind: "error", message });
  });

  test("memory", () => {
    const text = "format('{0}{0}{0}{0}{0}{0}{0}{0}{0}{0}', ".repeat(9) + "'0123456789'" + ")".repeat(9);
    expect(evaluate(parsed(text))).toEqual({ kind: "error", message: "The maximum allowed memory size was exceeded" });
    const doubling = "format('{0}{0}', ".repeat(48) + "'0123456789'" + ")".repeat(48);
    expect(evaluate(parsed(doubling)).kind).toBe("error");
  });

  test("what only GitHub's lenient reader of JSON may accept is unknown", () => {
    expect(evaluate(parsed("fromJSON('[1,]')")).kind).toBe("unknown");
    expect(evaluate(parsed("fromJSON('{''a'': 1}')")).kind).toBe("unknown");
  });
});

describe("what is unknown", () => {
  const known = { github: openObject({ event_name: "push", ref: UNKNOWN, actors: ["a", UNKNOWN] }) };

  test.each<[string, Value]>([
    ["github.event_name", "push"],
    ["github.event_name == 'push' || github.actor == 'x'", true],
    ["github.event_name != 'push' && secrets.X", false],
    ["!(github.event_name != 'push' && secrets.X)", true],
    ["!(secrets.X && false)", true],
    ["!!(secrets.X || 1)", true],
    ["!!format('x{0}', github.ref)", true],
    ["!!toJSON(github)", true],
    ["contains(github.actors, 'A')", true],
    ["github == github", true],
    ["startsWith(github, github.ref)", false],
  ])("%s is known: %j", (text, want) => {
    expect(evaluate(parsed(text), known)).toEqual({ kind: "value", value: want });
  });

  test.each<[string, boolean | undefined]>([
    ["secrets.X", undefined],
    ["github.actor", undefined],
    ["github.ref", undefined],
    ["github.ref.name", undefined],
    ["github", true],
    ["github.*", true],
    ["github.*.name", true],
    ["secrets.*", true],
    ["github.ref == 'x'", undefined],
    ["secrets.X && false", false],
    ["secrets.X || 'x'", true],
    ["format('{0}', github.ref)", undefined],
    ["format('x{0}', github.ref)", true],
    ["contains(github.actors, 'b')", undefined],
    ["join(github.actors)", undefined],
    ["hashFiles('**')", undefined],
    ["success()", undefined],
    ["success('build')", undefined],
    ["fromJSON(github.ref)", undefined],
    ["case(github.ref == 'x', 1, 2)", undefined],
    ["secrets.X && fromJSON('nonsense')", false],
    ["github[github.ref]", undefined],
    ["unheardOf()", undefined],
  ])("%s is unknown, and counts as %s", (text, truthy) => {
    expect(evaluate(parsed(text), known)).toEqual({ kind: "unknown", truthy });
  });

  test("the order of names that are numbers is not known", () => {
    const object = 'fromJSON(\'{"b": 1, "1": 2}\')';
    expect(evaluate(parsed(`toJSON(${object})`))).toEqual({ kind: "unknown", truthy: true });
    expect(evaluate(parsed(`${object}.*`))).toEqual({ kind: "unknown", truthy: true });
    expect(value(`${object}.b`)).toBe(1);
  });

  test("how many items have a property is not known while one is open", () => {
    const items = [openObject({ a: 1 }), { b: 2 }];
    expect(evaluate(parsed("x.*.a"), { x: items })).toEqual({ kind: "value", value: [1] });
    expect(evaluate(parsed("x.*.b"), { x: items })).toEqual({ kind: "unknown", truthy: true });
  });

  test("an argument is evaluated once", () => {
    const text = "format('{0}{0}', ".repeat(45) + "secrets.X" + ")".repeat(45);
    expect(evaluate(parsed(text)).kind).toBe("unknown");
  });

  test("the status may be given", () => {
    const status = { success: false, failure: true };
    expect(evaluate(parsed("!success() && failure()"), {}, { status })).toEqual({ kind: "value", value: true });
  });

  test("evaluating never throws", () => {
    fc.assert(
      fc.property(anyExpression, anyContexts, (expression, contexts) => {
        expect(["value", "unknown", "error"]).toContain(evaluate(expression, contexts).kind);
      }),
      { numRuns: 2000 },
    );
  });

  test("knowing more never changes what was known", () => {
    const mask = fc.infiniteStream(fc.constantFrom("keep", "keep", "hide", "open"));
    fc.assert(
      fc.property(anyExpression, anyContexts, mask, (expression, contexts, choices) => {
        const hidden: { [name: string]: Data | typeof UNKNOWN } = {};
        for (const [name, each] of Object.entries(contexts)) hidden[name] = hide(each, choices);
        const before = evaluate(expression, hidden);
        const after = evaluate(expression, contexts);
        // What was unknown may make GitHub fail, and of two failures either may come first.
        if (before.kind === "error" || after.kind === "error") {
          if (before.kind === "error") expect(after.kind).toBe("error");
        } else if (before.kind === "unknown") {
          if (before.truthy !== undefined) expect(truth(after)).toBe(before.truthy);
        } else {
          expect(after).toEqual(before);
        }
      }),
      { numRuns: 5000 },
    );
  });
});

/** Replaces parts of a value by unknown ones, and leaves out properties of objects. */
function hide(data: Value, choices: IterableIterator<string>): Data | typeof UNKNOWN {
  const choice: unknown = choices.next().value;
  if (choice === "hide") return UNKNOWN;
  if (isPrimitive(data)) return data;
  if (isList(data)) return (data as readonly Value[]).map((item) => hide(item, choices));
  const entries = Object.entries(data as { readonly [name: string]: Value });
  if (choice !== "open") return Object.fromEntries(entries.map(([name, item]) => [name, hide(item, choices)]));
  return openObject(Object.fromEntries(entries.slice(1).map(([name, item]) => [name, hide(item, choices)])));
}

function truth(result: ReturnType<typeof evaluate>): boolean | undefined {
  if (result.kind === "unknown") return result.truthy;
  return result.kind === "value" && evaluate(parsed("!!x"), { x: result.value }).kind === "value"
    ? value("!!x", { x: result.value }) === true
    : undefined;
}

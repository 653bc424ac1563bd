import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canBeEqual } from "../../src/expressions/can-equal.ts";
import type { CheckOptions } from "../../src/expressions/check.ts";
import { check, typeOf } from "../../src/expressions/check.ts";
import { evaluate } from "../../src/expressions/evaluate.ts";
import { print } from "../../src/expressions/print.ts";
import type { ScopeFacts } from "../../src/expressions/scope.ts";
import { makeScope } from "../../src/expressions/scope.ts";
import { alternativesOf, ANY, describeType, typeOfValue } from "../../src/expressions/types.ts";
import { JOB_IF, STEP, STEP_IF } from "../../src/ir/availability.ts";
import { anyContexts, anyExpression } from "./arbitraries.ts";
import { parsed } from "./parsed.ts";

const facts: ScopeFacts = {
  events: ["push", "workflow_dispatch"],
  inputs: {
    level: { type: "choice", options: ["low", "high"] },
    dry: { type: "boolean" },
    count: { type: "number" },
    note: {},
  },
  steps: { version: { outputs: ["tag", "sha"] }, "build-all": {} },
  needs: { build: { outputs: ["version"] }, test: {} },
  matrix: {
    axes: {
      os: ["ubuntu-latest", "windows-latest"],
      node: [20, 22],
      target: [{ arch: "x64", flags: "-O2" }, { arch: "arm64" }],
    },
    include: [{ os: "macos-latest", experimental: true }],
  },
  services: ["postgres"],
};

function found(text: string, options: CheckOptions = {}, given: ScopeFacts = facts) {
  return check(parsed(text), makeScope(given), options).map(({ code, start, end, suggestion }) => {
    const place = `${code} ${text.slice(start, end)}`;
    return suggestion === undefined ? place : `${place} -> ${suggestion}`;
  });
}

const message = (text: string, options?: CheckOptions, given: ScopeFacts = facts) =>
  check(parsed(text), makeScope(given), options)[0]?.message;

describe("nothing is wrong with", () => {
  test.each([
    "github.ref == 'refs/heads/main' && github.event_name == 'push'",
    "github.event.pull_request.head.repo.fork == true",
    "GitHub.Event_Name == 'PUSH'",
    "steps.version.outputs.tag",
    "steps['build-all'].outputs.anything != ''",
    "steps.version.outcome == 'failure'",
    "contains(needs.*.result, 'failure')",
    "needs.test.outputs.whatever",
    "needs.build.result != 'success'",
    "matrix.os == 'macos-latest'",
    "matrix.node == '20'",
    "matrix.target.flags == ''",
    "matrix.experimental == null",
    "startsWith(matrix.os, 'ubuntu')",
    "inputs.level == 'HIGH'",
    "inputs.level == ''",
    "inputs.dry == true",
    "inputs.count == '3'",
    "inputs.note == 1",
    "runner.debug == '1'",
    "runner.workspace",
    "job.services.postgres.ports['5432']",
    "job.container.id",
    "job.status == 'cancelled'",
    "env.ANYTHING == 1",
    "vars.X && secrets.Y || github.token",
    "format('{0} {1}', github.sha, 1)",
    "fromJSON(env.X).anything[0].goes",
    "fromJSON('{\"a\": [1]}').a[0]",
    "toJSON(github)",
    "strategy.job-index == 0",
    "(github.ref == 'refs/heads/x' && 'a' || 'b') == 'b'",
    "case(inputs.dry, 1, 2)",
    "'a' == 'b'",
    "github.event == github.event",
    "startsWith(github.ref, 'refs/tags/')",
    "startsWith(github.ref, 'r')",
    "github.ref == ''",
  ])("%s", (text) => {
    expect(found(text)).toEqual([]);
  });
});

describe("names", () => {
  test.each([
    ["githb.ref", ["unknown-context githb -> github"]],
    ["runner.os == Linux", ["unknown-context Linux -> 'Linux'"]],
    ["success", ["unknown-context success -> success()"]],
    ["hashFiles", ["unknown-context hashFiles"]],
    ["outputs.version", ["unknown-context outputs"]],
    ["formt('x')", ["unknown-function formt -> format"]],
    ["nothingLikeIt(secret.X)", ["unknown-context secret -> secrets", "unknown-function nothingLikeIt"]],
    ["contains('a')", ["too-few-arguments contains('a')"]],
    ["toJSON(1, 2)", ["too-many-arguments toJSON(1, 2)"]],
    ["always(1)", ["too-many-arguments always(1)"]],
    ["hashFiles()", ["too-few-arguments hashFiles()"]],
    ["case(true, 1, false, 2)", ["even-arguments case(true, 1, false, 2)"]],
  ])("%s", (text, want) => {
    expect(found(text)).toEqual(want);
  });

  test("what is not available is told from what is not known", () => {
    expect(found("secrets.X", { availability: STEP_IF })).toEqual(["unavailable-context secrets"]);
    expect(message("secrets.X", { availability: ["github", "needs"] })).toBe(
      "Unrecognized named-value: 'secrets'. This place offers github, needs",
    );
    expect(found("hashFiles('x') && always()", { availability: STEP })).toEqual(["unavailable-function always"]);
    expect(found("hashFiles('x')", { availability: JOB_IF })).toEqual(["unavailable-function hashFiles"]);
    expect(found("format('x') && toJSON(github)", { availability: JOB_IF })).toEqual([]);
    expect(found("secret.X", { availability: ["github"] })).toEqual(["unknown-context secret -> secrets"]);
  });

  test("a job may ask after jobs, a step may not", () => {
    expect(found("success('build')", { availability: JOB_IF })).toEqual([]);
    expect(found("success('build')", { availability: STEP_IF })).toEqual(["too-many-arguments success('build')"]);
    expect(found("failure('a')", { availability: ["failure(0,0)"] })).toEqual(["too-many-arguments failure('a')"]);
    expect(found("failure('a')", { availability: ["failure(0,MAX)"] })).toEqual([]);
  });

  test("in GitHub's words", () => {
    expect(message("githb.ref")).toBe("Unrecognized named-value: 'githb'. Did you mean github?");
    expect(message("formt('x')")).toBe("Unrecognized function: 'formt'. Did you mean format?");
    expect(message("contains('a')")).toBe("Too few parameters supplied: contains() takes 2");
    expect(message("join(1, 2, 3)")).toBe("Too many parameters supplied: join() takes 1 to 2");
  });
});

describe("properties", () => {
  test.each([
    ["github.even_name", ["unknown-property even_name -> event_name"]],
    ["github['even_name']", ["unknown-property 'even_name' -> 'event_name'"]],
    ["steps.versoin.outputs.tag", ["unknown-property versoin -> version"]],
    ["steps.version.outputs.tga", ["unknown-property tga -> tag"]],
    ["steps.version.output.tag", ["unknown-property output -> outputs"]],
    ["steps.builda.outputs.x", ["unknown-property builda"]],
    ["needs.deploy.result", ["unknown-property deploy"]],
    ["needs.build.outputs.vversion", ["unknown-property vversion -> version"]],
    ["matrix.osx", ["unknown-property osx -> os"]],
    ["matrix.target.size", ["unknown-property size"]],
    ["inputs.levle", ["unknown-property levle -> level"]],
    ["runner.oss", ["unknown-property oss -> os"]],
    ["job.services.redis.id", ["unknown-property redis"]],
    ["github.ref.name", ["unknown-property name"]],
    ["needs.*.resullt", ["unknown-property resullt -> result"]],
    ["fromJSON('{\"ab\": 1}').ac", ["unknown-property ac -> ab"]],
    ["fromJSON('[{\"a\": 1}]').a", ["unknown-property a"]],
  ])("%s", (text, want) => {
    expect(found(text)).toEqual(want);
  });

  test("the message says what there is", () => {
    expect(message("steps.nope.outcome")).toBe("steps has no property 'nope'. It has version, build-all");
    expect(message("steps.version.outputs.tag.x")).toBe(
      "steps.version.outputs.tag is a text and has no property 'x'. If it holds JSON, write fromJSON(steps.version.outputs.tag).x",
    );
    expect(message("fromJSON('[{\"a\": 1}]').a")).toBe(
      "fromJSON('[{\"a\": 1}]') is a list and has no property 'a': write fromJSON('[{\"a\": 1}]').*.a for that of every item",
    );
    expect(message("needs.x", {}, { needs: {} })).toBe("needs has no property 'x'. It has none");
  });

  test("one mistake is reported once", () => {
    expect(found("github.evnt.issue.title == github.evnt")).toEqual([
      "unknown-property evnt -> event",
      "unknown-property evnt -> event",
    ]);
  });
});

describe("comparisons that are never true", () => {
  test.each([
    ["needs.build.result == 'sucess'", ["never-equal 'sucess' -> 'success'"]],
    ["'failed' == needs.build.result", ["never-equal 'failed' == needs.build.result"]],
    ["needs.build.result != 'sucess'", ["never-equal 'sucess' -> 'success'"]],
    ["runner.os == 'linuxx'", ["never-equal 'linuxx' -> 'Linux'"]],
    ["runner.os == 'ubuntu'", ["never-equal runner.os == 'ubuntu'"]],
    ["github.event_name == 'pul_request'", ["never-equal github.event_name == 'pul_request'"]],
    ["inputs.level == 'medium'", ["never-equal inputs.level == 'medium'"]],
    ["inputs.dry == 'true'", ["never-equal 'true' -> true"]],
    ["inputs.dry != 'False'", ["never-equal 'False' -> false"]],
    ["matrix.node == 18", ["never-equal matrix.node == 18"]],
    ["matrix.os == 'macos'", ["never-equal matrix.os == 'macos'"]],
    ["github.event_name == 'pull_request'", ["never-equal github.event_name == 'pull_request'"]],
    ["github.ref == 'main'", ["never-equal github.ref == 'main'"]],
    ["needs.build == 'success'", ["never-equal needs.build == 'success'"]],
    ["needs.*.result == 'success'", ["never-equal needs.*.result == 'success'"]],
    ["inputs.count == 'many'", ["never-equal inputs.count == 'many'"]],
    ["contains(needs.*.result, 'failed')", ["never-contained contains(needs.*.result, 'failed')"]],
    ["contains(needs, 'failure')", ["never-contained contains(needs, 'failure')"]],
    ["contains(runner.os, 'ubuntu')", ["never-contained contains(runner.os, 'ubuntu')"]],
    ["startsWith(github.event_name, 'pull')", ["never-contained startsWith(github.event_name, 'pull')"]],
    ["startsWith(github.ref, 'v')", ["never-contained startsWith(github.ref, 'v')"]],
    ["endsWith(needs, 'x')", ["never-contained endsWith(needs, 'x')"]],
  ])("%s", (text, want) => {
    expect(found(text)).toEqual(want);
  });

  test("the message says why", () => {
    expect(message("needs.build.result == 'sucess'")).toBe(
      "This comparison is never true: needs.build.result is 'success', 'failure', 'cancelled' or 'skipped', and never 'sucess'. Did you mean 'success'?",
    );
    expect(message("needs.build.result != 'sucess'")).toContain("This comparison is always true");
    expect(message("inputs.dry == 'true'")).toBe(
      "This comparison is never true: inputs.dry is true, false or null, and never 'true': GitHub compares the two as numbers, and that text is none. Leave out the quotes",
    );
    expect(message("github.event_name == 'workflow_call'", {}, {})).toBe(
      "This comparison is never true: github.event_name is never 'workflow_call': a workflow that is called sees its caller's event",
    );
  });

  test("a workflow that may be called sees any event", () => {
    const given = { events: ["workflow_call", "push"] };
    expect(found("github.event_name == 'pull_request'", {}, given)).toEqual([]);
    expect(found("github.event_name == 'pull_requests'", {}, given)).toEqual([
      "never-equal 'pull_requests' -> 'pull_request'",
    ]);
    expect(found("github.event_name == 'brand_new'", {}, { events: ["brand_new"] })).toEqual([]);
  });

  test("inputs are null under other events", () => {
    expect(
      found("inputs.dry == ''", {}, { events: ["workflow_dispatch"], inputs: { dry: { type: "boolean" } } }),
    ).toEqual([]);
    const only = { events: ["workflow_dispatch"], inputs: { level: { type: "choice", options: ["a"] } } } as const;
    expect(found("inputs.level == null", {}, only)).toEqual([]);
  });

  test("a matrix that is computed may be anything", () => {
    const given: ScopeFacts = { matrix: { axes: { os: undefined, node: [20, "${{ inputs.x }}"] }, include: [] } };
    expect(found("matrix.os == 'a' && matrix.os.x && matrix.node == 'x'", {}, given)).toEqual([]);
    expect(found("matrix.oss", {}, given)).toEqual(["unknown-property oss -> os"]);
    expect(found("matrix.any", {}, { matrix: { axes: { os: [1] }, include: undefined } })).toEqual([]);
  });
});

describe("arguments", () => {
  test.each([
    ["format('{0} {1}', 1)", ["format-arguments '{0} {1}'"]],
    ["format('{0}', 1, github.sha)", ["format-arguments github.sha"]],
    ["format('a {b}', 1)", ["format-string 'a {b}'"]],
    ["format('{0}', needs)", ["not-text needs"]],
    ["format('{0}', needs.*.result)", ["not-text needs.*.result"]],
    ["format(env.X, 1, 2, 3)", []],
    ["fromJSON(needs)", ["not-text needs"]],
    ["fromJSON('nonsense')", ["not-text 'nonsense'"]],
    ["case(needs.build.result, 1, 2)", ["not-boolean needs.build.result"]],
    ["case(env.X, 1, 2)", ["not-boolean env.X"]],
    ["case(github.event.x, 1, 2)", []],
  ])("%s", (text, want) => {
    expect(found(text)).toEqual(want);
  });

  test("an object in a text", () => {
    expect(found("github", { isText: true })).toEqual(["not-text github"]);
    expect(message("needs.*.result", { isText: true })).toBe(
      "needs.*.result is a list: in a text it becomes the word Array. To write it out, use toJSON(needs.*.result)",
    );
    expect(found("github.event", { isText: true })).toEqual([]);
    expect(found("toJSON(github)", { isText: true })).toEqual([]);
    expect(found("needs.build.outputs.version || needs", { isText: true })).toEqual([]);
  });
});

describe("types", () => {
  test.each([
    ["needs.build.result", "'success', 'failure', 'cancelled' or 'skipped'"],
    ["github.event_name", "'push' or 'workflow_dispatch'"],
    ["matrix.node", "20 or 22"],
    ["matrix.experimental", "true or null"],
    ["matrix.target.flags", "'-O2' or null"],
    ["inputs.level", "'low', 'high', '' or null"],
    ["github.sha == 'x' && 'a' || 'b'", "'a' or 'b'"],
    ["github.sha || 'none'", "a text or 'none'"],
    ["github.sha && 1", "'' or 1"],
    ["case(true, 'a', false, 'b', 3)", "'a', 'b' or 3"],
    ["needs.*.result", "a list"],
    ["github", "an object"],
    ["fromJSON('[1, 2]')[0]", "1, 2 or null"],
    ["!github.sha", "true or false"],
    ["format('x')", "a text"],
    ["github.event.issue", "anything"],
    ["runner.arch", "'X86', 'X64', 'ARM' or 'ARM64'"],
    ["strategy.job-total", "a number or null"],
    ["job.check_run_id", "a number or null"],
  ])("%s is %s", (text, want) => {
    expect(describeType(typeOf(parsed(text), makeScope(facts)))).toBe(want);
  });

  test("the type of an expression holds its value", () => {
    fc.assert(
      fc.property(anyExpression, anyContexts, (expression, contexts) => {
        const scope = {
          contexts: new Map(Object.entries(contexts).map(([name, value]) => [name, typeOfValue(value)] as const)),
        };
        const result = evaluate(expression, contexts);
        fc.pre(result.kind === "value");
        if (result.kind !== "value") return;
        const type = typeOf(expression, scope);
        expect([print(expression), describeType(type), holds(type, result.value)]).toEqual([
          print(expression),
          describeType(type),
          true,
        ]);
      }),
      { numRuns: 3000 },
    );
  });

  test("values of types that cannot be equal are not", () => {
    const scope = makeScope();
    let refused = 0;
    fc.assert(
      fc.property(anyExpression, anyExpression, anyContexts, (left, right, contexts) => {
        const given = new Map(Object.entries(contexts).map(([name, value]) => [name, typeOfValue(value)] as const));
        const types = [left, right].map((side) =>
          typeOf(side, { contexts: { ...scope.contexts, get: (name) => given.get(name) ?? scope.contexts.get(name) } }),
        );
        fc.pre(!canBeEqual(types[0] ?? ANY, types[1] ?? ANY));
        refused++;
        const comparison = { kind: "comparison", operator: "==", left, right, start: 0, end: 0 } as const;
        expect(evaluate(comparison, contexts)).not.toEqual({ kind: "value", value: true });
      }),
      { numRuns: 2000 },
    );
    expect(refused).toBeGreaterThan(100);
  });
});

function holds(type: ReturnType<typeof typeOf>, value: unknown): boolean {
  if (type === ANY) return true;
  return alternativesOf(type).some((member) => {
    if (member.kind === "literal") return Object.is(member.value, value) || (member.value === 0 && value === 0);
    if (member.kind === "list") return Array.isArray(value);
    if (member.kind === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
    return typeof value === member.kind;
  });
}

test("checking never throws, and its problems lie in the text", () => {
  fc.assert(
    fc.property(anyExpression, (generated) => {
      const text = print(generated);
      for (const { start, end, message } of check(parsed(text), makeScope(facts), {
        availability: STEP,
        isText: true,
      })) {
        expect(text.slice(start, end)).not.toBe("");
        expect(message).not.toContain("undefined");
      }
    }),
    { numRuns: 1000 },
  );
});

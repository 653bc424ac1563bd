import { expectTypeOf, test } from "vitest";
import {
  always,
  and,
  cancelled,
  contains,
  endsWith,
  env,
  eq,
  expr,
  failure,
  format,
  fromJSON,
  ge,
  github,
  githubToken,
  gt,
  hashFiles,
  join,
  le,
  lt,
  ne,
  not,
  or,
  pat,
  runner,
  secret,
  sh,
  startsWith,
  success,
  toJSON,
  vars,
  type Expr,
  type Script,
  type Text,
  type Untrusted,
} from "../../../src/index.ts";

const trusted = expr<string>("github.sha");
const untrusted = github.head_ref;

test("comparisons and status functions are boolean expressions", () => {
  expectTypeOf(eq(trusted, "x")).toEqualTypeOf<Expr<boolean>>();
  expectTypeOf(ne(untrusted, "x")).toEqualTypeOf<Expr<boolean>>();
  for (const compare of [lt, le, gt, ge, contains, startsWith, endsWith]) {
    expectTypeOf(compare).toEqualTypeOf<(a: Text, b: Text) => Expr<boolean>>();
  }
  for (const status of [success, failure, always, cancelled]) expectTypeOf(status).toEqualTypeOf<() => Expr<boolean>>();
  expectTypeOf(not(untrusted)).toEqualTypeOf<Expr<boolean>>();
});

test("eq holds the value against what the expression can be", () => {
  eq(runner.os, "Linux");
  // @ts-expect-error Linux is spelt with a capital letter
  eq(runner.os, "linux");
  eq(github.run_attempt, 1);
  eq(github.run_attempt, "1");
  // @ts-expect-error a number
  eq(github.run_attempt, "first");
  eq(expr("github.actor"), "octocat");
  eq(expr("github.actor"), 5);
  eq(expr<"a" | "b">("x"), expr<"a">("y"));
  // @ts-expect-error they can never be equal
  eq(expr<"a" | "b">("x"), expr<"c">("y"));
  // @ts-expect-error the expression comes first
  eq("Linux", runner.os);
});

test("what is put together is untrusted as soon as one part is", () => {
  expectTypeOf(format`a ${trusted} b ${1} ${true} ${"x"}`).toEqualTypeOf<Expr<string>>();
  expectTypeOf(format`a ${trusted} ${untrusted}`).toEqualTypeOf<Untrusted<string>>();
  expectTypeOf(format("{0}", trusted)).toEqualTypeOf<Expr<string>>();
  expectTypeOf(format("{0} {1}", trusted, untrusted)).toEqualTypeOf<Untrusted<string>>();
  expectTypeOf(format`${vars.REGION} ${env.LEVEL}`).toEqualTypeOf<Expr<string>>();
  expectTypeOf(join(github.event.issue.labels["*"].name, " ")).toEqualTypeOf<Expr<string>>();
  expectTypeOf(hashFiles("**/lock", format`${untrusted}/x`)).toEqualTypeOf<Expr<string>>();
});

test("and, or give one of their operands", () => {
  expectTypeOf(and(always(), eq(trusted, "x"))).toEqualTypeOf<Expr<boolean>>();
  expectTypeOf(or(expr<"a">("x"), "b")).toEqualTypeOf<Expr<"a" | "b">>();
  expectTypeOf(or(untrusted, "main")).toEqualTypeOf<Untrusted<string | null>>();
  eq(or("${{ inputs.a }}", "b"), "c");
});

test("toJSON of what an outsider may fill is untrusted", () => {
  expectTypeOf(toJSON(github)).toEqualTypeOf<Untrusted<string>>();
  expectTypeOf(toJSON(github.event)).toEqualTypeOf<Untrusted<string>>();
  expectTypeOf(toJSON(github.event.issue)).toEqualTypeOf<Untrusted<string>>();
  expectTypeOf(toJSON(untrusted)).toEqualTypeOf<Untrusted<string>>();
  expectTypeOf(toJSON(runner)).toEqualTypeOf<Expr<string>>();
  expectTypeOf(toJSON(trusted)).toEqualTypeOf<Expr<string>>();
});

test("fromJSON keeps trust, and can be looked into as far as its type says", () => {
  const plan = fromJSON<{ targets: readonly { name: "a" | "b" }[]; count: number }>(trusted);
  expectTypeOf(plan.count).toEqualTypeOf<Expr<number>>();
  eq(plan.targets[0].name, "a");
  // @ts-expect-error there is no c
  eq(plan.targets["*"].name, "c");
  // @ts-expect-error there is no total
  plan.total;
  expectTypeOf(fromJSON(untrusted)).toExtend<Untrusted<unknown>>();
  expectTypeOf(fromJSON("[1]")).toExtend<Expr>();
});

test("untrusted values do not go into a plain template string", () => {
  expectTypeOf(`${trusted} ${runner.os} ${secret("A")} ${pat("B")} ${githubToken()}`).toEqualTypeOf<string>();
  // @ts-expect-error an outsider chooses it
  `${github.event.issue.title}`;
  // @ts-expect-error an outsider chooses it
  `${github.ref_name}`;
  // @ts-expect-error an outsider chooses it
  "echo " + github.event.comment.body;
  // @ts-expect-error so it stays when put together
  `${format`ci ${github.ref}`}`;
});

test("sh takes every expression, text, number and boolean", () => {
  expectTypeOf(sh`a ${untrusted} ${trusted} ${"x"} ${1} ${true}`).toEqualTypeOf<Script>();
  // @ts-expect-error an object is no value of a script
  sh`${{}}`;
  // @ts-expect-error nor is undefined
  sh`${undefined}`;
});

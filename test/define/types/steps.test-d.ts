import { expectTypeOf, test } from "vitest";
import {
  action,
  comment,
  eq,
  github,
  run,
  sh,
  unsafeScript,
  untyped,
  uses,
  type Action,
  type Expr,
  type Result,
  type RunStep,
  type Text,
  type Untrusted,
  type Untyped,
  type UsesStep,
} from "../../../src/index.ts";

test("run's handle has the outputs that it declares", () => {
  const step = run({ id: "version", run: "make", outputs: ["tag", "sha"] });
  expectTypeOf(step).toEqualTypeOf<RunStep<"tag" | "sha">>();
  expectTypeOf(step.outputs.tag).toEqualTypeOf<Expr<string>>();
  expectTypeOf(step.outcome).toEqualTypeOf<Expr<Result>>();
  // @ts-expect-error no such output
  step.outputs.version;
  // @ts-expect-error no such outcome
  eq(step.conclusion, "succeeded");
  expectTypeOf(run({ run: "make" })).toEqualTypeOf<RunStep<never>>();
});

test("run takes a script, a text, or an expression that no outsider chooses", () => {
  run({ run: sh`echo ${github.head_ref}` });
  run({ run: unsafeScript("echo ${{ github.head_ref }}", { because: "only maintainers start this" }) });
  run({ run: github.sha });
  // @ts-expect-error an outsider chooses it
  run({ run: github.head_ref });
  // @ts-expect-error without a reason
  unsafeScript("echo");
});

test("run knows all keys of a step", () => {
  run({
    id: "a",
    name: github.head_ref,
    if: true,
    env: { A: 1, B: null, C: github.head_ref },
    shell: "bash",
    "working-directory": "docs",
    "continue-on-error": "${{ matrix.experimental }}",
    "timeout-minutes": 5,
    background: true,
    run: "make",
  });
  // @ts-expect-error a misspelt key
  run({ run: "make", "timeout-minute": 5 });
  // @ts-expect-error no boolean
  run({ run: "make", "continue-on-error": "yes" });
});

test("uses is typed from the bindings", () => {
  const step = uses("octo/build@v0", { id: "build", with: { target: github.head_ref, level: "fast", push: true } });
  expectTypeOf(step).toEqualTypeOf<UsesStep<"octo/build@v0">>();
  expectTypeOf(step.outputs.digest).toEqualTypeOf<Expr<string>>();
  // @ts-expect-error no such output
  step.outputs.hash;
  uses("octo/build@v0", { with: { target: "x", level: "${{ inputs.level }}", push: eq(github.sha, "x") } });
  // @ts-expect-error target is required
  uses("octo/build@v0", { with: { level: "fast" } });
  // @ts-expect-error and so is with
  uses("octo/build@v0");
  // @ts-expect-error no such level
  uses("octo/build@v0", { with: { target: "x", level: "big" } });
  // @ts-expect-error no such input
  uses("octo/build@v0", { with: { target: "x", lvl: "fast" } });
  // @ts-expect-error no such version
  uses("octo/build@v9", { with: { target: "x" } });
});

test("uses takes paths, images, and untyped refs as they are", () => {
  uses("./.github/actions/x", { with: { a: 1 } });
  uses("$/actions/x", { with: { a: 1 } });
  uses("docker://alpine:3", { with: { args: "ls" } });
  const sign = untyped("octo/sign@v1", { outputs: ["digest"] });
  expectTypeOf(sign).toEqualTypeOf<Untyped<"digest">>();
  expectTypeOf(uses(sign, { with: { anything: true } }).outputs.digest).toEqualTypeOf<Expr<string>>();
  // @ts-expect-error not among the names given
  uses(sign).outputs.sha;
  // @ts-expect-error no version
  untyped("octo/sign");
});

test("an action is typed from its own inputs and outputs", () => {
  const cache = action({
    name: "Cache",
    description: "Caches.",
    author: "octo",
    inputs: { key: { description: "k", required: true }, dir: { description: "d", default: "." } },
    outputs: { hit: { description: "h", value: "${{ steps.c.outputs.hit }}" } },
    runs: {
      using: "composite",
      steps: ({ inputs }) => {
        expectTypeOf(inputs.key).toEqualTypeOf<Untrusted>();
        return [run({ shell: "bash", run: sh`cache ${inputs.key} ${inputs.dir}` })];
      },
    },
    branding: { icon: "box", color: "gray-dark" },
  });
  expectTypeOf(cache).toEqualTypeOf<Action<{ key: Text; dir?: Text }, "hit">>();
  expectTypeOf(uses(cache, { id: "c", with: { key: "x" } }).outputs.hit).toEqualTypeOf<Expr<string>>();
  // @ts-expect-error key is required
  uses(cache, { with: { dir: "x" } });
});

test("comment leaves the type of its node", () => {
  expectTypeOf(comment("slow", 30)).toEqualTypeOf<30>();
  expectTypeOf(comment("build", run({ run: "make", outputs: ["a"] }))).toEqualTypeOf<RunStep<"a">>();
});

import { expectTypeOf, test } from "vitest";
import {
  appToken,
  deployKey,
  format,
  github,
  githubToken,
  job,
  pat,
  push,
  run,
  secret,
  uses,
  vars,
  type AppToken,
  type CheckoutStep,
  type Credential,
  type DeployKey,
  type Expr,
  type GithubToken,
  type Pat,
  type PushStep,
} from "../../../src/index.ts";

const robot = pat("ROBOT");
const author = { name: "robot", email: "robot@example.com" };

test("credentials are distinct, and expressions at once", () => {
  expectTypeOf(pat("A", { kind: "classic", actsAs: { team: "bots" }, scopes: ["repo"] })).toEqualTypeOf<Pat<"A">>();
  expectTypeOf(githubToken()).toEqualTypeOf<GithubToken>();
  expectTypeOf(deployKey("K")).toEqualTypeOf<DeployKey<"K">>();
  expectTypeOf(pat("A")).not.toExtend<Pat<"B">>();
  expectTypeOf(pat("A")).not.toExtend<GithubToken>();
  expectTypeOf(pat("A")).toExtend<Expr<string>>();
  expectTypeOf(github.token).toEqualTypeOf<GithubToken>();
  expectTypeOf(secret("A")).not.toExtend<Credential>();
  // @ts-expect-error no such kind
  pat("A", { kind: "new" });
});

test("an App's token comes from the step that mints it", () => {
  const mint = run({ id: "mint", run: "mint", outputs: ["token"] });
  expectTypeOf(appToken(mint)).toEqualTypeOf<AppToken>();
  const make = run({ run: "make" });
  // @ts-expect-error this step mints nothing
  appToken(make);
});

test("a checkout's type says who stays at which path", () => {
  expectTypeOf(uses("actions/checkout@v0")).toEqualTypeOf<CheckoutStep<".", "GITHUB_TOKEN">>();
  const path = "./tap/";
  expectTypeOf(uses("actions/checkout@v0", { with: { path } })).toEqualTypeOf<CheckoutStep<"tap", "GITHUB_TOKEN">>();
  const drop = { "persist-credentials": false } as const;
  expectTypeOf(uses("actions/checkout@v0", { with: drop })).toEqualTypeOf<CheckoutStep<".", "">>();
  expectTypeOf(uses("actions/checkout@v0", { with: { token: robot } })).toEqualTypeOf<CheckoutStep<".", "PAT ROBOT">>();
  expectTypeOf(uses("actions/checkout@v0", { with: { token: secret("robot") } })).toEqualTypeOf<
    CheckoutStep<".", "PAT ROBOT">
  >();
  for (const token of ["${{ secrets.GITHUB_TOKEN }}", "${{github.token}}"] as const) {
    expectTypeOf(uses("actions/checkout@v0", { with: { token } })).toEqualTypeOf<CheckoutStep<".", "GITHUB_TOKEN">>();
  }
});

test("what cannot be known of a checkout is unknown", () => {
  expectTypeOf(uses("actions/checkout@v0", { if: "always()" })).toEqualTypeOf<CheckoutStep<".", unknown>>();
  expectTypeOf(uses("actions/checkout@v0", { with: { token: vars.TOKEN } })).toEqualTypeOf<
    CheckoutStep<".", unknown>
  >();
  const either = { token: "${{ secrets.A || github.token }}" } as const;
  expectTypeOf(uses("actions/checkout@v0", { with: either })).toEqualTypeOf<CheckoutStep<".", unknown>>();
  const computed = { path: "${{ matrix.dir }}" } as const;
  expectTypeOf(uses("actions/checkout@v0", { with: computed })).toEqualTypeOf<CheckoutStep<unknown, "GITHUB_TOKEN">>();
  const wide: boolean = Math.random() > 0.5;
  expectTypeOf(uses("actions/checkout@v0", { with: { "persist-credentials": wide } })).toEqualTypeOf<
    CheckoutStep<".", unknown>
  >();
});

test("a push's type says who pushes from where", () => {
  expectTypeOf(push({ as: robot, branch: "main" })).toEqualTypeOf<PushStep<"PAT ROBOT", ".">>();
  expectTypeOf(push({ as: robot, tag: "v1", path: "./docs/site" })).toEqualTypeOf<PushStep<"PAT ROBOT", "docs/site">>();
  expectTypeOf(push({ as: githubToken(), refs: ["HEAD:a", "HEAD:b"] })).toEqualTypeOf<PushStep<"GITHUB_TOKEN", ".">>();
  expectTypeOf(push({ as: robot, branch: "main", allowPersisted: "the runner is thrown away" })).toEqualTypeOf<
    PushStep<unknown, ".">
  >();
  const { outputs } = push({ id: "push", as: robot, branch: "main" });
  expectTypeOf(outputs.sha).toEqualTypeOf<Expr<string>>();
  // @ts-expect-error the outputs are pushed and sha
  outputs.commit;
});

test("a push takes texts and expressions", () => {
  push({
    as: githubToken(),
    branch: github.head_ref,
    repository: vars.MIRROR,
    commit: { paths: ["a", format`${github.ref_name}/b`], message: format`From ${github.ref_name}` },
    force: "with-lease",
    retry: 0,
    id: "push",
    name: "Push",
    if: "always()",
    "continue-on-error": true,
    "timeout-minutes": 5,
  });
  push({ as: robot, tag: vars.TAG });
});

test("only githubToken() has a default author", () => {
  push({ as: githubToken(), branch: "main", commit: { paths: ["a"], message: "m" } });
  push({ as: robot, branch: "main", commit: { paths: ["a"], message: "m", author } });
  // @ts-expect-error who is the author?
  push({ as: robot, branch: "main", commit: { paths: ["a"], message: "m" } });
  push({ as: Math.random() > 0.5 ? robot : githubToken(), branch: "main", commit: { paths: ["a"], message: "m" } });
});

test("a job takes a push that meets nobody, the same credential, or what cannot be known", () => {
  job({ "runs-on": "x", steps: [uses("actions/checkout@v0"), push({ as: githubToken(), branch: "main" })] });
  job({ "runs-on": "x", steps: [uses("actions/checkout@v0"), push({ as: deployKey("K"), branch: "main" })] });
  const persisted = [uses("actions/checkout@v0")] as const;
  job({ "runs-on": "x", steps: [persisted, push({ as: robot, branch: "main", allowPersisted: "a fixture" })] });
  // @ts-expect-error a push as ROBOT must not meet GITHUB_TOKEN
  job({ "runs-on": "x", steps: [persisted, push({ as: robot, branch: "main" })] });
});

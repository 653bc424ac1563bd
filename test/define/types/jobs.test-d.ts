import { expectTypeOf, test } from "vitest";
import {
  eq,
  expr,
  format,
  fromJSON,
  githubToken,
  job,
  run,
  secret,
  sh,
  uses,
  workflow,
  type Expr,
  type Job,
  type Result,
} from "../../../src/index.ts";

const version = run({ id: "version", run: "make", outputs: ["tag"] });
const build = job({
  "runs-on": "ubuntu-latest",
  outputs: {
    tag: version.outputs.tag,
    raw: "${{ steps.x.outputs.y }}",
    level: expr<"low" | "high">("steps.x.outputs.l"),
  },
  steps: [version],
});

test("a job's handle has its outputs and its result", () => {
  expectTypeOf(build.outputs.tag).toEqualTypeOf<Expr<string>>();
  expectTypeOf(build.outputs.raw).toEqualTypeOf<Expr<string>>();
  expectTypeOf(build.outputs.level).toEqualTypeOf<Expr<"low" | "high">>();
  expectTypeOf(build.result).toEqualTypeOf<Expr<Result>>();
  // @ts-expect-error no such output
  build.outputs.version;
  // @ts-expect-error no such result
  eq(build.result, "sucess");
  expectTypeOf(job({ "runs-on": "x", steps: [] })).toEqualTypeOf<Job>();
});

test("needs takes jobs and ids, alone and in lists", () => {
  job({ "runs-on": "x", needs: build, steps: [] });
  job({ "runs-on": "x", needs: "build", steps: [] });
  job({ "runs-on": "x", needs: [build, "other"], steps: [] });
  // @ts-expect-error a step is no job
  job({ "runs-on": "x", needs: [version], steps: [] });
});

test("a job knows the whole syntax", () => {
  job({
    name: format`Build ${"x"}`,
    needs: [build],
    if: "always()",
    permissions: { contents: "read", "id-token": "write", models: "read", "artifact-metadata": "write" },
    "runs-on": { group: "big", labels: ["linux", "x64"] },
    environment: { name: "production", url: "https://example.com", deployment: false },
    concurrency: { group: "deploy", "cancel-in-progress": "${{ github.ref != 'refs/heads/main' }}", queue: "max" },
    outputs: {},
    env: { A: 1, B: null },
    defaults: { run: { shell: "bash", "working-directory": "docs" } },
    strategy: { matrix: { os: ["a"] }, "fail-fast": false, "max-parallel": 2 },
    container: {
      image: "node:22",
      credentials: { username: "octo", password: secret("REGISTRY") },
      env: { CI: true },
      ports: [80, "8080:80"],
      volumes: ["/a:/b"],
      options: "--cpus 1",
    },
    services: { db: "postgres:17", cache: { image: "redis", command: "redis-server", entrypoint: "/bin/sh" } },
    "timeout-minutes": 30,
    "cancel-timeout-minutes": 1,
    "continue-on-error": true,
    snapshot: { "image-name": "base", version: "1.*", if: "success()" },
    "cache-mode": "read",
    steps: [],
  });
  job({
    "runs-on": ["self-hosted", "linux"],
    environment: "staging",
    concurrency: "x",
    container: "node",
    snapshot: "x",
    steps: [],
  });
  job({ "runs-on": "x", env: "${{ fromJSON(inputs.env) }}", services: expr("x"), permissions: {}, steps: [] });
  job({ "runs-on": expr<string>("inputs.runner"), permissions: "read-all", steps: [] });
});

test("steps of every kind are taken as plain objects", () => {
  job({
    "runs-on": "x",
    steps: [
      { run: "serve", id: "server", background: true },
      { uses: "actions/cache@v4", with: { path: "x", key: "y" } },
      { wait: "server" },
      { wait: ["server"], name: "Wait" },
      { "wait-all": null },
      { cancel: "server" },
      { parallel: [{ run: "a" }, uses("actions/checkout@v0"), [{ run: "b" }]] },
    ],
  });
  // @ts-expect-error a step does something
  job({ "runs-on": "x", steps: [{ name: "nothing" }] });
  // @ts-expect-error a text is no step
  job({ "runs-on": "x", steps: ["make"] });
});

test("a misspelt, missing or foreign key does not compile", () => {
  // @ts-expect-error misspelt
  job({ "runs-onn": "x", steps: [] });
  // @ts-expect-error missing
  job({ steps: [] });
  // @ts-expect-error missing
  job({ "runs-on": "x" });
  // @ts-expect-error a key of steps
  job({ "runs-on": "x", shell: "bash", steps: [] });
  // @ts-expect-error at depth
  job({ "runs-on": "x", container: { image: "x", credentials: { user: "x" } }, steps: [] });
  // @ts-expect-error a value
  job({ "runs-on": "x", permissions: { "id-token": "read" }, steps: [] });
});

test("the matrix is typed from its axes, with what include adds", () => {
  job({
    "runs-on": ({ matrix }) => matrix.os,
    strategy: {
      matrix: {
        os: ["linux", "windows"],
        node: [20, 22],
        target: [{ arch: "x64", flags: "-O2" }, { arch: "arm64" }],
        include: [{ os: "macos", node: 24, experimental: true }],
        exclude: [{ os: "windows", node: 20 }],
      },
    },
    name: ({ matrix }) => format`${matrix.os} ${matrix.node}`,
    env: ({ matrix }) => ({ ARCH: matrix.target.arch }),
    environment: ({ matrix }) => ({ name: matrix.os }),
    container: ({ matrix }) => ({ image: matrix.os }),
    "continue-on-error": ({ matrix }) => eq(matrix.experimental, true),
    "timeout-minutes": ({ matrix }) => matrix.node,
    steps: ({ matrix, runner, strategy, job: running, env }) => {
      expectTypeOf(matrix.os).toEqualTypeOf<Expr<"linux" | "windows" | "macos">>();
      expectTypeOf(matrix.node).toEqualTypeOf<Expr<20 | 22 | 24>>();
      expectTypeOf(matrix.experimental).toEqualTypeOf<Expr<true | null>>();
      expectTypeOf(matrix.target.flags).toEqualTypeOf<Expr<"-O2" | null>>();
      expectTypeOf(strategy["job-index"]).toEqualTypeOf<Expr<number>>();
      expectTypeOf(running.status).toEqualTypeOf<Expr<"success" | "failure" | "cancelled">>();
      // @ts-expect-error no axis
      matrix.exclude;
      // @ts-expect-error no such value
      eq(matrix.os, "Linux");
      return [run({ if: eq(runner.os, "Linux"), run: sh`make ${matrix.target.arch} ${env.LEVEL}` })];
    },
  });
});

test("a matrix, or an axis, may be an expression", () => {
  job({
    "runs-on": "x",
    strategy: { matrix: fromJSON<{ node: readonly (20 | 22)[] }>(build.outputs.tag) },
    steps: ({ matrix }) => {
      expectTypeOf(matrix.node).toEqualTypeOf<Expr<20 | 22>>();
      return [];
    },
  });
  job({
    "runs-on": "x",
    strategy: { matrix: { pkg: fromJSON<readonly string[]>(build.outputs.tag), any: "${{ fromJSON(vars.X) }}" } },
    steps: ({ matrix }) => {
      expectTypeOf(matrix.pkg).toEqualTypeOf<Expr<string>>();
      expectTypeOf(matrix.any).toExtend<Expr>();
      return [];
    },
  });
  job({
    "runs-on": "x",
    strategy: { matrix: "${{ fromJSON(vars.MATRIX) }}" },
    steps: ({ matrix }) => [{ if: matrix.x, run: "a" }],
  });
  // @ts-expect-error an axis is a list
  job({ "runs-on": "x", strategy: { matrix: { os: "linux" } }, steps: [] });
});

const release = workflow({
  on: {
    workflow_call: {
      inputs: {
        version: { type: "string", required: true },
        dry: { type: "boolean", default: false },
        level: { type: "number" },
      },
      secrets: { NPM_TOKEN: { required: true }, SLACK: {} },
      outputs: { tag: { value: "${{ jobs.a.outputs.tag }}" } },
    },
  },
  jobs: { a: job({ "runs-on": "x", steps: [] }) },
});

test("a callable workflow is typed from its inputs, secrets and outputs", () => {
  const called = job({
    uses: release,
    needs: [build],
    with: { version: build.outputs.tag, dry: true },
    secrets: "inherit",
  });
  expectTypeOf(called.outputs.tag).toEqualTypeOf<Expr<string>>();
  // @ts-expect-error no such output
  called.outputs.version;
  job({
    uses: release,
    with: { version: "1", level: "${{ fromJSON(vars.L) }}" },
    secrets: { NPM_TOKEN: githubToken() },
  });
  job({
    uses: release,
    strategy: { matrix: { v: ["1", "2"] } },
    with: ({ matrix }) => ({ version: matrix.v }),
    secrets: "inherit",
  });
  // @ts-expect-error version is required
  job({ uses: release, with: { dry: true }, secrets: "inherit" });
  // @ts-expect-error dry is a boolean
  job({ uses: release, with: { version: "1", dry: "no" }, secrets: "inherit" });
  // @ts-expect-error NPM_TOKEN is required
  job({ uses: release, with: { version: "1" }, secrets: { SLACK: "x" } });
  // @ts-expect-error a call has no runner
  job({ uses: release, "runs-on": "x", with: { version: "1" }, secrets: "inherit" });
});

test("other workflows are called by name, and only callable ones by value", () => {
  job({ uses: "./.github/workflows/x.yml", with: { a: 1 }, secrets: { t: secret("T") } });
  const remote = job({ uses: "o/r/.github/workflows/x.yml@v1", secrets: "inherit" });
  eq(remote.outputs.anything, "x");
  const closed = workflow({ on: "push", jobs: {} });
  // @ts-expect-error it has no on.workflow_call
  job({ uses: closed });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { actionToIr, fileDefinition, workflowToIr } from "../../src/define/convert/to-ir.ts";
import { action, comment, github, job, push, run, sh, uses, workflow } from "../../src/index.ts";
import { DefinitionError } from "../../src/ir/errors.ts";

// What JavaScript sources may hold whatever the types say.

/** What is said of a definition; anything but a DefinitionError is thrown. */
function said(value: unknown): string[] {
  const definition = fileDefinition(value);
  if (definition === undefined) throw new Error("no workflow and no action");
  const messages: string[] = [];
  const report = (thrown: unknown): void => {
    if (!(thrown instanceof DefinitionError)) throw thrown;
    messages.push(thrown.message);
  };
  try {
    const context = { pathOf: () => undefined, report };
    if (definition.is === "workflow") workflowToIr(definition, context);
    else actionToIr(definition, context);
  } catch (thrown) {
    report(thrown);
  }
  return messages;
}

/** Calls of the typed builders with whatever there is. */
const any = (value: unknown) => value as never;
const jobs = (all: unknown) => workflow({ on: "push", jobs: any(all) });
const inJob = (more: object) => jobs({ a: job(any({ "runs-on": "x", steps: [{ run: "make" }], ...more })) });

function itself<T extends object>(make: (self: T) => void, made: T): T {
  make(made);
  return made;
}

function deep(levels: number): object {
  let value: object = {};
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

const REVOKED = (() => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
})();
const LIAR = new Proxy({ a: 1 }, { ownKeys: () => ["a", "a"] });
const ENDLESS: object = new Proxy([], { get: (_, key) => (key === "length" ? 2 ** 32 - 1 : undefined) });
const MIRROR: object = new Proxy(
  {},
  {
    ownKeys: () => ["a"],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }),
    get: (_, key) => (key === "a" ? MIRROR : undefined),
  },
);

describe("what contains itself", () => {
  test.each<[string, () => unknown, string]>([
    [
      "a mapping",
      () => inJob({ env: itself<{ A?: object }>((self) => (self.A = self), {}) }),
      "jobs.a.env.A: this contains itself",
    ],
    [
      "a list",
      () => inJob({ needs: itself<unknown[]>((self) => self.push(self), []) }),
      "jobs.a.needs[0]: this contains itself",
    ],
    [
      "steps",
      () => inJob({ steps: itself<unknown[]>((self) => self.push(run({ run: "x" }), self), []) }),
      "jobs.a.steps[1]: this contains itself",
    ],
    [
      "parallel steps",
      () => inJob({ steps: [itself<{ parallel: unknown[] }>((self) => self.parallel.push(self), { parallel: [] })] }),
      "jobs.a.steps[0].parallel[0]: this contains itself",
    ],
    [
      "what a function gives",
      () => inJob({ steps: () => itself<unknown[]>((self) => self.push([self]), []) }),
      "jobs.a.steps[0][0]: this contains itself",
    ],
    ["jobs", () => jobs(itself<{ a?: object }>((self) => (self.a = self), {})), "jobs.a: this contains itself"],
    ["a proxy", () => inJob({ env: MIRROR }), "jobs.a.env.a: this contains itself"],
    [
      "the inputs of an action",
      () => inJob({ steps: [uses("./x", any({ with: itself<{ a?: object }>((self) => (self.a = self), {}) }))] }),
      "jobs.a.steps[0].with.a: this contains itself",
    ],
    [
      "the steps of a composite action",
      () =>
        action({
          name: "a",
          description: "b",
          runs: { using: "composite", steps: any(itself<unknown[]>((self) => self.push(self), [])) },
        }),
      "runs.steps[0]: this contains itself",
    ],
  ])("%s", (_, make, message) => {
    expect(said(make())).toEqual([message]);
  });

  test("what stands in two places does not", () => {
    const shared = { A: "1" };
    const setup = [run({ run: "x" })];
    expect(
      said(jobs({ a: job({ "runs-on": "x", env: shared, steps: [setup, setup, run({ run: "y", env: shared })] }) })),
    ).toEqual([]);
  });
});

test("what is too deep, or too much", () => {
  const tooDeep = expect.stringMatching(/GitHub reads no more than 50 levels of lists and mappings$/);
  expect(said(inJob({ strategy: { matrix: { a: [deep(40)] } } }))).toEqual([]);
  expect(said(inJob({ strategy: { matrix: { a: [deep(50)] } } }))).toEqual([tooDeep]);
  expect(said(inJob({ env: deep(100_000) }))).toEqual([tooDeep]);
  expect(said(inJob({ steps: [...Array(9).keys()].reduce<unknown>((inner) => [inner, inner], deep(90_000)) }))).toEqual(
    [tooDeep],
  );
  const many = expect.stringMatching(/^jobs\.a\.strategy\.matrix\.a.*: a file of more than 250,000 values is refused$/);
  const doubled = [...Array(40).keys()].reduce<unknown>((inner) => [inner, inner], 1);
  expect(said(inJob({ strategy: { matrix: { a: [doubled] } } }))).toEqual([many]);
  expect(said(inJob({ strategy: { matrix: { a: ENDLESS } } }))).toEqual([many]);
});

test("many comments around one value are no depth", () => {
  const commented = [...Array(60).keys()].reduce<string>((inner) => comment("c", inner), "make");
  expect(said(jobs({ a: job({ "runs-on": "x", steps: [{ run: commented }] }) }))).toEqual([]);
  const endless = [...Array(50_000).keys()].reduce<string>((inner) => comment("c", inner), "make");
  expect(said(jobs({ a: job({ "runs-on": "x", steps: [{ run: endless }] }) }))).toHaveLength(1);
});

test("proxies", () => {
  expect(said(inJob({ steps: new Proxy([run({ run: "x" })], {}) }))).toEqual([]);
  expect(said(inJob({ steps: github.event }))).toEqual([]);
  expect(said(inJob({ steps: [REVOKED] }))).toEqual([
    expect.stringMatching(/^jobs\.a\.steps\[0\]: this cannot be read: .*revoked/),
  ]);
  expect(said(inJob({ env: LIAR }))).toEqual([expect.stringMatching(/^jobs\.a\.env: this cannot be read: /)]);
});

test("all that is wrong with a file is told", () => {
  const messages = said(
    jobs({
      a: job(
        any({
          "runs-on": "x",
          needs: [job(any({}))],
          env: { A: Symbol("x"), B: 10n, C: "fine" },
          steps: [5, run(any({ run: "x", env: { D: new Map() } })), push(any({ as: 1 })), { run: sh`x` }],
        }),
      ),
      b: 7,
      c: job(any({ "runs-on": "x", "timeout-minutes": Number.NaN, steps: [] })),
    }),
  );
  expect(messages).toEqual([
    expect.stringMatching(/^jobs\.a\.needs\[0\]: `needs` names a job/),
    "jobs.a.env.A: a symbol cannot stand in a workflow",
    "jobs.a.env.B: a bigint cannot stand in a workflow",
    "jobs.a.steps[0]: expected a step, found a number",
    "jobs.a.steps[1].env.D: an instance of Map cannot stand in a workflow",
    expect.stringMatching(/^push: `as` says who pushes/),
    "jobs.b: expected job({ … }), found a number",
    expect.stringMatching(/^jobs\.c\.timeout-minutes: NaN is no number/),
  ]);
});

test("without `report`, the first that is wrong is thrown", () => {
  const definition = fileDefinition(inJob({ env: { A: 1n, B: 2n } }));
  if (definition?.is !== "workflow") throw new Error("no workflow");
  expect(() => workflowToIr(definition, { pathOf: () => undefined })).toThrow("jobs.a.env.A: a bigint cannot stand");
});

test("whatever stands anywhere, nothing but a mistake of the definition is told", () => {
  // Behind functions: fast-check would look into them.
  const hostile = [
    REVOKED,
    LIAR,
    ENDLESS,
    MIRROR,
    deep(10_000),
    Symbol("s"),
    () => REVOKED,
    github,
    run({ run: "x" }),
    sh`x`,
  ];
  const leaf = fc.oneof(
    fc
      .anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true })
      .map((value) => () => value),
    fc.nat(hostile.length - 1).map((at) => () => hostile[at]),
  );
  const build = (put: (place: number) => unknown) =>
    workflow(
      any({
        name: put(0),
        on: put(1),
        jobs: put(2) ?? {
          a: job(
            any({
              "runs-on": put(3),
              needs: put(4),
              defaults: put(5),
              strategy: put(6),
              steps: put(7) ?? [
                run(any({ id: put(8), run: sh`echo ${github.sha}`, env: put(9), shell: put(10) })),
                uses("./x", any({ with: put(11), if: put(12) })),
                { run: put(13), parallel: put(14) },
                put(15),
              ],
            }),
          ),
        },
      }),
    );
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 15 }), leaf, (place, value) => {
      expect(() => said(build((at) => (at === place ? value() : undefined)))).not.toThrow();
    }),
    { numRuns: 400 },
  );
});

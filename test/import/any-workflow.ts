import fc from "fast-check";
import { scalar, type Entry, type Mapping, type Value } from "../../src/ir/node.ts";

const id = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,8}$/);
const line = fc.oneof(
  fc.constantFrom(
    "a",
    "${{ github.sha }}",
    "${{ github.head_ref }}",
    "${{ secrets.KEY }}",
    "yes",
    "3.10",
    "`x` \\ ${y}",
  ),
  fc.constantFrom("# x", "- a: b", " ", "", "\tq", "'\"'", "{a}", "${{ needs.a.outputs.b }}"),
  fc.string({ maxLength: 12 }),
);
const text = fc.oneof(
  line,
  fc.array(line, { maxLength: 4 }).map((lines) => lines.join("\n")),
  fc.array(line, { maxLength: 4 }).map((lines) => `${lines.join("\n")}\n`),
);
const anyScalar = fc.oneof(
  text,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const commentLines = fc.array(
  fc.oneof(fc.constantFrom(" a note", " - run: x", "", "####", "  - deep"), fc.constant(null)),
  {
    minLength: 1,
    maxLength: 4,
  },
);

/** A value with a comment somewhere around it, now and then. */
function commented(value: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  const comments = fc.oneof(
    { weight: 6, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: commentLines.map((before) => ({ before })) },
    { weight: 1, arbitrary: fc.constant({ trailing: " behind" }) },
    { weight: 1, arbitrary: commentLines.map((end) => ({ end })) },
  );
  return fc.tuple(value, comments).map(([value, comments]) => {
    if (comments === undefined || (value.kind === "scalar" && "end" in comments)) return value;
    return { ...value, comments };
  });
}

const mapping = (entries: readonly (readonly [string, Value | undefined])[]): Mapping => ({
  kind: "mapping",
  entries: entries.flatMap(([key, value]): Entry[] => (value === undefined ? [] : [{ key: scalar(key), value }])),
});
const sequence = (items: fc.Arbitrary<Value>, constraints: fc.ArrayConstraints): fc.Arbitrary<Value> =>
  commented(fc.array(items, constraints).map((items) => ({ kind: "sequence", items })));
const scalarValue = (value: fc.Arbitrary<string | number | boolean | null>): fc.Arbitrary<Value> =>
  commented(value.map((value) => scalar(value)));
const dictionary = (values: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
  commented(
    fc
      .uniqueArray(fc.tuple(fc.oneof(id, fc.constantFrom("__proto__", "a b", "é")), values), {
        selector: ([key]) => key.toLowerCase(),
        maxLength: 4,
      })
      .map(mapping),
  );
const maybe = (value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> => fc.option(value, { nil: undefined });
/** The same keys in any order. */
const shuffled = (entries: readonly (readonly [string, Value | undefined])[]): fc.Arbitrary<Value> =>
  fc.shuffledSubarray([...entries], { minLength: entries.length, maxLength: entries.length }).map(mapping);

const step = commented(
  fc
    .tuple(
      fc.oneof(
        scalarValue(text.filter((text) => text !== "")).map((run) => ["run", run] as const),
        scalarValue(
          fc.constantFrom(
            "actions/checkout@v4",
            `octo/a@${"a".repeat(40)}`,
            "./local",
            "docker://alpine",
            "actions/cache@v4",
          ),
        ).map((uses) => ["uses", uses] as const),
      ),
      maybe(scalarValue(text)),
      maybe(dictionary(scalarValue(anyScalar))),
      maybe(scalarValue(fc.constantFrom<string | boolean>("always()", "${{ failure() }}", true))),
      maybe(scalarValue(fc.integer({ min: 1, max: 90 }))),
    )
    .chain(([main, name, texts, condition, minutes]) =>
      shuffled([
        main,
        ["name", name],
        ["if", condition],
        [main[0] === "uses" ? "with" : "env", texts],
        ["timeout-minutes", minutes],
      ]),
    ),
);

const job = commented(
  fc
    .tuple(
      scalarValue(fc.constantFrom("ubuntu-latest", "${{ matrix.os }}")),
      sequence(step, { minLength: 1, maxLength: 4 }),
      maybe(dictionary(scalarValue(anyScalar))),
      maybe(dictionary(scalarValue(text))),
      maybe(scalarValue(text)),
    )
    .chain(([runsOn, steps, env, outputs, name]) =>
      shuffled([
        ["runs-on", runsOn],
        ["steps", steps],
        ["env", env],
        ["outputs", outputs],
        ["name", name],
      ]),
    ),
);

/** A workflow as an author could write it: any texts, comments and orders of keys; each job may need those before it. */
export const anyWorkflow: fc.Arbitrary<Mapping> = fc
  .tuple(
    fc.uniqueArray(fc.tuple(id, job, fc.boolean()), {
      selector: ([key]) => key.toLowerCase(),
      minLength: 1,
      maxLength: 4,
    }),
    // GitHub reads the name before any context exists.
    maybe(scalarValue(text.filter((text) => !text.includes("${{")))),
    maybe(dictionary(scalarValue(anyScalar))),
    commented(fc.constant(mapping([["push", scalar(null)]]))),
  )
  .map(([jobs, name, env, on]) => {
    const entries = jobs.map(([key, value, needs], index): readonly [string, Value] => {
      const before = jobs.slice(0, index).map(([id]) => scalar(id));
      if (!needs || before.length === 0 || value.kind !== "mapping") return [key, value];
      const items: Value = { kind: "sequence", items: before };
      return [key, { ...value, entries: [{ key: scalar("needs"), value: items }, ...value.entries] }];
    });
    return mapping([
      ["name", name],
      ["on", on],
      ["env", env],
      ["jobs", mapping(entries)],
    ]);
  });

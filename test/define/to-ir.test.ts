import { describe, expect, test } from "vitest";
import {
  always,
  and,
  contains,
  eq,
  expr,
  format,
  fromJSON,
  github,
  githubToken,
  job,
  ne,
  not,
  or,
  pat,
  push,
  run,
  secret,
  sh,
  unsafeScript,
  untyped,
  uses,
  workflow,
} from "../../src/index.ts";
import { DefinitionError } from "../../src/ir/errors.ts";
import { convert, jobYaml, jobs, yaml } from "./converted.ts";

const checkoutAction = untyped("actions/checkout@v5");

describe("jobs by handle", () => {
  const version = run({ id: "version", run: "v", outputs: ["v"] });
  const build = job({ "runs-on": "x", outputs: { v: version.outputs.v }, steps: [version] });

  test("a handle becomes the id that the workflow gives the job", () => {
    const report = job({
      "runs-on": "x",
      needs: [build],
      if: and(always(), eq(build.result, "failure")),
      steps: [run({ run: sh`echo ${build.outputs.v}`, env: { ALL: `v${build.outputs.v}` } })],
    });
    expect(yaml(jobs({ "the-build": build, report }))).toContain(
      [
        "  report:",
        "    runs-on: x",
        "    needs:",
        "      - the-build",
        "    if: always() && needs.the-build.result == 'failure'",
        "    steps:",
        '      - run: echo "$BUILD_V"',
        "        env:",
        "          ALL: v${{ needs.the-build.outputs.v }}",
        "          BUILD_V: ${{ needs.the-build.outputs.v }}",
        "",
      ].join("\n"),
    );
  });

  test("a workflow's outputs read them from the `jobs` context", () => {
    const callable = workflow({
      on: { workflow_call: { outputs: { v: { value: build.outputs.v } } } },
      jobs: { build },
    });
    expect(yaml(callable)).toContain("value: ${{ jobs.build.outputs.v }}");
  });

  test("a job that is not in the workflow is named with its place", () => {
    const lost = job({ "runs-on": "x", needs: build, steps: [] });
    expect(() => yaml(jobs({ lost }))).toThrow(/jobs\.lost\.needs: `needs` names a job .*to-ir\.test\.ts:\d+/);
    const leaked = job({ "runs-on": "x", steps: [run({ run: sh`${build.outputs.v}` })] });
    expect(() => yaml(jobs({ leaked }))).toThrow("a job that is not among this workflow's `jobs`");
  });

  test("one job under two ids is refused", () => {
    expect(() => yaml(jobs({ a: build, b: build }))).toThrow("`b` is the same job as `a`");
  });
});

test("errors carry the position of the nearest builder call", () => {
  const line = Number(/:(\d+):\d+\)?$/.exec(new Error().stack?.split("\n")[1] ?? "")?.[1]);
  const bad = jobs({ a: job({ "runs-on": "x", steps: [run({ run: "x", env: { A: new Date(0) as never } })] }) });
  try {
    yaml(bad);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(DefinitionError);
    if (!(error instanceof DefinitionError)) return;
    expect(error.message).toBe("jobs.a.steps[0].env.A: an instance of Date cannot stand in a workflow");
    expect(error.location?.file).toMatch(/to-ir\.test\.ts$/);
    expect(error.location?.startLine).toBe(line + 1);
  }
});

test("errors in scripts have that position too", () => {
  const bad = jobs({ a: job({ "runs-on": "x", steps: [run({ shell: "python", run: sh`print(${github.sha})` })] }) });
  const message = /^jobs\.a\.steps\[0\]\.run: sh`…` writes values for bash, sh and pwsh/;
  expect(() => yaml(bad)).toThrow(
    expect.objectContaining({ message: expect.stringMatching(message), location: expect.anything() }),
  );
});

test("every node that was defined has its path and its builder call", () => {
  const { node } = convert(jobs({ a: job({ "runs-on": "x", steps: [run({ run: "make", env: { A: "1" } })] }) }));
  if (node.kind !== "workflow") throw new Error("no workflow");
  const step = node.jobs?.entries[0]?.value;
  const first = step?.kind === "job" ? step.steps?.items[0] : undefined;
  expect(first?.origin?.path).toEqual(["jobs", "a", "steps", 0]);
  expect(first?.origin?.call?.builder).toBe("run");
  const env = first?.kind === "run-step" && first.env?.kind === "mapping" ? first.env.entries[0]?.value : undefined;
  expect(env?.origin?.path).toEqual(["jobs", "a", "steps", 0, "env", "A"]);
  expect(env?.origin?.call?.builder).toBe("run");
});

describe("expressions", () => {
  test.each([
    ["an if has no brackets", { run: "x", if: eq(github.ref_type, "tag") }, "if: github.ref_type == 'tag'"],
    [
      "an if that YAML would misread has",
      { run: "x", if: not(contains(github.actor, "[bot]")) },
      "if: ${{ !contains(github.actor, '[bot]') }}",
    ],
    [
      "looser operators get parentheses",
      { run: "x", if: and(or(eq(github.actor, "a"), ne(github.actor, "b")), not(eq(github.actor, "c"))) },
      "if: (github.actor == 'a' || github.actor != 'b') && !(github.actor == 'c')",
    ],
    ["quotes are doubled", { run: "x", if: eq(github.actor, "it's") }, "if: github.actor == 'it''s'"],
    [
      "a format tag is written out",
      { run: "x", name: format`v${github.run_id} {x}` },
      "name: v${{ github.run_id }} {x}",
    ],
    [
      "and called where an operand is wanted",
      { run: "x", if: eq(format`v${github.run_id} {x}`, "v1") },
      "if: format('v{0} {{x}}', github.run_id) == 'v1'",
    ],
    ["expr keeps GitHub's syntax", { run: "x", if: expr("github.actor == 'a'") }, "if: github.actor == 'a'"],
    ["and is closed up when combined", { run: "x", if: not(expr("a.b || c.d")) }, "if: ${{ !(a.b || c.d) }}"],
    [
      "deeper values of a function",
      { run: "x", env: { A: fromJSON<{ a: { b: string } }>("{}").a.b } },
      "A: ${{ fromJSON('{}').a.b }}",
    ],
    [
      "a credential is its expression",
      { run: "x", env: { A: pat("ROBOT"), B: secret("B"), C: githubToken() } },
      "A: ${{ secrets.ROBOT }}",
    ],
    [
      "names that are no identifiers",
      { run: "x", env: { A: fromJSON<{ "a b": string }>("{}")["a b"] } },
      "A: ${{ fromJSON('{}')['a b'] }}",
    ],
  ])("%s", (_, step, expected) => {
    expect(jobYaml(step)).toContain(expected);
  });

  test("text that an outsider chooses never becomes part of a string", () => {
    expect(() => `echo ${github.head_ref as unknown as string}`).toThrow(
      /`github\.head_ref` is text that an outsider chooses.*sh`/s,
    );
    expect(() => "" + (github.event as unknown as { issue: { title: string } }).issue.title).toThrow(DefinitionError);
    expect(`${github.sha}`).toBe("${{ github.sha }}");
  });

  test("an expression cannot be changed", () => {
    expect(() => Object.assign(github, { ref: "x" })).toThrow("exists only when the workflow runs");
  });
});

test("an `if` needs no ${{ }}, wherever it stands", () => {
  const condition = eq(github.ref_name, "main");
  const all = { a: job({ "runs-on": "x", if: condition, snapshot: { "image-name": "i", if: condition }, steps: [] }) };
  expect(yaml(jobs(all)).match(/if: .*/g)).toEqual(["if: github.ref_name == 'main'", "if: github.ref_name == 'main'"]);
});

test("a callable workflow's secrets may have hyphens", () => {
  expect(jobYaml({ env: { T: secret("npm-token") }, run: "x" })).toContain("T: ${{ secrets.npm-token }}");
});

describe("steps", () => {
  test("values of sh`…` join the step's env", () => {
    expect(jobYaml({ run: sh`echo ${github.actor} ${github.actor}`, env: { A: "1" } })).toBe(
      [
        '      - run: echo "$ACTOR" "$ACTOR"',
        "        env:",
        '          A: "1"',
        "          ACTOR: ${{ github.actor }}",
        "",
      ].join("\n"),
    );
  });

  test("where the default shell may be pwsh, a script for bash says so", () => {
    const steps = [run({ run: sh`echo ${github.actor}` })];
    const on = (runsOn: string) => yaml(jobs({ a: job({ "runs-on": runsOn, steps }) }));
    expect(on("windows-latest")).toContain("shell: bash");
    expect(on("${{ matrix.os }}")).toContain("shell: bash");
    expect(on("ubuntu-latest")).not.toContain("shell:");
    const set = job({ "runs-on": "windows-latest", defaults: { run: { shell: "pwsh" } }, steps });
    expect(yaml(jobs({ set }))).toContain("run: echo ${env:ACTOR}");
  });

  test("lists of steps within the list are put in line, plain steps are taken as they are", () => {
    const setup = [uses(checkoutAction), run({ run: "npm ci" })] as const;
    const text = yaml(jobs({ a: job({ "runs-on": "x", steps: [setup, { run: "make", id: "m" }] }) }));
    expect(text).toContain(
      "      - uses: actions/checkout@v5\n      - run: npm ci\n      - run: make\n        id: m\n",
    );
  });

  test("what only a definition knows is kept beside the IR", () => {
    const made = convert(
      jobs({
        a: job({
          "runs-on": "x",
          steps: [
            uses(untyped("a/b@v1"), { with: { c: 1 } }),
            run({ run: unsafeScript("echo ${{ github.head_ref }}", { because: "a test" }) }),
            push({ as: pat("ROBOT"), branch: "main", path: "site", allowPersisted: "a reason" }),
          ],
        }),
      }),
    );
    expect([...made.intents.values()]).toMatchObject([
      { kind: "untyped", ref: "a/b@v1" },
      { kind: "unsafe-script", because: "a test" },
      {
        kind: "push",
        as: { kind: "pat", secret: "ROBOT" },
        token: "secrets.ROBOT",
        path: "site",
        allowPersisted: "a reason",
      },
    ]);
  });

  test("outputs are typed at run time too", () => {
    const nameless = run({ run: "x", outputs: ["v"] });
    expect(() => nameless.outputs.v).toThrow("this step has no id");
    const named = run({ id: "n", run: "x", outputs: ["v"] });
    expect(() => (named.outputs as Record<string, unknown>).w).toThrow("no output `w`; it has v");
    expect(`${named.outputs.v} ${named.outcome}`).toBe("${{ steps.n.outputs.v }} ${{ steps.n.outcome }}");
  });
});

describe("texts that begin below their backtick", () => {
  const script = (text: string) => {
    const { node } = convert(jobs({ a: job({ "runs-on": "x", steps: [run({ run: text })] }) }));
    if (node.kind !== "workflow") throw new Error("no workflow");
    const built = node.jobs?.entries[0]?.value;
    const step = built?.kind === "job" ? built.steps?.items[0] : undefined;
    return step?.kind === "run-step" ? step.run.text : undefined;
  };

  test.each([
    ["lose their indentation", "\n    a\n      b\n\n    c\n  ", "a\n  b\n\nc\n"],
    ["may end without a line break", "\n    a\n    b", "a\nb"],
    ["keep blank lines at their end", "\n    a\n\n\n  ", "a\n\n\n"],
    ["keep a blank line at their beginning", "\n\n    a\n  ", "\na\n"],
    ["are taken as they are where a line is not indented", "\n    a\nb\n", "\n    a\nb\n"],
    ["are taken as they are where they begin behind it", "    a\n    b\n", "    a\n    b\n"],
    ["are taken as they are where nothing is in them", "\n  \n", "\n  \n"],
  ])("%s", (_, given, want) => {
    expect(script(given)).toBe(want);
  });
});

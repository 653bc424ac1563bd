import { describe, expect, test } from "vitest";
import { findPersisted } from "../../src/define/push/check-persisted.ts";
import { actionToIr, fileDefinition, workflowToIr } from "../../src/define/convert/to-ir.ts";
import { emitFile } from "../../src/emit/emit-file.ts";
import {
  action,
  always,
  and,
  appToken,
  comment,
  contains,
  deployKey,
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
import type { AnyJob } from "../../src/index.ts";
import { DefinitionError } from "../../src/ir/errors.ts";

const checkoutAction = untyped("actions/checkout@v5");
const nowhere: Parameters<typeof workflowToIr>[1] = { pathOf: () => undefined };

function convert(value: unknown, context = nowhere) {
  const definition = fileDefinition(value);
  if (definition?.is === "workflow") return workflowToIr(definition, context);
  if (definition?.is === "action") return actionToIr(definition, context);
  throw new Error("no workflow and no action");
}

/** The YAML below the header. */
function yaml(value: unknown, context = nowhere): string {
  const { text } = emitFile(convert(value, context).node, { source: "workflows-src/x.ts" });
  return text.slice(text.indexOf("\n\n") + 2);
}

function jobs(all: Record<string, AnyJob>) {
  return workflow({ on: { push: {} }, jobs: all });
}

function jobYaml(...steps: Parameters<typeof run>[0][]): string {
  const text = yaml(jobs({ a: job({ "runs-on": "x", steps: steps.map((step) => run(step)) }) }));
  return text.slice(text.indexOf("    steps:\n") + "    steps:\n".length);
}

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

test("comments stand above what they are about", () => {
  const text = yaml(
    jobs({
      a: comment(
        "the only job\n\nreally",
        job({
          "runs-on": "x",
          "timeout-minutes": comment("slow disks", 30),
          steps: [comment("history", uses(checkoutAction, { with: comment("all of it", { "fetch-depth": 0 }) }))],
        }),
      ),
    }),
  );
  expect(text.slice(text.indexOf("jobs:"))).toBe(
    [
      "jobs:",
      "  # the only job",
      "  #",
      "  # really",
      "  a:",
      "    runs-on: x",
      "    # slow disks",
      "    timeout-minutes: 30",
      "    steps:",
      "      # history",
      "      - uses: actions/checkout@v5",
      "        # all of it",
      "        with:",
      "          fetch-depth: 0",
      "",
    ].join("\n"),
  );
});

test("comments stand above, behind and below what they are about", () => {
  const all = comment(
    `
      Copyright of somebody.

      All rights reserved.
    `,
    comment.end(
      "vim: set ts=2",
      workflow({
        on: comment.after("and by hand", { push: { branches: comment.after("the only one", ["main"]) } }),
        jobs: comment("what it does", {
          a: comment.end(
            "timeout-minutes: 30",
            job({
              "runs-on": comment.after("for now", comment.after("slow", "x")),
              steps: comment.end("- run: a", [
                comment("first", comment("second", { run: comment.after("quick", "a") })),
                uses(comment("pinned", comment.after("by hand", untyped("o/n@v1"))), { with: { a: 1 } }),
                run({ run: comment.after("known to be safe", unsafeScript("a\nb\n", { because: "a test" })) }),
                run({ run: comment.after("safe", sh`a ${github.actor}`) }),
                comment.after("later", { name: "b", run: "b" }),
              ]),
            }),
          ),
        }),
      }),
    ),
  );
  expect(yaml(all)).toBe(`# Copyright of somebody.
#
# All rights reserved.
on: # and by hand
  push:
    branches: # the only one
      - main

# what it does
jobs:
  a:
    runs-on: x # for now # slow
    steps:
      # first

      # second
      - run: a # quick
      # pinned
      - uses: o/n@v1 # by hand
        with:
          a: 1
      - run: | # known to be safe
          a
          b
      - env:
          ACTOR: \${{ github.actor }}
        run: a "$ACTOR" # safe
      - name: b # later
        run: b
      # - run: a
    # timeout-minutes: 30
# vim: set ts=2
`);
});

test("a comment on a file stands in that file alone, and it stays callable", () => {
  const release = comment("The release.", workflow({ on: { workflow_call: null }, jobs: {} }));
  const caller = jobs({ a: job({ uses: release }) });
  const text = yaml(caller, { pathOf: ({ call }) => (call === fileDefinition(release)?.call ? "./r.yml" : undefined) });
  expect(text).toContain("  a:\n    uses: ./r.yml\n");
});

test("a row of # stays one", () => {
  const text = yaml(comment("####\n# a #\n####", jobs({})));
  expect(text.split("\n").slice(0, 3)).toEqual(["#####", "## a #", "#####"]);
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

describe("files that name each other", () => {
  const release = workflow({
    on: { workflow_call: { inputs: { v: { type: "string" } } } },
    jobs: { a: job({ "runs-on": "x", steps: [] }) },
  });
  const cache = action({
    name: "Cache",
    description: "d",
    inputs: { key: { description: "k", required: true } },
    runs: { using: "composite", steps: ({ inputs }) => [run({ shell: "bash", run: sh`cache ${inputs.key}` })] },
  });
  const paths = {
    pathOf: (definition: unknown) =>
      definition === fileDefinition(release)
        ? "./.github/workflows/release.yml"
        : definition === fileDefinition(cache)
          ? "./.github/actions/cache"
          : undefined,
  };

  test("by path", () => {
    const text = yaml(
      jobs({
        call: job({ uses: release, with: { v: "1" } }),
        use: job({ "runs-on": "x", steps: [uses(cache, { with: { key: "k" } })] }),
      }),
      paths,
    );
    expect(text).toContain('uses: ./.github/workflows/release.yml\n    with:\n      v: "1"');
    expect(text).toContain("- uses: ./.github/actions/cache");
  });

  test("not without one", () => {
    expect(() => yaml(jobs({ call: job({ uses: release }) }))).toThrow("give it a source of its own");
  });

  test("a composite action", () => {
    expect(yaml(cache)).toBe(
      [
        "name: Cache",
        "description: d",
        "",
        "inputs:",
        "  key:",
        "    description: k",
        "    required: true",
        "",
        "runs:",
        "  using: composite",
        "  steps:",
        "    - shell: bash",
        "      env:",
        "        INPUTS_KEY: ${{ inputs.key }}",
        '      run: cache "$INPUTS_KEY"',
        "",
      ].join("\n"),
    );
  });
});

describe("the walk over checkouts, again", () => {
  const robot = pat("ROBOT");
  const mint = uses(untyped("actions/create-github-app-token@v2", { outputs: ["token"] }), {
    id: "mint",
    with: { "app-id": 1, "private-key": secret("K") },
  });
  const checkout = (given: Record<string, unknown> = {}, more: object = {}) => ({
    uses: "actions/checkout@v5",
    with: given as never,
    ...more,
  });
  const find = (...steps: unknown[]): readonly string[] => {
    const made = convert(jobs({ a: job({ "runs-on": "x", steps: steps as never }) }));
    const node = made.node.kind === "workflow" ? made.node.jobs?.entries[0]?.value : undefined;
    return node?.kind === "job" ? findPersisted(node, made.intents).map(({ message }) => message) : ["no job"];
  };
  const asRobot = (path?: string) => push({ as: robot, branch: "main", path });
  const kept = (path: string, who: string, as: string, verb = "keeps") =>
    `the checkout of '${path}' ${verb} ${who} as an extraheader, and a push as ${as} must not meet one: write 'persist-credentials': false there`;

  test.each<[string, unknown[], string[]]>([
    ["a default checkout keeps the job's token", [checkout(), asRobot()], [kept(".", "GITHUB_TOKEN", "PAT ROBOT")]],
    ["false drops it", [checkout({ "persist-credentials": false }), asRobot()], []],
    [
      "a widened boolean is known here",
      [checkout({ "persist-credentials": Boolean("x") }), asRobot()],
      [kept(".", "GITHUB_TOKEN", "PAT ROBOT")],
    ],
    ["given but empty means false", [checkout({ "persist-credentials": "" }), asRobot()], []],
    [
      "any spelling of true keeps",
      [checkout({ "persist-credentials": "True" }), asRobot()],
      [kept(".", "GITHUB_TOKEN", "PAT ROBOT")],
    ],
    ["what is decided at run time passes", [checkout({ "persist-credentials": "${{ inputs.p }}" }), asRobot()], []],
    ["the same secret is no error", [checkout({ token: "${{ secrets.robot }}" }), asRobot()], []],
    [
      "nor is the job's own token",
      [checkout({ token: "${{ secrets.GITHUB_TOKEN }}" }), push({ as: githubToken(), branch: "m" })],
      [],
    ],
    [
      "another one is",
      [checkout({ token: robot }), push({ as: githubToken(), branch: "m" })],
      [kept(".", "PAT ROBOT", "GITHUB_TOKEN")],
    ],
    [
      "an App's token",
      [mint, checkout(), push({ as: appToken(mint), branch: "m" })],
      [kept(".", "GITHUB_TOKEN", "the App's token")],
    ],
    ["ssh sends no header", [checkout(), push({ as: deployKey("KEY"), branch: "m" })], []],
    ["git looks upward", [checkout(), asRobot("docs/site")], [kept(".", "GITHUB_TOKEN", "PAT ROBOT")]],
    [
      "but not past a repository",
      [checkout(), checkout({ path: "docs", "persist-credentials": false }), asRobot("docs/site")],
      [],
    ],
    [
      "paths have many spellings",
      [checkout({ path: "./tap/" }), asRobot("tap")],
      [kept("tap", "GITHUB_TOKEN", "PAT ROBOT")],
    ],
    [
      "a root checkout deletes what lay inside",
      [checkout({ path: "tap" }), checkout({ "persist-credentials": false }), asRobot("tap")],
      [],
    ],
    [
      "unless it does not clean",
      [checkout({ path: "tap" }), checkout({ "persist-credentials": false, clean: false }), asRobot("tap")],
      [kept("tap", "GITHUB_TOKEN", "PAT ROBOT")],
    ],
    [
      "a checkout under a condition may not have run",
      [checkout(), checkout({ "persist-credentials": false }, { if: "github.ref == 'x'" }), asRobot()],
      [kept(".", "GITHUB_TOKEN", "PAT ROBOT")],
    ],
    [
      "one that keeps under a condition",
      [checkout({}, { if: "github.ref == 'x'" }), asRobot()],
      [kept(".", "GITHUB_TOKEN", "PAT ROBOT", "may keep")],
    ],
    ["the way out", [checkout(), push({ as: robot, branch: "m", allowPersisted: "because" })], []],
    [
      "each push is told",
      [checkout(), asRobot(), asRobot()],
      [kept(".", "GITHUB_TOKEN", "PAT ROBOT"), kept(".", "GITHUB_TOKEN", "PAT ROBOT")],
    ],
    ["no checkout, nothing kept", [asRobot()], []],
  ])("%s", (_, steps, expected) => {
    expect(find(...steps)).toEqual(expected);
  });
});

describe("push says what it was given wrongly", () => {
  const author = { name: "a", email: "a@b" };
  const given = (options: object) => () => yaml(jobs({ a: job({ "runs-on": "x", steps: [push(options as never)] }) }));
  test.each([
    [{ branch: "main" }, "`as` says who pushes"],
    [{ as: secret("X"), branch: "main" }, "`as` says who pushes"],
    [{ as: githubToken() }, "give exactly one of `branch`, `refs` and `tag`"],
    [{ as: githubToken(), branch: "a", tag: "b" }, "not branch and tag"],
    [{ as: githubToken(), refs: [] }, "at least one refspec"],
    [{ as: githubToken(), branch: "a", force: true }, '`force` is "with-lease"'],
    [{ as: githubToken(), branch: "a", retry: 9 }, "from 0 to 3"],
    [{ as: githubToken(), branch: "a", brunch: "b" }, "`brunch` is not an option"],
    [{ as: githubToken(), branch: "a", commit: { paths: [], message: "m" } }, "at least one path"],
    [{ as: githubToken(), branch: "a", commit: { paths: ["x"] } }, "`commit.message` is missing"],
    [{ as: pat("P"), branch: "a", commit: { paths: ["x"], message: "m" } }, "The author of a commit is not the pusher"],
    [
      { as: pat("P"), branch: "a", commit: { paths: ["x"], message: "m", author, sign: true } },
      "`sign` is not a key of `commit`",
    ],
    [{ as: pat("P"), branch: "a", allowPersisted: " " }, "the reason as a text"],
  ])("%j", (options, message) => {
    expect(given(options)).toThrow(message);
  });
});

test.each([
  [() => pat("my token"), "is no secret's name"],
  [() => secret("GITHUB_X"), "GitHub reserves names"],
  [() => expr("${{ }}"), "expr() needs an expression"],
  [() => uses(5 as never), "uses() takes an action"],
  [() => run("make" as never), "run() takes an object"],
  [() => unsafeScript("x", { because: "" }), "needs a reason"],
])("builders refuse what makes no sense: %#", (build, message) => {
  expect(build).toThrow(message);
});

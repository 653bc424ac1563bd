import { expect, test } from "vitest";
import { fileDefinition } from "../../src/define/convert/to-ir.ts";
import { comment, github, job, run, sh, unsafeScript, untyped, uses, workflow } from "../../src/index.ts";
import { jobs, yaml } from "./converted.ts";

const checkoutAction = untyped("actions/checkout@v5");

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

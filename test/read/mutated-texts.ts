import fc from "fast-check";

const WORKFLOW = `# header
name: CI # the name

on:
  push: { branches: [main, 'v*'], tags-ignore: ["x"] }
  workflow_dispatch:
    inputs:
      level: { type: choice, options: [low, high], default: low }
  schedule:
    - cron: "0 6 * * 1"
permissions: { contents: read }
env: &env
  A: 3.10
  B: ~
concurrency:
  group: \${{ github.workflow }}-\${{ github.ref }}
  cancel-in-progress: true
jobs:
  build: &build
    runs-on: \${{ matrix.os }}
    strategy:
      matrix:
        os: [ubuntu-latest, windows-latest]
        include:
          - os: macos-latest
            extra: 0o17
    env: *env
    steps:
      - uses: actions/checkout@v5 # v5.0.0
        with:
          persist-credentials: false
      # above
      - id: make
        name: "Build \\u00e9 \u{1f600}"
        if: github.event_name == 'push' && !cancelled()
        run: |
          make all
          echo "\${{ steps.make.outputs.x }}"
        shell: bash
      - run: >-
          folded
          text

  test:
    needs: [build]
    if: >
      always()
    container: { image: node:24, env: { X: y } }
    runs-on: ubuntu-latest
    steps:
      - parallel:
          - run: a
          - run: b
  again: *build
  call:
    uses: ./.github/workflows/other.yml
    with: { x: 1 }
    secrets: inherit
# end
`;

const ACTION = `name: Set up
description: >
  Sets things up
inputs:
  token: { required: true, default: "\${{ github.token }}" }
outputs:
  sha: { value: "\${{ steps.a.outputs.sha }}" }
runs:
  using: composite
  steps:
    - id: a
      run: 'echo "it''s" >> "$GITHUB_OUTPUT"'
      shell: bash
    - uses: actions/cache@v4
      with:
        key: |+
          a

branding: {icon: box, color: blue}
`;

const PIECES = [
  ..."\t\r\n\0&*!|>'\"{}[]:-#,?%@`~<= \u{1f600}é\ud800\udc00\ufeff\u2028x0",
  "\r\n", "  ", "- ", ": ", " #", "${{", "}}", "<<: ", "*env", "&env ", "---\n", "...\n", "%YAML 1.1\n", "!!str ", "|2-\n", "\n\n", "''", "\\x", "\\u00",
]; // prettier-ignore

const piece = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...PIECES) },
  fc.string({ maxLength: 8, unit: "binary" }),
);
/** Where in the text, as a part of its length, so that shrinking keeps it. */
const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const change = fc.record({
  kind: fc.constantFrom("insert", "replace", "remove", "repeat", "indent"),
  at: place,
  length: fc.nat({ max: 40 }),
  piece,
});

/** Own fixtures with some bytes changed. */
export const mutatedText: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(WORKFLOW, ACTION), fc.array(change, { minLength: 1, maxLength: 3 }))
  .map(([text, changes]) =>
    changes.reduce<string>((mutated, { kind, at, length, piece }) => {
      const from = Math.floor(at * mutated.length);
      const [before, cut, after] = [
        mutated.slice(0, from),
        mutated.slice(from, from + length),
        mutated.slice(from + length),
      ];
      switch (kind) {
        case "insert":
          return before + piece + cut + after;
        case "replace":
          return before + piece + after;
        case "remove":
          return before + after;
        case "repeat":
          return before + cut + cut + after;
        default:
          return before + cut.replaceAll("\n", `\n${" ".repeat(length % 5)}`) + after;
      }
    }, text),
  );

const word = fc.constantFrom(
  "on", "jobs", "push", "runs-on", "steps", "run", "uses", "needs", "if", "env", "with", "name", "id", "strategy", "matrix", "include",
  "a", "b", "true", "3.10", "~", "'it''s'", '"\\n"', "${{ github.ref }}", "*x", "x y", "", "<<", "ubuntu-latest", "a/b@v1",
); // prettier-ignore

/** A value as it follows its key or dash, its lines at an indentation. */
type Block = (indent: number) => string;

/** Texts that are YAML, mostly, and workflows, seldom. */
export const grownText: fc.Arbitrary<string> = fc
  .letrec<{ block: Block; flow: string }>((tie) => ({
    flow: fc.oneof(
      { maxDepth: 3, depthSize: "small" },
      word,
      fc.array(tie("flow"), { maxLength: 3 }).map((items) => `[${items.join(", ")}]`),
      fc
        .array(fc.tuple(word, tie("flow")), { maxLength: 3 })
        .map((all) => `{${all.map((pair) => pair.join(": ")).join(", ")}}`),
    ),
    block: fc.oneof(
      { maxDepth: 4, depthSize: "small" },
      tie("flow").map(
        (text): Block =>
          () =>
            ` ${text}\n`,
      ),
      fc.array(word, { minLength: 1, maxLength: 4 }).map((lines): Block => (indent) => {
        return ` |\n${lines.map((line) => `${" ".repeat(indent)}${line}\n`).join("")}`;
      }),
      fc.array(tie("block"), { minLength: 1, maxLength: 4 }).map((items): Block => (indent) => {
        return `\n${items.map((item) => `${" ".repeat(indent)}-${item(indent + 2)}`).join("")}`;
      }),
      fc
        .array(fc.tuple(word, tie("block"), fc.constantFrom("", "# c\n", "\n")), { minLength: 1, maxLength: 5 })
        .map((entries): Block => (indent) => {
          const space = " ".repeat(indent);
          return `\n${entries.map(([key, value, above]) => `${above && space + above}${space}${key}:${value(indent + 2)}`).join("")}`;
        }),
    ),
  }))
  .block.map((block) => `on: push\njobs:${block(2)}`);

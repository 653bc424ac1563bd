import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differenceElsewhere } from "../../src/fix/compare-files.ts";
import { applyEdits } from "../../src/fix/text-edit.ts";
import { yamlEdits } from "../../src/fix/yaml-edits.ts";
import type { FileNode } from "../../src/ir/any-node.ts";
import { visitParts } from "../../src/ir/parts.ts";
import type { UsesStep } from "../../src/ir/workflow.ts";
import { readFile } from "../../src/read/read-file.ts";
import type { Change } from "../../src/rules/mend.ts";

function read(text: string): FileNode {
  const { node } = readFile(".github/workflows/ci.yml", text);
  if (node === undefined) throw new Error(text);
  return node;
}

function checkoutOf(node: FileNode): UsesStep {
  const found: UsesStep[] = [];
  visitParts(node, (part) => {
    if (part.kind === "uses-step" && part.uses.text.startsWith("actions/checkout")) found.push(part);
  });
  const [first] = found;
  if (first === undefined) throw new Error("no checkout");
  return first;
}

/** The text with a change made; the reason where it is refused. */
function change(text: string, changeOf: (node: FileNode) => Change): string {
  const node = read(text);
  const made = changeOf(node);
  const planned = yamlEdits(node, made);
  if (planned.kind === "refused") return `refused: ${planned.reason}`;
  const after = applyEdits(text, planned.edits);
  if (after === undefined) throw new Error("the edits overlap");
  expect(differenceElsewhere(node, read(after), [made])).toBeUndefined();
  return after;
}

const keepNothing = (node: FileNode): Change => ({
  kind: "set-input",
  step: checkoutOf(node),
  name: "persist-credentials",
  value: false,
});

const giveToken = (node: FileNode): Change => ({
  kind: "set-input",
  step: checkoutOf(node),
  name: "token",
  value: "${{ secrets.PAT }}",
});

const HEAD = "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n";

describe("an input of a step", () => {
  it.each([
    [
      "no with",
      "- uses: actions/checkout@v5\n- run: x\n",
      "- uses: actions/checkout@v5\n  with:\n    persist-credentials: false\n- run: x\n",
    ],
    [
      "no with, a comment behind uses, more keys below",
      "- uses: actions/checkout@v5 # v5.1.0\n  id: c\n",
      "- uses: actions/checkout@v5 # v5.1.0\n  with:\n    persist-credentials: false\n  id: c\n",
    ],
    [
      "uses in another place than first",
      "- name: Check out\n  if: true\n  uses: 'actions/checkout@v5'\n",
      "- name: Check out\n  if: true\n  uses: 'actions/checkout@v5'\n  with:\n    persist-credentials: false\n",
    ],
    [
      "no line end",
      "- uses: actions/checkout@v5",
      "- uses: actions/checkout@v5\n  with:\n    persist-credentials: false",
    ],
    [
      "keys in quotes",
      "- 'uses': actions/checkout@v5\n- run: x\n",
      "- 'uses': actions/checkout@v5\n  'with':\n    'persist-credentials': false\n- run: x\n",
    ],
    [
      "JSON",
      '- {"uses":"actions/checkout@v5"}\n',
      '- {"uses":"actions/checkout@v5", "with": { "persist-credentials": false }}\n',
    ],
    [
      "JSON with inputs",
      '- {"uses":"actions/checkout@v5","with":{"path":"a"}}\n',
      '- {"uses":"actions/checkout@v5","with":{"path":"a", "persist-credentials": false}}\n',
    ],
    [
      "an empty with",
      "- uses: actions/checkout@v5\n  with:\n- run: x\n",
      "- uses: actions/checkout@v5\n  with:\n    persist-credentials: false\n- run: x\n",
    ],
    [
      "other inputs",
      "- uses: actions/checkout@v5\n  with:\n      # All of it.\n      fetch-depth: 0 # all\n  # Below.\n- run: x\n",
      "- uses: actions/checkout@v5\n  with:\n      # All of it.\n      fetch-depth: 0 # all\n      persist-credentials: false\n  # Below.\n- run: x\n",
    ],
    [
      "a last input of several lines",
      "- uses: actions/checkout@v5\n  with:\n    sparse-checkout: |\n      a\n      b\n\n- run: x\n",
      "- uses: actions/checkout@v5\n  with:\n    persist-credentials: false\n    sparse-checkout: |\n      a\n      b\n\n- run: x\n",
    ],
    [
      "the input itself",
      "- uses: actions/checkout@v5\n  with:\n    persist-credentials:   true   # why\n    path: .\n",
      "- uses: actions/checkout@v5\n  with:\n    persist-credentials:   false   # why\n    path: .\n",
    ],
    [
      "its quotes",
      "- uses: actions/checkout@v5\n  with: { 'Persist-Credentials': \"true\" }\n",
      "- uses: actions/checkout@v5\n  with: { 'Persist-Credentials': \"false\" }\n",
    ],
    [
      "flow style",
      "- uses: actions/checkout@v5\n  with: {fetch-depth: 0}\n",
      "- uses: actions/checkout@v5\n  with: {fetch-depth: 0, persist-credentials: false}\n",
    ],
    [
      "empty braces",
      "- uses: actions/checkout@v5\n  with: {}\n",
      "- uses: actions/checkout@v5\n  with: { persist-credentials: false }\n",
    ],
    [
      "flow style over lines",
      "- uses: actions/checkout@v5\n  with: {\n    fetch-depth: 0,\n  }\n",
      "- uses: actions/checkout@v5\n  with: {\n    fetch-depth: 0, persist-credentials: false,\n  }\n",
    ],
    [
      "a step in braces",
      "- { uses: actions/checkout@v5, id: c }\n- run: x\n",
      "- { uses: actions/checkout@v5, with: { persist-credentials: false }, id: c }\n- run: x\n",
    ],
    [
      "a value that is empty",
      "- uses: actions/checkout@v5\n  with:\n    persist-credentials:\n",
      "- uses: actions/checkout@v5\n  with:\n    persist-credentials: false\n",
    ],
    [
      "a step of its own anchor that nobody uses",
      "- &c\n  uses: actions/checkout@v5\n",
      "- &c\n  uses: actions/checkout@v5\n  with:\n    persist-credentials: false\n",
    ],
  ])("%s", (_, before, after) => {
    const set = (text: string): string => text.replace(/^(?=[^\n])/gm, "      ");
    expect(change(HEAD + set(before), keepNothing)).toBe(HEAD + set(after));
    // What is done is done.
    expect(change(HEAD + set(after), keepNothing)).toBe(HEAD + set(after));
    const crlf = (text: string): string => (HEAD + set(text)).replaceAll("\n", "\r\n");
    expect(change(crlf(before), keepNothing)).toBe(crlf(after));
  });

  it("quotes an expression where braces would end it", () => {
    expect(change(`${HEAD}    - uses: actions/checkout@v5\n      with: { path: a }\n`, giveToken)).toBe(
      `${HEAD}    - uses: actions/checkout@v5\n      with: { path: a, token: "\${{ secrets.PAT }}" }\n`,
    );
    expect(change(`${HEAD}    - uses: actions/checkout@v5\n      with:\n        path: a\n`, giveToken)).toBe(
      `${HEAD}    - uses: actions/checkout@v5\n      with:\n        path: a\n        token: \${{ secrets.PAT }}\n`,
    );
  });

  it("sets in as the file does", () => {
    const text =
      "on: push\njobs:\n    a:\n        runs-on: x\n        steps:\n            - uses: actions/checkout@v5\n";
    expect(change(text, keepNothing)).toBe(
      `${text}              with:\n                  persist-credentials: false\n`.replace(/\n$/, "\n"),
    );
  });

  it.each([
    [
      "a step that is used twice",
      "    - &c\n      uses: actions/checkout@v5\n  b:\n    runs-on: x\n    steps:\n    - *c\n",
      "what stands here is used in several places, through an anchor: decide for all of them by hand",
    ],
    [
      "inputs that are used twice",
      "    - uses: actions/checkout@v5\n      with: &w\n        fetch-depth: 0\n    - uses: actions/setup-go@v5\n      with: *w\n",
      "what stands here is used in several places, through an anchor: decide for all of them by hand",
    ],
    [
      "inputs that are written elsewhere",
      "    - uses: actions/setup-go@v5\n      with: &w\n        fetch-depth: 0\n    - uses: actions/checkout@v5\n      with: *w\n",
      "what stands here is used in several places, through an anchor: decide for all of them by hand",
    ],
    [
      "a value that others use",
      "    - uses: actions/checkout@v5\n      with:\n        persist-credentials: &yes true\n        lfs: *yes\n",
      "other places use the value, through the anchor &yes",
    ],
    [
      "a job that is used twice",
      "    - uses: actions/checkout@v5\n  b: *job\n".replace(/^/, ""),
      "what stands here is used in several places, through an anchor: decide for all of them by hand",
    ],
    [
      "inputs that are an expression",
      "    - uses: actions/checkout@v5\n      with: ${{ fromJSON(env.X) }}\n",
      "`with` is an expression",
    ],
  ])("refuses %s", (_, steps, reason) => {
    const head = steps.includes("*job") ? HEAD.replace("  a:\n", "  a: &job\n") : HEAD;
    expect(change(head + steps, keepNothing)).toBe(`refused: ${reason}`);
  });

  it("is the only thing that changes, however the file is written", () => {
    const step = fc.record({
      name: fc.constantFrom("", "  name: Check out\n", "  # why\n  if: always()\n"),
      with: fc.constantFrom(
        "",
        "  with:\n",
        "  with: {}\n",
        "  with: { path: a , lfs: true }\n",
        "  with:\n    path: a\n",
        "  with:\n     # first\n     path: 'a' # here\n\n     lfs: true\n",
        "  with:\n    persist-credentials: 'true'\n    path: a\n",
        "  with:\n    sparse-checkout: |\n      a\n\n    path: >-\n      b\n",
      ),
      after: fc.constantFrom("", "  env: { A: b }\n", "\n# below\n", "- run: |\n    git push\n\n\n"),
      comment: fc.constantFrom("", " # v5", "   #"),
      indent: fc.constantFrom(0, 2, 5),
      eol: fc.constantFrom("\n", "\r\n"),
      isToken: fc.boolean(),
    });
    fc.assert(
      fc.property(step, ({ name, with: inputs, after, comment, indent, eol, isToken }) => {
        const steps = `- uses: actions/checkout@v5${comment}\n${name}${inputs}${after}`;
        const text = (HEAD + steps.replace(/^(?=[^\n])/gm, " ".repeat(4 + indent))).replaceAll("\n", eol);
        const set = isToken ? giveToken : keepNothing;
        const made = change(text, set);
        expect(made.startsWith("refused")).toBe(false);
        const { with: now } = checkoutOf(read(made));
        const entry =
          now?.kind === "mapping"
            ? now.entries.find(({ key }) => key.text === (isToken ? "token" : "persist-credentials"))
            : undefined;
        expect(entry?.value.text).toBe(isToken ? "${{ secrets.PAT }}" : "false");
        expect(change(made, set)).toBe(made);
        expect(made.includes("\r\n")).toBe(eol === "\r\n");
        expect(made.replaceAll("\r\n", "").includes("\n")).toBe(eol === "\n");
        // Each line of before is there, in order, but for the one whose value is another now.
        const lines = made.split(eol);
        for (const line of text.split(eol).filter((each) => !/persist-credentials|with: \{|with:$/.test(each)))
          expect(lines).toContain(line);
      }),
    );
  });
});

describe("a scope of permissions", () => {
  const write = (job: string) => (): Change => ({ kind: "set-permission", job, scope: "contents", level: "write" });
  const job = (id: string, more = ""): string => `  ${id}:\n    runs-on: x\n${more}    steps:\n      - run: x\n`;

  it.each([
    [
      "the job's own",
      `on: push\njobs:\n${job("a", "    permissions:\n      contents: read # least\n")}`,
      `on: push\njobs:\n${job("a", "    permissions:\n      contents: write # least\n")}`,
    ],
    [
      "the workflow's of an only job",
      `on: push\npermissions: { issues: read }\njobs:\n${job("a")}`,
      `on: push\npermissions: { issues: read, contents: write }\njobs:\n${job("a")}`,
    ],
    [
      "the workflow's, for the one job",
      `on: push\npermissions:\n  contents: read\n  issues: write\njobs:\n${job("a")}${job("b")}`,
      `on: push\npermissions:\n  contents: read\n  issues: write\njobs:\n${job("a", "    permissions:\n      issues: write\n      contents: write\n")}${job("b")}`,
    ],
    [
      "none",
      `on: push\njobs:\n${job("a", "    permissions: {}\n")}`,
      `on: push\njobs:\n${job("a", "    permissions: { contents: write }\n")}`,
    ],
    [
      "all",
      `on: push\njobs:\n${job("a", "    permissions: read-all\n")}`,
      "refused: `permissions: read-all` is one word: list the scopes in its place",
    ],
  ])("%s", (_, before, after) => {
    expect(change(before, write("a"))).toBe(after);
  });
});

describe("edits", () => {
  it("are refused where they overlap", () => {
    expect(
      applyEdits("abc", [
        { start: 0, end: 2, text: "x" },
        { start: 1, end: 3, text: "y" },
      ]),
    ).toBeUndefined();
    expect(
      applyEdits("abc", [
        { start: 1, end: 1, text: "x" },
        { start: 1, end: 1, text: "y" },
      ]),
    ).toBeUndefined();
    expect(
      applyEdits("abc", [
        { start: 1, end: 1, text: "x" },
        { start: 1, end: 1, text: "x" },
      ]),
    ).toBe("axbc");
  });
});

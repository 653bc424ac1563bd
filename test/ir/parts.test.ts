import { describe, expect, it } from "vitest";
import { changeParts, visitParts } from "../../src/ir/parts.ts";
import { printPath } from "../../src/ir/origin.ts";
import { readFile } from "../../src/read/read-file.ts";

const WORKFLOW = `on: push
jobs:
  a:
    runs-on: x
    steps:
      - run: one
      - parallel:
          - run: two
          - uses: a/b@v1
  b:
    uses: ./.github/workflows/x.yml
  c: nonsense
  d:
    runs-on: x
`;

const ACTION = "name: x\nruns:\n  using: composite\n  steps:\n    - run: one\n      shell: bash\n";

function read(path: string, text: string) {
  const { node } = readFile(path, text);
  if (node === undefined) throw new Error("unreadable");
  return node;
}

describe("the parts of a file", () => {
  it.each([
    [
      "ci.yml",
      WORKFLOW,
      [
        "jobs.a job",
        "jobs.a.steps[0] run-step",
        "jobs.a.steps[1] parallel-step",
        "jobs.a.steps[1].parallel[0] run-step",
        "jobs.a.steps[1].parallel[1] uses-step",
        "jobs.b call-job",
        "jobs.d job",
      ],
    ],
    ["action.yml", ACTION, ["runs.steps[0] run-step"]],
    ["empty.yml", "on: push\n", []],
  ])("are visited in the author's order: %s", (path, text, want) => {
    const seen: string[] = [];
    visitParts(read(path, text), (part, at) => seen.push(`${printPath(at)} ${part.kind}`));
    expect(seen).toEqual(want);
  });

  it("are changed from the inside out, and the rest stays the same object", () => {
    const file = read("ci.yml", WORKFLOW);
    const changed = changeParts(file, (part) => (part.kind === "uses-step" ? { ...part, keys: [] } : part));
    if (file.kind !== "workflow" || changed.kind !== "workflow") throw new Error("no workflow");
    expect(changed).not.toBe(file);
    const kinds: string[] = [];
    visitParts(changed, (part) => part.keys.length === 0 && kinds.push(part.kind));
    expect(kinds).toEqual(["uses-step"]);
    expect(changed.on).toBe(file.on);
    expect(changed.jobs?.entries.map((entry, at) => entry === file.jobs?.entries[at])).toEqual([
      false,
      true,
      true,
      true,
    ]);
    expect(changeParts(file, (part) => part)).toBe(file);
    const action = read("action.yml", ACTION);
    expect(changeParts(action, (part) => part)).toBe(action);
    expect(changeParts(action, (part) => ({ ...part, keys: [] }))).not.toEqual(action);
  });
});

import { describe, expect, test } from "vitest";
import { digestInterface } from "../../src/actions/action-interface.ts";
import { openCatalog } from "../../src/actions/catalog.ts";
import { readManifest } from "../../src/actions/read-manifest.ts";

async function read(text: string) {
  const result = await readManifest(text, "action.yml");
  if (result.kind === "unreadable") throw result.errors[0];
  return result.interface;
}

async function mistakes(text: string): Promise<string[]> {
  const result = await readManifest(text, "action.yml");
  if (result.kind === "manifest") return [];
  return result.errors.map(({ message, location }) => `${location?.startLine}:${location?.startColumn} ${message}`);
}

describe("readManifest", () => {
  test("reads inputs, outputs and what a composite uses", async () => {
    const action = await read(`
name: Build
inputs:
  version:
    description: |
      The version.
      Any of them.
    required: true
  cache: { default: True, deprecationMessage: " use store " }
  jobs: { required: "true", default: 0x10 }
  bare:
outputs:
  path: { value: x }
  Digest:
runs:
  using: Composite
  steps:
    - uses: actions/cache@v4
    - run: make
    - uses: actions/checkout@v5
    - uses: actions/cache@v4
`);
    expect(action.using).toBe("composite");
    expect([...action.inputs]).toEqual([
      ["version", { required: true, description: "The version.\nAny of them." }],
      ["cache", { required: false, default: "true", deprecated: "use store" }],
      ["jobs", { required: true, default: "16" }],
      ["bare", { required: false }],
    ]);
    expect(action.outputs).toEqual(["Digest", "path"]);
    expect(action.nested).toEqual(["actions/cache@v4", "actions/checkout@v5"]);
  });

  test.each([
    ["default: 3.10", "3.1"],
    ["default: '3.10'", "3.10"],
    ["default: 1e15", "1E+15"],
    ["default: 0o17", "15"],
    ["default: False", "false"],
    ["default: 'False'", "False"],
    ["default: yes", "yes"],
    ["default: 2024-01-01", "2024-01-01"],
    ["default: ~", ""],
    ["default:", ""],
    ["Default: x", "x"],
    ["default: ${{ github.token }}", "${{ github.token }}"],
    ["required: true", undefined],
  ])("%s is the text %o", async (line, text) => {
    const { inputs } = await read(`runs: { using: node24 }\ninputs:\n  a:\n    ${line}\n`);
    expect(inputs.get("a")?.default).toBe(text);
  });

  test("reads docker, plugin, aliases and names of JavaScript's own", async () => {
    const action = await read(
      "x: &x { required: true }\ninputs: { __proto__: *x, constructor: *x }\nruns: { using: docker, image: Dockerfile }",
    );
    expect([...action.inputs.keys()]).toEqual(["__proto__", "constructor"]);
    expect(action.inputs.get("__proto__")?.required).toBe(true);
    expect(action.image).toBe("Dockerfile");
    expect((await read("runs: { plugin: checkout }")).using).toBe("plugin");
  });

  test.each([
    ["", ["1:1 an action's manifest is no mapping"]],
    ["- a", ["1:1 an action's manifest is no mapping"]],
    [
      "name: x\n",
      ["1:1 `runs` is missing: an action says there what it runs, as in `runs: { using: node24, main: index.js }`"],
    ],
    ["runs: node24", ["1:7 `runs` is no mapping"]],
    [
      "name: x\nruns:\n  main: a.js\n",
      ["3:3 `runs.using` is missing: write `composite`, `docker` or a Node version such as `node24`"],
    ],
    ["runs: { using: [a] }", ["1:16 `runs.using` is no text"]],
    ["runs: { using: node24 }\ninputs: [a]", ["2:9 `inputs` is no mapping"]],
    ["runs: { using: node24 }\ninputs:\n  a: { default: { b: c } }", ["3:17 `default` of input `a` is no text"]],
    [
      "runs: { using: node24 }\ninputs:\n  a: {}\n  A: {}",
      ["4:6 the inputs `a` and `A` are one to GitHub, which ignores case"],
    ],
    ["runs: { using: composite, steps: x }", ["1:34 `runs.steps` is no list"]],
    ["runs: { using: composite, steps: [x] }", ["1:35 a step of `runs.steps` is no mapping"]],
    ["a: 1\na: 2\nruns: { using: node24 }", ["2:1 Map keys must be unique"]],
    ["a: {\n", ["2:1 Flow map in block collection must be sufficiently indented and end with a }"]],
  ])("says what is wrong with %o", async (text, expected) => {
    expect(await mistakes(text)).toEqual(expected);
  });

  test("does not blow up on nested aliases", async () => {
    const rows = ["a0: &a0 { using: node24 }"];
    for (let row = 1; row < 30; row++) rows.push(`a${row}: &a${row} { x: *a${row - 1}, y: *a${row - 1} }`);
    expect((await read(`${rows.join("\n")}\nruns: *a0\n`)).using).toBe("node24");
  });

  test("gives the same digest as the catalogue does, whatever the descriptions", async () => {
    const catalog = await openCatalog();
    const saved = catalog.find("actions/cache")?.versions[0]?.interface;
    if (saved === undefined) throw new Error("actions/cache is gone from the catalogue");
    const inputs = [...saved.inputs].reverse().map(
      ([name, input]) =>
        `  ${name}: ${JSON.stringify({
          description: "some words",
          required: input.required,
          ...(input.default === undefined ? {} : { default: input.default }),
          ...(input.deprecated ? { deprecationMessage: "no more" } : {}),
        })}`,
    );
    expect([...saved.inputs.values()].some(({ deprecated }) => deprecated)).toBe(true);
    const outputs = JSON.stringify(Object.fromEntries(saved.outputs.map((name) => [name, null])));
    const text = `outputs: ${outputs}\ninputs:\n${inputs.join("\n")}\nruns: { using: ${saved.using.toUpperCase()} }\n`;
    expect(digestInterface(await read(text))).toBe(digestInterface(saved));
    expect(digestInterface(await read(text.replace("some words", "other words")))).toBe(digestInterface(saved));
    expect(digestInterface(await read(text.replace('"required":true', '"required":false')))).not.toBe(
      digestInterface(saved),
    );
  });
});

import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadSources, type LoadResult } from "../../src/load/load-sources.ts";

let root: string;
let scratch: string;

// Stands for flowkeep: it keeps what a builder keeps, the options and the place of the call.
const FLOWKEEP = `
export class DefinitionError extends Error { name = "DefinitionError"; }
function capture(to) { const held = {}; Error.captureStackTrace(held, to); return () => held.stack.split("\\n")[1]; }
export function workflow(options) { return { options, frame: capture(workflow) }; }
export function fail(message) { throw new DefinitionError(message); }
`;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "flowkeep-load-")));
  scratch = join(root, "scratch");
  write({ "lib/flowkeep.mjs": FLOWKEEP, "scratch/keep": "" });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}

async function load(files: Readonly<Record<string, string>>, more: readonly string[] = []): Promise<LoadResult> {
  write(files);
  const listed = [...Object.keys(files).filter((file) => /^src\/[^/]*$/.test(file)), ...more];
  return loadSources(listed, { root, scratch, flowkeep: pathToFileURL(join(root, "lib/flowkeep.mjs")) });
}

/** `src/a.ts:3:7 message` */
function errorsOf({ failed }: LoadResult): readonly string[] {
  return failed.flatMap(({ file, errors }) =>
    errors.map(({ location, message }) => {
      const place = location && `${location.file}:${location.startLine}:${location.startColumn}`;
      return `${file}: ${place} ${message}`;
    }),
  );
}

const valuesOf = ({ loaded }: LoadResult) => Object.fromEntries(loaded.map(({ file, value }) => [file, value]));

describe("loadSources", () => {
  it("runs TypeScript and JavaScript and gives the default exports", async () => {
    const result = await load({
      "src/a.ts": "const n: number = 1;\nexport default n satisfies number;",
      "src/b.mts": "export default 'b' as const;",
      "src/c.js": "export default 'c';",
      "src/d.mjs": "export const named = 1;",
    });
    expect(result.failed).toEqual([]);
    expect(result.loaded).toEqual([
      { file: "src/a.ts", value: 1, exports: ["default"] },
      { file: "src/b.mts", value: "b", exports: ["default"] },
      { file: "src/c.js", value: "c", exports: ["default"] },
      { file: "src/d.mjs", value: undefined, exports: ["named"] },
    ]);
  });

  it("gives sources the flowkeep that runs, one instance for all", async () => {
    const result = await load({
      "src/a.ts": 'import * as flowkeep from "flowkeep";\nexport default flowkeep;',
      "src/b.ts": 'import { workflow } from "flowkeep";\nexport default workflow;',
    });
    const running = (await import(pathToFileURL(join(root, "lib/flowkeep.mjs")).href)) as { workflow: unknown };
    expect(valuesOf(result)["src/a.ts"]).toBe(running);
    expect(valuesOf(result)["src/b.ts"]).toBe(running.workflow);
  });

  it("shares a helper module between sources, and tells who imports it", async () => {
    const result = await load({
      "src/a.ts": 'import { shared } from "./lib/shared.ts";\nexport default shared;',
      "src/b.ts": 'import { shared } from "./lib/shared.js";\nexport default shared;',
      "src/lib/shared.ts": "export const shared = {};",
    });
    const values = valuesOf(result);
    expect(values["src/a.ts"]).toBeDefined();
    expect(values["src/a.ts"]).toBe(values["src/b.ts"]);
    expect(result.imports.get("src/a.ts")).toEqual(["src/lib/shared.ts"]);
  });

  it("supports JSON, top-level await, and names that clash between files", async () => {
    const result = await load({
      "src/a.ts":
        'import versions from "./versions.json" with { type: "json" };\nconst x = versions.node;\nexport default x;',
      "src/versions.json": '{ "node": [20, 22] }',
      "src/b.ts": "const x = await Promise.resolve('late');\nconst require = 1;\nexport default x + require;",
    });
    expect(valuesOf(result)).toMatchObject({ "src/a.ts": [20, 22], "src/b.ts": "late1" });
  });

  it("gives import.meta of the source, at unmoved positions", async () => {
    const result = await load({
      "src/a.ts": "export default { ...import.meta };",
      "src/b.ts": "export const url = import.meta.url; null!.x;",
    });
    const filename = join(root, "src/a.ts");
    expect(valuesOf(result)["src/a.ts"]).toEqual({
      filename,
      dirname: dirname(filename),
      url: pathToFileURL(filename).href,
    });
    expect(errorsOf(result)).toEqual([
      "src/b.ts: src/b.ts:1:43 TypeError: Cannot read properties of null (reading 'x')",
    ]);
  });

  it("leaves packages to Node, resolved for the importing file, and bundles a workspace's TypeScript", async () => {
    const result = await load({
      "src/a.ts":
        'import { tool } from "tool";\nimport { lib } from "@acme/lib";\nimport { join } from "node:path";\nexport default [tool, lib, join("a", "b")];',
      "node_modules/tool/package.json": '{ "exports": { "import": "./esm.mjs", "require": "./cjs.cjs" } }',
      "node_modules/tool/esm.mjs": "export const tool = import.meta.url;",
      "node_modules/@acme/lib/package.json": '{ "main": "index.ts" }',
      "node_modules/@acme/lib/index.ts": "export const lib: string = 'typed';",
    });
    const tool = pathToFileURL(join(root, "node_modules/tool/esm.mjs")).href;
    expect(errorsOf(result)).toEqual([]);
    expect(valuesOf(result)["src/a.ts"]).toEqual([tool, "typed", "a/b"]);
  });

  it("tells TypeScript's position of what a source throws", async () => {
    const result = await load({
      "src/a.ts":
        'interface Gone {\n  x: 1;\n}\n\nexport default  boom("ä");\nfunction boom(what: string): never {\n  throw new Error("no " + what);\n}',
      "src/b.ts": 'import { fail } from "flowkeep";\ntype Gone = 1;\nexport default   fail("runs-on is missing");',
      "src/c.ts": "throw 'a string';",
      "src/d.ts": "export default 4;",
    });
    expect(errorsOf(result)).toEqual([
      "src/a.ts: src/a.ts:7:9 Error: no ä",
      "src/b.ts: src/b.ts:3:18 runs-on is missing",
      'src/c.ts: src/c.ts:1:1 threw "a string"',
    ]);
    expect(valuesOf(result)).toEqual({ "src/d.ts": 4 });
  });

  it("leads a builder call's place to TypeScript", async () => {
    const result = await load({
      "src/my (ci).ts": 'import { workflow } from "flowkeep";\ninterface Gone {}\n\nexport default   workflow({});',
    });
    const { frame } = valuesOf(result)["src/my (ci).ts"] as { frame: () => string };
    const [, file = "", line, column] = /\((.*):(\d+):(\d+)\)$/.exec(frame()) ?? [];
    expect(result.mapPlace({ file, line: Number(line), column: Number(column) })).toEqual({
      file: "src/my (ci).ts",
      line: 4,
      column: 18,
    });
  });

  it("knows files by their names, whatever is in them", async () => {
    const result = await load({ "src/a b#c%20?é.ts": "throw new Error('no');" });
    expect(errorsOf(result)).toEqual(["src/a b#c%20?é.ts: src/a b#c%20?é.ts:1:7 Error: no"]);
  });

  it("reports every file that cannot be read as TypeScript, and runs the others", async () => {
    const result = await load(
      {
        "src/a.ts": "export default 1;\nlet ä = 'ö', = ;",
        "src/b.ts": 'import { gone } from "./gone.ts";\nexport default gone;',
        "src/c.ts": 'import { gone } from "not-installed";\nexport default gone;',
        "src/d.ts": 'import { missing } from "./lib/half.ts";\nexport default missing;',
        "src/lib/half.ts": "export const half = 1;",
        "src/e.ts": 'import "./lib/broken.ts";\nexport default 5;',
        "src/lib/broken.ts": "export const = 3;",
        "src/f.ts": 'import { half } from "./lib/half.ts";\nexport default half;',
        "src/g.mts": "export default { on: 1, on: 2 };",
      },
      ["src/nowhere.ts"],
    );
    expect(errorsOf(result)).toEqual([
      'src/a.ts: src/a.ts:2:14 expected identifier but found "="',
      'src/b.ts: src/b.ts:1:22 cannot find "./gone.ts"',
      'src/c.ts: src/c.ts:1:22 cannot find the package "not-installed": is it installed? npm install --save-dev not-installed',
      'src/d.ts: src/d.ts:1:10 no matching export in "src/lib/half.ts" for import "missing"',
      'src/e.ts: src/lib/broken.ts:1:14 expected identifier but found "="',
      'src/g.mts: src/g.mts:1:25 duplicate key "on" in object literal',
      'src/nowhere.ts: src/nowhere.ts:1:1 cannot find "./src/nowhere.ts"',
    ]);
    expect(valuesOf(result)).toEqual({ "src/f.ts": 1 });
  });

  it("tells which source imports what flowkeep or a package lacks, and runs the others", async () => {
    const result = await load({
      "src/a.ts": 'import { wrokflow } from "flowkeep";\nexport default wrokflow({});',
      "src/b.ts": 'import {\n  workflow,\n  nothing,\n} from "flowkeep";\nexport default [workflow, nothing];',
      "src/c.ts": 'import tool from "tool";\nexport default tool;',
      "src/d.ts": "export default 4;",
      "node_modules/tool/package.json": '{ "exports": "./tool.mjs" }',
      "node_modules/tool/tool.mjs": "throw new Error('this package cannot start');",
    });
    expect(errorsOf(result)).toEqual([
      "src/a.ts: src/a.ts:1:10 flowkeep has no export `wrokflow`; did you mean `workflow`?",
      "src/b.ts: src/b.ts:3:3 flowkeep has no export `nothing`",
      "src/c.ts: src/c.ts:1:1 the import fails: Error: this package cannot start",
    ]);
    expect(valuesOf(result)).toEqual({ "src/d.ts": 4 });
  });

  it("reports a helper's own error for every source that needs it", async () => {
    const result = await load({
      "src/a.ts": 'import "./lib/helper.ts";\nexport default 1;',
      "src/b.ts": 'import "./lib/helper.ts";\nexport default 2;',
      "src/lib/helper.ts": "\nnull!.x;",
    });
    expect(errorsOf(result)).toEqual([
      "src/a.ts: src/lib/helper.ts:2:7 TypeError: Cannot read properties of null (reading 'x')",
      "src/b.ts: src/lib/helper.ts:2:7 TypeError: Cannot read properties of null (reading 'x')",
    ]);
  });

  it.skipIf(process.getuid?.() === 0)("reports a file that may not be read", async () => {
    write({ "src/a.ts": "export default 1;" });
    chmodSync(join(root, "src/a.ts"), 0);
    const result = await load({ "src/b.ts": "export default 2;" }, ["src/a.ts"]);
    expect(errorsOf(result)[0]).toMatch(/^src\/a\.ts: src\/a\.ts:1:1 .*permission denied/);
    expect(valuesOf(result)).toEqual({ "src/b.ts": 2 });
  });

  it("reports a link that leads nowhere", async () => {
    write({ "src/keep/x": "" });
    symlinkSync("gone.ts", join(root, "src/a.ts"));
    const result = await load({ "src/b.ts": "export default 2;" }, ["src/a.ts"]);
    expect(errorsOf(result)).toEqual(['src/a.ts: src/a.ts:1:1 cannot find "./src/a.ts"']);
    expect(valuesOf(result)).toEqual({ "src/b.ts": 2 });
  });

  it("leaves nothing behind", async () => {
    await load({ "src/a.ts": "throw 1;" });
    expect(readdirSync(scratch)).toEqual(["keep"]);
  });
});

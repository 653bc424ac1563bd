import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transform } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { definitionOf } from "../../src/define/model.ts";
import { actionToIr, fileDefinition, workflowToIr } from "../../src/define/convert/to-ir.ts";
import { emitFile } from "../../src/emit/emit-file.ts";
import { withoutHeader } from "../../src/emit/header.ts";
import * as flowkeep from "../../src/index.ts";
import { repository, runTsc } from "./types/run-tsc.ts";

// Every builder's comment has an example in TypeScript and the YAML that it becomes. In the YAML, `# …` stands for any lines.
interface Example {
  readonly builder: string;
  readonly typescript: string;
  /** Undefined of what becomes no YAML: a setting. */
  readonly yaml: string | undefined;
}

const define = `${repository}src/define/`;
const examples = readdirSync(define, { recursive: true, encoding: "utf8" })
  .sort()
  .filter((name) => name.endsWith(".ts"))
  .flatMap((name) => examplesIn(readFileSync(`${define}${name}`, "utf8")));

function examplesIn(source: string): Example[] {
  const comments = source.matchAll(
    /\/\*\*\n((?: \*.*\n)*?) \*\/\n(?:export (?:function|const|interface) |(?=comment\.))([\w.]+)/g,
  );
  return [...comments].flatMap(([, comment = "", builder = ""]) => {
    const text = comment.replace(/^ \* ?/gm, "").replaceAll("*\\/", "*/");
    const typescript = /```ts\n([\s\S]*?)```/.exec(text)?.[1];
    const yaml = /```yaml\n([\s\S]*?)```/.exec(text)?.[1];
    return typescript === undefined ? [] : [{ builder, typescript, yaml }];
  });
}

const names = Object.keys(flowkeep).filter((name) => name !== "defineConfig");

/** The example as a module: its last expression, or all that it names, is the default export. */
function moduleOf({ typescript }: Example): string {
  if (typescript.startsWith("import ")) return typescript;
  const declared = [...typescript.matchAll(/^const (\w+)/gm)].map(([, name]) => name);
  const value = declared.length > 0 ? `[${declared.join(", ")}]` : typescript.trim();
  return `import { ${names.join(", ")} } from "flowkeep";
const plan = job({ "runs-on": "x", outputs: { matrix: "" }, steps: [] });
${declared.length > 0 ? typescript : ""}
export const context = { plan, used: [${names.join(", ")}] };
export default ${value};
`;
}

test("each builder has an example", () => {
  const documented = new Set(examples.filter(({ yaml }) => yaml !== undefined).map(({ builder }) => builder));
  expect(names.filter((name) => !documented.has(name))).toEqual([]);
  expect(examples.filter(({ yaml }) => yaml === undefined).map(({ builder }) => builder)).toEqual([
    "defineConfig",
    "PushAction",
  ]);
});

describe("the example of", () => {
  const withYaml = examples.flatMap((example) =>
    example.yaml === undefined ? [] : [{ ...example, yaml: example.yaml }],
  );
  test.each(withYaml)("$builder becomes its YAML", async (example) => {
    const { code } = await transform(moduleOf(example), { loader: "ts", format: "cjs" });
    const module: { exports: { default?: unknown; context?: { plan: unknown } } } = { exports: {} };
    new Function("module", "exports", "require", code)(module, module.exports, () => flowkeep);
    expect(emitted(module.exports.default, module.exports.context?.plan)).toMatch(pattern(example.yaml));
  });
});

/** The YAML of a workflow or action; of a job what stands below its id; of steps the list. */
function emitted(value: unknown, plan: unknown): string {
  const definition = fileDefinition(value);
  if (definition !== undefined) {
    const { node } =
      definition.is === "action"
        ? actionToIr(definition, { pathOf: () => undefined })
        : workflowToIr(definition, { pathOf: () => undefined });
    return withoutHeader(emitFile(node, { source: "workflows-src/x.ts" }).text).trimStart();
  }
  const isJob = definitionOf(value)?.is === "job";
  const a = isJob ? value : flowkeep.job({ "runs-on": "x", steps: [value].flat() as flowkeep.StepInput[] });
  const text = emitted(flowkeep.workflow({ on: "push", jobs: { a, plan } as Record<string, flowkeep.AnyJob> }), plan);
  const from = isJob ? "  a:\n" : "    steps:\n";
  const body = text.slice(text.indexOf(from) + from.length, text.indexOf("\n  plan:"));
  return `${body.replace(isJob ? /^ {4}/gm : /^ {6}/gm, "").trimEnd()}\n`;
}

function pattern(yaml: string): RegExp {
  const lines = yaml
    .split("\n")
    .map((line) => (line.trim() === "# …" ? "(?:.*\n)*?" : `${line.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\n`));
  return new RegExp(`^${lines.join("").replace(/\n$/, "")}$`);
}

describe("in TypeScript", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(repository, "node_modules/.examples-"));
    examples.forEach((example, at) => writeFileSync(join(folder, `example-${at}.ts`), moduleOf(example)));
    const bindings = `${repository}test/fixtures/types/generated`;
    const options = { paths: { flowkeep: [`${repository}src/index.ts`] } };
    const project = {
      extends: `${repository}tsconfig.json`,
      compilerOptions: options,
      include: [".", bindings],
      exclude: [],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(project));
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("all examples compile", async () => {
    const { diagnostics } = await runTsc(folder, "-p", ".");
    const found = diagnostics.filter(({ file }) => file.startsWith("example-"));
    expect(
      found.map(({ file, message }) => `${examples[Number(file.match(/\d+/)?.[0])]?.builder}: ${message}`),
    ).toEqual([]);
  });
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Project } from "ts-morph";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mustBeGiven } from "../../src/actions/action-interface.ts";
import type { BoundAction } from "../../src/actions/bound-actions.ts";
import { openCatalog } from "../../src/actions/catalog.ts";
import { writeBindings } from "../../src/actions/write-bindings.ts";
import { installDeclarations } from "../define/types/build-declarations.ts";
import { runTsc, type TscRun } from "../define/types/run-tsc.ts";

// Counted, not timed, as for workflows: a change that makes bindings dearer by more than 5 % fails here.
const { bindings, instantiations } = JSON.parse(
  readFileSync(new URL("./bindings-budget.json", import.meta.url), "utf8"),
) as { bindings: number; instantiations: number };

const TSCONFIG = {
  compilerOptions: {
    target: "es2023",
    lib: ["es2023"],
    module: "nodenext",
    moduleResolution: "nodenext",
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: [],
  },
  include: ["workflows-src", "generated"],
};

let folder: string;
let measured: TscRun;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "flowkeep-bindings-"));
  const bound = await boundActions(bindings);
  const put = (path: string, text: string) => {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  put("package.json", '{ "type": "module" }\n');
  put("tsconfig.json", JSON.stringify(TSCONFIG));
  put("generated/actions.d.ts", await writeBindings(bound));
  put("workflows-src/all.ts", sourceUsing(bound));
  await installDeclarations(folder);
  measured = await runTsc(folder, "-p", ".", "--extendedDiagnostics", "--singleThreaded");
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As many exact versions of real actions. */
async function boundActions(count: number): Promise<readonly BoundAction[]> {
  const catalog = await openCatalog();
  const all = catalog.names.flatMap((name) =>
    (catalog.find(name)?.versions ?? []).flatMap((version) =>
      version.tag === null ? [] : [{ ref: `${name}@${version.tag}`, interface: version.interface }],
    ),
  );
  return all.slice(0, count);
}

/** A step for each, with every input that it must have and one that it may have. */
function sourceUsing(bound: readonly BoundAction[]): string {
  const steps = bound.map(({ ref, interface: { inputs } }) => {
    const may = [...inputs].find(([, input]) => !mustBeGiven(input) && input.deprecated === undefined);
    const given = [...inputs].filter(([, input]) => mustBeGiven(input)).concat(may === undefined ? [] : [may]);
    const values = given.map(([name]) => `${JSON.stringify(name)}: expr("inputs.x")`).join(", ");
    return `  uses(${JSON.stringify(ref)}, { with: { ${values} } }),\n`;
  });
  return `import { expr, uses } from "flowkeep";\n\nexport const steps = [\n${steps.join("")}] as const;\n`;
}

describe(`${bindings} bindings`, () => {
  test("compile, each in use", () => {
    expect(measured.diagnostics).toEqual([]);
  });

  test("are within 5 % of the committed budget", () => {
    const count = Number(/^Instantiations:\s+(\d+)$/m.exec(measured.output)?.[1]);
    expect(count).toBeGreaterThan(instantiations * 0.5);
    expect(count).toBeLessThanOrEqual(instantiations * 1.05);
  });

  test("show an input that is deprecated as such in the editor, with its message", async () => {
    const text = await writeBindings([
      {
        ref: "octo/old@v1",
        interface: {
          using: "node24",
          inputs: new Map([
            ["level", { required: false }],
            ["old-level", { required: false, deprecated: "write level" }],
          ]),
          outputs: [],
          nested: [],
        },
      },
    ]);
    const project = new Project({ tsConfigFilePath: join(folder, "tsconfig.json"), skipAddingFilesFromTsConfig: true });
    project.createSourceFile(join(folder, "generated/old.d.ts"), text);
    const source = 'import { uses } from "flowkeep";\nuses("octo/old@v1", { with: { "": 1 } });\n';
    const path = join(folder, "workflows-src/old.ts");
    project.createSourceFile(path, source);
    const service = project.getLanguageService().compilerObject;
    const at = source.indexOf('{ "": 1') + 3;
    const entries = service.getCompletionsAtPosition(path, at, {})?.entries ?? [];
    const shown = entries.map(({ name, kindModifiers }) => [name, /deprecated/.test(kindModifiers ?? "")]);
    expect(shown).toEqual(
      expect.arrayContaining([
        ["level", false],
        ["old-level", true],
      ]),
    );
    const details = service.getCompletionEntryDetails(path, at, "old-level", {}, undefined, {}, undefined);
    expect(details?.tags?.map(({ name, text = [] }) => [name, text.map((part) => part.text).join("")])).toEqual([
      ["deprecated", "write level"],
    ]);
  });
});

import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import fc from "fast-check";
import * as prettier from "prettier";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { ActionInterface } from "../../src/actions/action-interface.ts";
import { areBindingsCurrent, BINDINGS_HEADER } from "../../src/actions/bindings-stamp.ts";
import type { BoundAction } from "../../src/actions/bound-actions.ts";
import { openCatalog, type Catalog } from "../../src/actions/catalog.ts";
import { nameInterfaces } from "../../src/actions/interface-names.ts";
import { resolveInterface } from "../../src/actions/resolve-interface.ts";
import { writeBindings } from "../../src/actions/write-bindings.ts";

let catalog: Catalog;
let everything: string;
beforeAll(async () => {
  catalog = await openCatalog();
  const refs = catalog.names.flatMap((name) =>
    (catalog.find(name)?.versions ?? []).flatMap(({ tag, branch, major, sha }) =>
      [tag, branch, major, sha].flatMap((version) => (version ? [`${name}@${version}`] : [])),
    ),
  );
  everything = await writeBindings([...new Set(refs)].map(bind));
});

function bind(ref: string): BoundAction {
  const found = resolveInterface(ref, { catalog });
  if (found.kind === "unknown") throw new Error(found.reason);
  return { ref, interface: found.interface };
}

const tool: ActionInterface = {
  using: "node24",
  inputs: new Map([
    ["zeta", { required: true }],
    ["has-default", { required: true, default: "x`y\n*/ z" }],
    ["flag", { required: false, default: "false", description: "@me: two\nlines */ of it" }],
    ["old", { required: false, deprecated: "use\nzeta" }],
    ["older", { required: false, default: "", deprecated: true }],
  ]),
  outputs: ["b", "a-c"],
  nested: [],
};

describe("the text", () => {
  test("has an entry a ref, sorted, and one interface for inputs that are typed alike", async () => {
    const text = await writeBindings([
      { ref: "octo/tool@v2.0.0", interface: { ...tool, outputs: [] } },
      { ref: "octo/bare@v1", interface: { using: "node24", inputs: new Map(), outputs: [], nested: [] } },
      { ref: "octo/tool@v2", interface: tool, asOf: "v2.1.0" },
    ]);
    expect(text.split("\n").slice(3).join("\n")).toBe(`import type { Text } from "flowkeep";

declare module "flowkeep" {
  interface Actions {
    "octo/bare@v1": {
      inputs: Record<string, never>;
      outputs: never;
    };
    "octo/tool@v2": {
      inputs: OctoToolV2Inputs;
      outputs: "b" | "a-c";
    };
    "octo/tool@v2.0.0": {
      inputs: OctoToolV2Inputs;
      outputs: never;
    };
  }
}

/**
 * Inputs of
 * - \`octo/tool@v2\` (as of v2.1.0)
 * - \`octo/tool@v2.0.0\`
 */
interface OctoToolV2Inputs {
  /**
   * \\@me: two
   * lines *\\/ of it
   * Default: \`false\`
   */
  flag?: Text;
  /** Default: \`\`x\`y *\\/ z\`\` */
  "has-default"?: Text;
  /** @deprecated use zeta */
  old?: Text;
  /** @deprecated */
  older?: Text;
  zeta: Text;
}
`);
  });

  test("does not depend on the order of refs and inputs", async () => {
    const refs = ["actions/checkout@v5", "Azure/cli@v3", "actions/cache@v4"].map(bind);
    const turned = [...refs].reverse().map((action) => ({
      ...action,
      interface: { ...action.interface, inputs: new Map([...action.interface.inputs].reverse()) },
    }));
    const [first, second] = [await writeBindings(refs), await writeBindings(turned)];
    expect(second.split("\n").slice(2)).toEqual(first.split("\n").slice(2));
    expect(await writeBindings([...refs].reverse())).toBe(first);
  });

  test("without actions it is still a module that adds to flowkeep's", async () => {
    expect(await writeBindings([])).toContain('export {};\n\ndeclare module "flowkeep" {\n  interface Actions {}\n}\n');
  });

  test("passes prettier as it is, for every version of the catalogue", async () => {
    expect(await prettier.format(everything, { filepath: "actions.d.ts" })).toBe(everything);
  });

  test.each([
    [["actions/checkout@v5"], ["ActionsCheckoutV5Inputs"]],
    [
      ["a/b@v5.10", "a/b@v51.0"],
      ["ABV5_10Inputs", "ABV51_0Inputs"],
    ],
    [
      ["a-b/c@v1", "a/b-c@v1", "a/b/c@v1"],
      ["ABCV1Inputs", "ABCV1Inputs2", "ABCV1Inputs3"],
    ],
    [["8398a7/action-slack@v3"], ["Action8398a7ActionSlackV3Inputs"]],
    [[`a/b@${"0123456789".repeat(4)}`], ["ABAt0123456Inputs"]],
    [["./.github/actions/set-up"], ["GithubActionsSetUpInputs"]],
    [["a/b@release/v1"], ["ABReleaseV1Inputs"]],
  ])("%o is named %o", (refs, names) => {
    expect(nameInterfaces(refs)).toEqual(names);
  });
});

describe("the stamp", () => {
  const actions = [{ ref: "octo/tool@v2", interface: tool }];

  test("tells current files from others", async () => {
    const text = await writeBindings(actions);
    expect(text.startsWith(BINDINGS_HEADER)).toBe(true);
    expect(areBindingsCurrent(text, actions)).toBe(true);
    expect(areBindingsCurrent(text.replace("zeta: Text", "zeta?: Text"), actions)).toBe(false);
    expect(areBindingsCurrent(text, [])).toBe(false);
    expect(areBindingsCurrent(text, [{ ...actions[0]!, asOf: "v2.1.0" }])).toBe(false);
    expect(areBindingsCurrent(text, [{ ref: "octo/tool@v2", interface: { ...tool, outputs: ["b"] } }])).toBe(false);
    expect(areBindingsCurrent("export {};\n", actions)).toBe(false);
    expect(areBindingsCurrent("", actions)).toBe(false);
  });
});

describe("the types", () => {
  test("every version of the catalogue compiles, and types what sources write", async () => {
    expect(
      await compile(`
        import { expr, github, pat, uses } from "flowkeep";

        const ok = [
          uses("actions/checkout@v5"),
          uses("actions/checkout@v5", { with: { "persist-credentials": "", submodules: "recursive", clean: "\${{ inputs.x }}" } }),
          uses("actions/checkout@v5", { with: { path: github.ref, "fetch-depth": 0, lfs: expr("inputs.lfs"), token: pat("P") } }),
          uses("Azure/login@v3"),
          uses("dsherret/rust-toolchain-file@v1"),
          uses("actions/upload-artifact@v4", { with: { path: "x", "retention-days": 3 } }),
          uses("reviewdog/action-actionlint@v1", { with: { entrypoint: "sh" } }),
          uses("pypa/gh-action-pypi-publish@v1"),
          // A default of true or false does not make a boolean.
          uses("pypa/gh-action-pypi-publish@v1", { with: { verbose: "very" } }),
        ];
        export const sha: unknown = uses("actions/checkout@v5", { id: "c" }).outputs.commit;
        export const any: unknown = uses("dorny/paths-filter@v3", { id: "f", with: { filters: "docs: docs/**" } }).outputs.docs;

        const wrong = [
          // @ts-expect-error a misspelt input
          uses("actions/checkout@v5", { with: { "fetch-dept": 0 } }),
          // @ts-expect-error no flag
          uses("actions/checkout@v5", { with: { clean: "flase" } }),
          // @ts-expect-error not one of those that the action documents
          uses("actions/upload-artifact@v4", { with: { path: "x", "if-no-files-found": "eror" } }),
          // @ts-expect-error required, no default
          uses("actions/upload-artifact@v4", { with: { name: "x" } }),
          // @ts-expect-error required, no default
          uses("actions/upload-artifact@v4"),
          // @ts-expect-error it takes no inputs
          uses("dsherret/rust-toolchain-file@v1", { with: { nothing: "x" } }),
          // @ts-expect-error a version that has no bindings
          uses("actions/checkout@v99"),
        ];
        // @ts-expect-error a misspelt output
        export const none: unknown = uses("actions/checkout@v5", { id: "c" }).outputs.comit;
        export default [ok, wrong];
      `),
    ).toBe("");
  });
});

describe("whatever a manifest says", () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom("*/", "/**", "`", "@x", "\r\n", "\u2028", "${{", '"', "\\", "__proto__", "a b"),
  );
  const words = fc.array(text, { maxLength: 3 }).map((parts) => parts.join(""));
  const input = fc.record(
    {
      required: fc.boolean(),
      default: words,
      deprecated: fc.oneof(fc.constant(true as const), words),
      description: words,
    },
    { requiredKeys: ["required"] },
  );
  const action: fc.Arbitrary<ActionInterface> = fc.record({
    using: fc.constant("node24"),
    inputs: fc.array(fc.tuple(words, input), { maxLength: 4 }).map((entries) => new Map(entries)),
    outputs: fc.uniqueArray(words, { maxLength: 4 }),
    nested: fc.constant([]),
  });

  test("the file is TypeScript with exactly these inputs and outputs", async () => {
    const { Project } = await import("ts-morph");
    const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true });
    await fc.assert(
      fc.asyncProperty(action, async (action) => {
        const bound = [{ ref: "octo/tool@v1", interface: action }];
        const written = await writeBindings(bound);
        expect(areBindingsCurrent(written, bound)).toBe(true);
        const file = project.createSourceFile("actions.d.ts", written, { overwrite: true });
        expect(
          project
            .getProgram()
            .getSyntacticDiagnostics(file)
            .map((d) => d.getMessageText()),
        ).toEqual([]);
        const names = file.getInterface("OctoToolV1Inputs")?.getProperties() ?? [];
        const symbols = names.map((property) => property.getSymbolOrThrow().getName().replace(/^___/, "__"));
        expect(symbols.sort()).toEqual([...action.inputs.keys()].sort());
      }),
      { numRuns: 200 },
    );
  });
});

/** What tsc says about a source beside the bindings of the whole catalogue. */
async function compile(source: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "flowkeep-bindings-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const root = fileURLToPath(new URL("../../", import.meta.url));
  await writeFile(join(folder, "actions.d.ts"), everything);
  await writeFile(join(folder, "use.ts"), source);
  const compilerOptions = {
    strict: true,
    noUncheckedIndexedAccess: true,
    module: "nodenext",
    target: "es2023",
    lib: ["es2023"],
    noEmit: true,
    allowImportingTsExtensions: true,
    typeRoots: [join(root, "node_modules/@types")],
    types: ["node"],
    paths: { flowkeep: [join(root, "src/index.ts")] },
  };
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const run = promisify(execFile)(process.execPath, [tsc, "-p", folder, "--pretty", "false"]);
  return run.then(
    ({ stdout }) => stdout,
    (error: { stdout: string }) => error.stdout,
  );
}

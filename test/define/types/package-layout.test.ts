import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { installDeclarations } from "./build-declarations.ts";
import { runTsc } from "./run-tsc.ts";

// A project as users have it: flowkeep is a package in node_modules, with types from its declaration files.
let project: string;

beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), "flowkeep-layout-"));
  expect(await installDeclarations(project)).toEqual([]);
  writeFileSync(join(project, "package.json"), '{ "type": "module" }');
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify(TSCONFIG));
  mkdirSync(join(project, "generated"));
  writeFileSync(join(project, "generated/actions.d.ts"), BINDINGS);
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

// `types: []` and no skipLibCheck: what users import must not lean on what they do not have.
const TSCONFIG = {
  compilerOptions: {
    target: "es2022",
    module: "nodenext",
    moduleResolution: "nodenext",
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    noEmit: true,
    types: [],
  },
  include: ["*.ts", "generated"],
};

const BINDINGS = `import type { Flag, Text } from "flowkeep";

declare module "flowkeep" {
  interface Actions {
    "actions/checkout@v5": { inputs: CheckoutInputs; outputs: "ref" | "commit" };
  }
}

interface CheckoutInputs {
  path?: Text;
  token?: Text;
  "persist-credentials"?: Flag | "true" | "false" | "";
}
`;

const source = (inputs: string) => `import { job, pat, push, uses, workflow } from "flowkeep";

export default workflow({
  on: { push: { branches: ["main"] } },
  jobs: ({ github }) => ({
    a: job({
      "runs-on": "ubuntu-latest",
      env: { REF: github.ref },
      steps: [
        uses("actions/checkout@v5", { with: { ${inputs} } }),
        push({ as: pat("ROBOT"), branch: "main" }),
      ],
    }),
  }),
});
`;

test("bindings are merged into the package's Actions, and a right workflow compiles", async () => {
  writeFileSync(join(project, "workflow.ts"), source('"persist-credentials": false'));
  const { diagnostics } = await runTsc(project);
  expect(diagnostics).toEqual([]);
});

test("a wrong push does not compile", async () => {
  writeFileSync(join(project, "workflow.ts"), source('path: "."'));
  const { diagnostics } = await runTsc(project);
  expect(diagnostics.map(({ file, line }) => `${file}:${line}`)).toEqual(["workflow.ts:11"]);
  expect(diagnostics[0]?.message).toContain("a push as PAT ROBOT must not meet one");
});

test("a wrong input does not compile", async () => {
  writeFileSync(join(project, "workflow.ts"), source('"persist-credential": false'));
  const { diagnostics } = await runTsc(project);
  expect(diagnostics.map(({ line }) => line)).toContain(10);
});

import { cp, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as prettier from "prettier";
import { beforeAll, describe, expect, test } from "vitest";
import type { Diagnostic } from "../define/types/run-tsc.ts";
import { officialErrors } from "../../src/read/official/run-parser.ts";
import { compileSources, generateProject, type CompiledFile } from "./compile-project.ts";
import { typeCheck } from "./type-check.ts";

// The five stages of the job that flowkeep was made for. What GitHub makes of each is in examples/coverage-refresh/stages/README.md.
const EXAMPLE = join(import.meta.dirname, "../../examples/coverage-refresh");
const COMPILE = ["1-github-token", "2-pat-hijacked", "3-app-hijacked", "4-app", "5-pat"];
const REFUSED = {
  "2-pat-refused":
    "the checkout of '.' keeps GITHUB_TOKEN as an extraheader, and a push as PAT CACHE_PUSH_TOKEN must not meet one: write 'persist-credentials': false there",
  "3-app-refused":
    "the checkout of '.' keeps GITHUB_TOKEN as an extraheader, and a push as the App's token must not meet one: write 'persist-credentials': false there",
};

const source = (stage: string): string => `stages/${stage}.ts`;

test("every stage is looked at", async () => {
  const stages = (await readdir(join(EXAMPLE, "stages"))).filter((name) => name.endsWith(".ts"));
  expect(stages.map((name) => name.slice(0, -3)).sort()).toEqual([...COMPILE, ...Object.keys(REFUSED)].sort());
});

describe("stages that compile", () => {
  let compiled: readonly CompiledFile[];
  beforeAll(async () => {
    const sources = COMPILE.map((stage) => ({
      file: source(stage),
      kind: "workflow" as const,
      output: `stages/${stage}.yml`,
    }));
    compiled = await compileSources(EXAMPLE, sources);
  });
  const file = (stage: string): CompiledFile | undefined =>
    compiled.find(({ output }) => output === `stages/${stage}.yml`);

  test.each(COMPILE)("%s", async (stage) => {
    const { text = "", findings } = file(stage) ?? {};
    await expect(text).toMatchFileSnapshot(join(EXAMPLE, `stages/${stage}.yml`));
    expect(findings).toEqual([]);
    expect(await officialErrors(`.github/workflows/${stage}.yml`, text)).toEqual([]);
    expect(await prettier.check(text, { parser: "yaml" })).toBe(true);
  });
});

describe("types", () => {
  let diagnostics: readonly Diagnostic[];
  beforeAll(async () => {
    const tsconfig = JSON.parse(await readFile(join(EXAMPLE, "tsconfig.json"), "utf8")) as object;
    diagnostics = await typeCheck(EXAMPLE, { ...tsconfig, exclude: [] });
  });

  test.each(Object.entries(REFUSED))("of %s refuse the push, in a sentence", async (stage, sentence) => {
    const wrong = diagnostics.filter(({ file }) => file === source(stage));
    expect(wrong.map(({ line }) => line)).toEqual([await refusedLine(stage)]);
    expect(wrong[0]?.message).toContain(`"${sentence}"`);
  });

  test("of all else are right", () => {
    expect(diagnostics.filter(({ file }) => !Object.keys(REFUSED).map(source).includes(file))).toEqual([]);
  });
});

describe("gen", () => {
  test.each(Object.entries(REFUSED))("refuses %s with the same sentence at the same place", async (stage, sentence) => {
    const folder = await mkdtemp(join(tmpdir(), "flowkeep-stage-"));
    try {
      await cp(join(EXAMPLE, "generated"), join(folder, "generated"), { recursive: true });
      await mkdir(join(folder, "workflows-src"));
      await cp(join(EXAMPLE, source(stage)), join(folder, "workflows-src/coverage-refresh.ts"));
      const { files, findings } = await generateProject(folder);
      expect(files).toEqual([]);
      const errors = findings.filter(({ severity }) => severity === "error");
      expect(errors).toEqual([
        expect.objectContaining({
          message: sentence,
          span: expect.objectContaining({
            file: "workflows-src/coverage-refresh.ts",
            startLine: await refusedLine(stage),
          }),
        }),
      ]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

/** The line below the mark. */
async function refusedLine(stage: string): Promise<number> {
  const lines = (await readFile(join(EXAMPLE, source(stage)), "utf8")).split("\n");
  return lines.findIndex((line) => line.includes("// ✗")) + 2;
}

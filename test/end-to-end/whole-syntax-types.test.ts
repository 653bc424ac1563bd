import { join } from "node:path";
import { expect, test } from "vitest";
import { BINDINGS_FILE } from "../../src/project/project.ts";
import { TSCONFIG } from "../../src/cli/setup/init-files.ts";
import { generateProject } from "./compile-project.ts";
import { typeCheck } from "./type-check.ts";

const PROJECT = join(import.meta.dirname, "../fixtures/sources");

test("the sources type-check with the bindings that `gen` writes and the settings that `init` writes", async () => {
  const { files } = await generateProject(PROJECT);
  const bindings = files.find(({ path }) => path === BINDINGS_FILE)?.text ?? "";
  expect(bindings).toContain('"actions/checkout@v6.1.0"');
  const tsconfig = { ...(JSON.parse(TSCONFIG) as object), include: ["workflows-src", "generated"] };
  expect(await typeCheck(PROJECT, tsconfig, { [BINDINGS_FILE]: bindings })).toEqual([]);
}, 120_000);

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { repository, runTsc } from "./run-tsc.ts";

const folder = `${repository}test/define/types/`;

// What `*.test-d.ts` say holds if they compile: a wrong `expectTypeOf` and an unused `@ts-expect-error` are errors.
test("the type tests compile", async () => {
  const { diagnostics } = await runTsc(repository, "-p", "test/define/types/tsconfig.json");
  expect(diagnostics.filter(({ file }) => file.includes("test/define/types/") || file.includes("src/define/"))).toEqual(
    [],
  );
});

test("there are at least 60 of them", () => {
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith(".test-d.ts"))
    .map((name) => readFileSync(`${folder}${name}`, "utf8"));
  const cases = texts.join("\n").match(/expectTypeOf|@ts-expect-error/g) ?? [];
  expect(cases.length).toBeGreaterThanOrEqual(60);
});

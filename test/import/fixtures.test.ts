import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as prettier from "prettier";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { boundActions } from "../../src/actions/bound-actions.ts";
import { writeBindings } from "../../src/actions/write-bindings.ts";
import { importAll, type ImportRequest, type ImportResult } from "../../src/import/import-all.ts";
import { repository, runTsc } from "../define/types/run-tsc.ts";
import { fixtures, importRequest, readFixtures } from "./imported-fixtures.ts";

// Each .yml of test/fixtures/import stands beside the source that it becomes. UPDATE_FIXTURES=1 writes them anew.
const read = readFixtures();
let request: ImportRequest;
let result: ImportResult;
beforeAll(async () => {
  request = importRequest();
  result = await importAll(read, request);
});

function outcomeOf(path: string) {
  const found = result.outcomes.find(({ file }) => file === path);
  if (found?.kind !== "imported") throw new Error(`${path} is refused: ${found?.reason}`);
  return found;
}

describe.each(read.map(({ source }) => source.path))("%s", (path) => {
  test("becomes the source beside it", () => {
    const { source, text } = outcomeOf(path);
    const beside = join(fixtures, source);
    if (process.env["UPDATE_FIXTURES"] === "1") {
      mkdirSync(dirname(beside), { recursive: true });
      writeFileSync(beside, text);
    }
    expect(text).toBe(existsSync(beside) ? readFileSync(beside, "utf8") : "");
  });

  test("loses no comment", () => {
    const { comments } = outcomeOf(path);
    expect(comments.lost).toEqual([]);
  });

  test("is laid out as prettier would", async () => {
    const { text } = outcomeOf(path);
    expect(await prettier.format(text, { ...request.layout, parser: "typescript" })).toBe(text);
  });
});

test("what GitHub's syntax has needs no cast", () => {
  const { notes } = outcomeOf(".github/workflows/everything.yml");
  expect(notes.filter(({ code }) => code === "cast")).toEqual([]);
});

describe("the types", () => {
  const folder = mkdtempSync(join(tmpdir(), "flowkeep-import-types-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("take all that was imported", async () => {
    for (const { source } of read) {
      const { source: path, text } = outcomeOf(source.path);
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    writeFileSync(join(folder, "actions.d.ts"), await writeBindings(boundActions(result.lock, request.known).bound));
    const compilerOptions = {
      paths: { flowkeep: [`${repository}src/index.ts`] },
      typeRoots: [`${repository}node_modules/@types`],
    };
    const config = { extends: `${repository}tsconfig.json`, compilerOptions, include: ["."], exclude: [] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    const { diagnostics } = await runTsc(folder);
    expect(diagnostics).toEqual([]);
  });
});

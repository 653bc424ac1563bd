import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { officialErrors } from "../../src/read/official/run-parser.ts";

// This repository's own workflows and the examples', as they are committed; `npm run check` says whether they are current.
const ROOT = join(import.meta.dirname, "../..");
const projects = ["", ...readdirSync(join(ROOT, "examples")).map((name) => `examples/${name}/`)];
const files = projects.flatMap((project) => {
  const folder = join(ROOT, project, ".github");
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => name.replaceAll("\\", "/"));
  return names
    .filter((name) => /^(workflows|actions)\/.*\.ya?ml$/.test(name))
    .map((name) => `${project}.github/${name}`);
});

test("finds them", () => {
  expect(files).toContain(".github/workflows/ci.yml");
  expect(files).toContain("examples/coverage-refresh/.github/workflows/coverage-refresh.yml");
});

test.each(files)("GitHub's parser takes %s", async (file) => {
  expect(await officialErrors(file, readFileSync(join(ROOT, file), "utf8"))).toEqual([]);
});

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readPage, ROOT } from "./markdown.ts";

test("CONTRIBUTING.md says what each folder of src does", () => {
  const page = readPage("CONTRIBUTING.md");
  const folders = readdirSync(join(ROOT, "src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.length).toBeGreaterThan(8);
  expect(folders.map(({ name }) => name).filter((name) => !page.includes(`| \`${name}/\``))).toEqual([]);
});

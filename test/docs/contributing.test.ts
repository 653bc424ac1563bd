import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readPage, ROOT } from "./markdown.ts";

test("CONTRIBUTING.md says what each folder of src does", () => {
  const page = readPage("CONTRIBUTING.md");
  const folders = readdirSync(join(ROOT, "src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.length).toBeGreaterThan(8);
  expect(folders.map(({ name }) => name).filter((name) => !page.includes(`| \`${name}/\``))).toEqual([]);
});

test("CONTRIBUTING.md tells what each script of package.json is for", () => {
  const page = readPage("CONTRIBUTING.md");
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { readonly scripts: object };
  // npm runs `prepack` by itself.
  const called = Object.keys(scripts).filter((name) => name !== "prepack");
  const told = [...page.matchAll(/npm (?:run )?([\w:]+)/g)].map(([, name = ""]) => name);
  expect(called.filter((name) => !told.includes(name))).toEqual([]);
  expect(told.filter((name) => name !== "ci" && !called.includes(name))).toEqual([]);
});

test("CONTRIBUTING.md says what each dependency is for", () => {
  const page = readPage("CONTRIBUTING.md");
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    readonly dependencies: object;
    readonly devDependencies: object;
  };
  const rows = [...page.matchAll(/^\| `(@?[\w/-]+)` +\|/gm)].map(([, name = ""]) => name);
  expect(rows.filter((name) => !name.endsWith("/")).sort()).toEqual(Object.keys(dependencies).sort());
  expect(Object.keys(devDependencies).filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

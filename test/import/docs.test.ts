import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { emptyCatalog } from "../../src/actions/catalog.ts";
import { importTexts } from "./imported-fixtures.ts";

const page = readFileSync(new URL("../../docs/import.md", import.meta.url), "utf8");
const fence = (language: string): string => new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "s").exec(page)?.[1] ?? "";

test("the page's YAML becomes the source below it", async () => {
  const known = { catalog: emptyCatalog };
  const { outcomes } = await importTexts({ "release.yml": fence("yaml") }, { known });
  const [first] = outcomes;
  expect(first?.kind === "imported" && first.text).toBe(fence("typescript"));
});

test("the page names every reason of the importer to refuse a file", () => {
  const sources = ["import-file", "source-path", "write-values", "import-all"].map((name) =>
    readFileSync(new URL(`../../src/import/${name}.ts`, import.meta.url), "utf8"),
  );
  const codes = sources.flatMap((text) => [
    ...text.matchAll(/(?:CannotImport|refuse|none)\(\s*"([a-z-]+)"|code: "([a-z-]+)"/g),
  ]);
  const names = codes.map(([, thrown, given]) => thrown ?? given ?? "");
  expect(names.length).toBeGreaterThan(5);
  expect(names.filter((code) => code !== "no-mapping" && !page.includes(`\`${code}\``))).toEqual([]);
});

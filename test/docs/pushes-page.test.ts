import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { ProjectFolder } from "../cli/project-folder.ts";
import { schemaErrors } from "../report/validate.ts";
import { blocksOf, readPage, ROOT } from "./markdown.ts";

let project: ProjectFolder;
afterEach(() => project.delete());

const fences = (language: string, page = "docs/pushes.md"): readonly string[] =>
  blocksOf(readPage(page)).flatMap((block) =>
    block.kind === "fence" && block.language === language ? [block.text] : [],
  );

it.each(["README.md", "docs/pushes.md"])("%s shows what flowkeep says of its workflow", (page) => {
  const [yaml = ""] = fences("yaml", page);
  const [said = ""] = fences("text", page);
  expect(said).toContain("[push-hijacked]");
  project = new ProjectFolder({ ".github/workflows/map.yml": yaml });
  expect(project.run(["pushes"]).out.startsWith(said.trimEnd())).toBe(true);
});

it("docs/pushes.md shows what flowkeep audit says of the example", () => {
  const example = join(ROOT, "examples/coverage-refresh");
  const text = readFileSync(join(example, "inventory.json"), "utf8");
  expect(schemaErrors("inventory.schema.json", JSON.parse(text))).toEqual([]);
  project = new ProjectFolder({
    "inventory.json": text,
    "workflows-src/coverage-refresh.ts": readFileSync(join(example, "workflows-src/coverage-refresh.ts"), "utf8"),
  });
  const [, said = ""] = fences("text");
  expect(project.run(["audit", "--inventory", "inventory.json"])).toMatchObject({ code: 1, out: said });
});

import { afterEach, expect, it } from "vitest";
import { ProjectFolder } from "../cli/project-folder.ts";
import { blocksOf, readPage } from "./markdown.ts";

let project: ProjectFolder;
afterEach(() => project.delete());

const fences = (language: string): readonly string[] =>
  blocksOf(readPage("docs/pushes.md")).flatMap((block) =>
    block.kind === "fence" && block.language === language ? [block.text] : [],
  );

it("docs/pushes.md shows what flowkeep says of its workflow", () => {
  const [yaml = ""] = fences("yaml");
  const [said = ""] = fences("text");
  project = new ProjectFolder({ ".github/workflows/map.yml": yaml });
  expect(project.run(["pushes"]).out.startsWith(said.trimEnd())).toBe(true);
});

import { afterEach, it } from "vitest";
import { expectOldOrNew } from "../cli/killed-gen.ts";
import { ProjectFolder } from "../cli/project-folder.ts";

const project = new ProjectFolder();
afterEach(() => project.delete());

it("gen leaves old or new, never half, when it is killed 50 times", () => expectOldOrNew(project, 50), 240_000);

import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { installDeclarations } from "../define/types/build-declarations.ts";
import { runTsc, type Diagnostic } from "../define/types/run-tsc.ts";

/**
 * What the compiler finds wrong in a project as its users have it: flowkeep is a package with declaration files there. `tsconfig`
 * is the project's own; `generated` are files to lay over it.
 */
export async function typeCheck(
  project: string,
  tsconfig: object,
  generated: Readonly<Record<string, string>> = {},
): Promise<readonly Diagnostic[]> {
  const folder = await mkdtemp(join(tmpdir(), "flowkeep-types-"));
  try {
    await cp(project, folder, { recursive: true });
    for (const [path, text] of Object.entries(generated)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    await writeFile(join(folder, "package.json"), '{ "type": "module" }');
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
    const wrong = await installDeclarations(folder);
    return wrong.length > 0 ? wrong : (await runTsc(folder)).diagnostics;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

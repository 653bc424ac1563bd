import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repository, runTsc, type Diagnostic } from "./run-tsc.ts";

/**
 * Puts flowkeep into a project's `node_modules` as users have it: `package.json` and declaration files.
 *
 * @returns what the compiler finds wrong in the sources
 */
export async function installDeclarations(project: string): Promise<readonly Diagnostic[]> {
  const installed = join(project, "node_modules/flowkeep");
  mkdirSync(installed, { recursive: true });
  const { name, type, exports } = JSON.parse(readFileSync(`${repository}package.json`, "utf8"));
  writeFileSync(join(installed, "package.json"), JSON.stringify({ name, type, exports }));
  const build = {
    extends: `${repository}tsconfig.build.json`,
    compilerOptions: {
      rootDir: `${repository}src`,
      outDir: join(installed, "dist/types"),
      typeRoots: [`${repository}node_modules/@types`],
    },
    include: [`${repository}src/index.ts`],
  };
  writeFileSync(join(installed, "build.json"), JSON.stringify(build));
  return (await runTsc(installed, "-p", "build.json")).diagnostics;
}

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { isGenerated } from "../../emit/header.ts";
import { readText } from "../read-text.ts";

/** Files with flowkeep's header that nothing generates any more. */
export async function findOrphans(root: string, generated: ReadonlySet<string>): Promise<readonly string[]> {
  const orphans: string[] = [];
  for (const path of await listOutputs(root)) {
    if (!generated.has(path) && isGenerated((await readText(root, path)) ?? "")) orphans.push(path);
  }
  return orphans;
}

/** Every file where generated files may lie. */
async function listOutputs(root: string): Promise<readonly string[]> {
  const workflows = await list(root, ".github/workflows");
  const actions = await list(root, ".github/actions");
  const isYaml = (name: string): boolean => /\.ya?ml$/.test(name);
  return [
    ...workflows.filter(({ name, isFile }) => isFile && isYaml(name)).map(({ name }) => `.github/workflows/${name}`),
    ...actions.filter(({ isFile }) => !isFile).map(({ name }) => `.github/actions/${name}/action.yml`),
  ];
}

async function list(
  root: string,
  folder: string,
): Promise<readonly { readonly name: string; readonly isFile: boolean }[]> {
  try {
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() || entry.isDirectory())
      .map((entry) => ({ name: entry.name, isFile: entry.isFile() }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) return [];
    throw error;
  }
}

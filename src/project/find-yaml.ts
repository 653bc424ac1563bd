import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readYamlFiles, type YamlFile } from "./read-yaml.ts";

/**
 * Reads the workflows and actions that paths name. A folder stands for those in it, at any depth; of its other YAML files only
 * those that look like workflows or actions are taken.
 *
 * @param paths from the root, with `/`; none: the repository's own
 * @param withGenerated whether of the repository's own those are meant that sources generate
 */
export async function findYaml(
  root: string,
  paths: readonly string[],
  withGenerated = false,
): Promise<readonly YamlFile[]> {
  if (paths.length === 0) {
    const own = [".github", "action.yml", "action.yaml"].filter((path) => existsSync(join(root, path)));
    return readYamlFiles(root, own, withGenerated);
  }
  const files = new Map<string, YamlFile>();
  for (const path of paths) {
    const isNamed = /\.ya?ml$/.test(path);
    const listed = isNamed ? [] : await listBelow(root, path);
    const found =
      listed === undefined ? [] : await readYamlFiles(root, listed.length > 0 || !isNamed ? listed : [path]);
    for (const file of found) if (isNamed || looksRight(file)) files.set(file.path, file);
    if (listed === undefined) for (const file of await readYamlFiles(root, [path])) files.set(file.path, file);
  }
  return [...files.values()];
}

/** The YAML files in a folder and below; undefined where there is no such folder. */
async function listBelow(root: string, folder: string): Promise<readonly string[] | undefined> {
  try {
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    const below = (name: string): string => (folder === "" || folder === "." ? name : `${folder}/${name}`);
    const lists = await Promise.all(
      entries
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map(async (entry) => {
          if (entry.isDirectory())
            return SKIPPED.has(entry.name) ? [] : ((await listBelow(root, below(entry.name))) ?? []);
          return /\.ya?ml$/.test(entry.name) ? [below(entry.name)] : [];
        }),
    );
    return lists.flat();
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      return undefined;
    throw error;
  }
}

const SKIPPED: ReadonlySet<string> = new Set([".git", "node_modules"]);

/** By its place, or by the keys that only workflows and actions have. */
function looksRight(file: YamlFile): boolean {
  if (/(?:^|\/)(?:\.github\/workflows\/[^/]+|action\.ya?ml)$/.test(file.path)) return true;
  return file.kind === "text" && /^["']?(?:on["']?:[^]*^jobs|jobs["']?:[^]*^["']?on|runs)["']?:/m.test(file.text);
}

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readYaml, readYamlFiles, type YamlFile } from "./read-yaml.ts";

/**
 * Reads the workflows and actions that paths name. A folder stands for those in it, at any depth; of its other YAML files only
 * those that look like workflows or actions are taken.
 *
 * @param paths from the root, with `/`; none: the repository's own
 * @param withGenerated whether of the repository's own those are meant that sources generate
 */
export function findYaml(root: string, paths: readonly string[], withGenerated = false): readonly YamlFile[] {
  if (paths.length === 0) {
    const own = [".github", "action.yml", "action.yaml"].filter((path) => existsSync(join(root, path)));
    return readYamlFiles(root, own, withGenerated);
  }
  const files = new Map<string, YamlFile>();
  for (const path of paths) {
    const isNamed = /\.ya?ml$/.test(path);
    const listed = isNamed ? [{ path, isFile: false }] : listBelow(root, path);
    // What the folder's own list calls a file need not be asked whether it is a folder.
    const found = listed?.flatMap((each) =>
      each.isFile ? readYaml(root, each.path, true) : readYamlFiles(root, [each.path]),
    );
    for (const file of found ?? []) if (isNamed || looksRight(file)) files.set(file.path, file);
    if (listed === undefined) for (const file of readYamlFiles(root, [path])) files.set(file.path, file);
  }
  return [...files.values()];
}

interface Listed {
  readonly path: string;
  /** A link may lead to a folder. */
  readonly isFile: boolean;
}

/** The YAML files in a folder and below; undefined where there is no such folder. */
function listBelow(root: string, folder: string): readonly Listed[] | undefined {
  try {
    const entries = readdirSync(join(root, folder), { withFileTypes: true });
    const below = (name: string): string => (folder === "" || folder === "." ? name : `${folder}/${name}`);
    return entries
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => {
        if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : (listBelow(root, below(entry.name)) ?? []);
        return /\.ya?ml$/.test(entry.name) ? [{ path: below(entry.name), isFile: entry.isFile() }] : [];
      });
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

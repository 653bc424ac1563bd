import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { isGenerated } from "../emit/header.ts";

/** A YAML file as it lies on disk. */
export type YamlFile =
  | { readonly kind: "text"; readonly path: string; readonly text: string }
  | { readonly kind: "unreadable"; readonly path: string; readonly reason: string };

/**
 * Reads YAML files. A folder stands for those in it; one that holds `.github`, and `.github` itself, for its workflows and actions.
 *
 * @param paths from the root, with `/`
 * @param withGenerated whether in a folder what is generated already is meant, too
 */
export async function readYamlFiles(
  root: string,
  paths: readonly string[],
  withGenerated = false,
): Promise<readonly YamlFile[]> {
  const files = new Map<string, YamlFile>();
  for (const path of paths) {
    for (const file of await listYaml(root, path)) {
      const read = await readYaml(root, file);
      const isMeant = withGenerated || file === path || read.kind === "unreadable" || !isGenerated(read.text);
      if (isMeant) files.set(file, read);
    }
  }
  return [...files.values()];
}

async function listYaml(root: string, path: string): Promise<readonly string[]> {
  const names = await listFolder(root, path);
  if (names === undefined) return [path];
  const below = (name: string): string => (path === "" || path === "." ? name : `${path}/${name}`);
  if (names.includes(".github")) return listYaml(root, below(".github"));
  if (!/(^|\/)\.github$/.test(path)) return names.filter((name) => /\.ya?ml$/.test(name)).map(below);
  const workflows = (await listFolder(root, below("workflows"))) ?? [];
  const actions = (await listFolder(root, below("actions"))) ?? [];
  const manifests = await Promise.all(
    actions.map(async (action) =>
      ((await listFolder(root, below(`actions/${action}`))) ?? [])
        .filter((name) => /^action\.ya?ml$/.test(name))
        .map((name) => below(`actions/${action}/${name}`)),
    ),
  );
  const yaml = workflows.filter((name) => /\.ya?ml$/.test(name)).map((name) => below(`workflows/${name}`));
  return [...yaml, ...manifests.flat()];
}

async function listFolder(root: string, path: string): Promise<readonly string[] | undefined> {
  try {
    return (await readdir(join(root, path))).sort();
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      return undefined;
    throw error;
  }
}

async function readYaml(root: string, path: string): Promise<YamlFile> {
  const unreadable = (reason: string): YamlFile => ({ kind: "unreadable", path, reason });
  try {
    if (!(await stat(join(root, path))).isFile()) return unreadable("this is no file");
    const bytes = await readFile(join(root, path));
    return { kind: "text", path, text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch (error) {
    if (error instanceof TypeError) return unreadable("this is no UTF-8");
    if (error instanceof Error && "code" in error) {
      return unreadable(error.code === "ENOENT" ? "there is no such file" : `this cannot be read: ${error.message}`);
    }
    throw error;
  }
}

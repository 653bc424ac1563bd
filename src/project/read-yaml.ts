import { isUtf8 } from "node:buffer";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { isGenerated } from "../emit/header.ts";

/** A YAML file as it lies on disk. */
export type YamlFile =
  | { readonly kind: "text"; readonly path: string; readonly text: string }
  | { readonly kind: "unreadable"; readonly path: string; readonly reason: string };

/**
 * Reads YAML files. A folder stands for those in it; one that holds `.github`, and `.github` itself, for its workflows and actions;
 * `.github/actions` for its actions.
 *
 * @param paths from the root, with `/`
 * @param withGenerated whether in a folder what is generated already is meant, too
 */
export function readYamlFiles(root: string, paths: readonly string[], withGenerated = false): readonly YamlFile[] {
  const files = new Map<string, YamlFile>();
  for (const path of paths) {
    for (const file of listYaml(root, path)) {
      const read = readYaml(root, file);
      const isMeant = withGenerated || file === path || read.kind === "unreadable" || !isGenerated(read.text);
      if (isMeant) files.set(file, read);
    }
  }
  return [...files.values()];
}

function listYaml(root: string, path: string): readonly string[] {
  const names = listFolder(root, path);
  if (names === undefined) return [path];
  const below = (name: string): string => (path === "" || path === "." ? name : `${path}/${name}`);
  if (names.includes(".github")) return listYaml(root, below(".github"));
  const isYaml = (name: string): boolean => /\.ya?ml$/.test(name);
  if (/(^|\/)\.github\/actions$/.test(path)) return [...names.filter(isYaml).map(below), ...listManifests(root, path)];
  if (!/(^|\/)\.github$/.test(path)) return names.filter(isYaml).map(below);
  const workflows = listFolder(root, below("workflows")) ?? [];
  return [
    ...workflows.filter(isYaml).map((name) => below(`workflows/${name}`)),
    ...listManifests(root, below("actions")),
  ];
}

/** A folder's actions, each in a folder of its own. */
function listManifests(root: string, folder: string): readonly string[] {
  return (listFolder(root, folder) ?? []).flatMap((action) =>
    (listFolder(root, `${folder}/${action}`) ?? [])
      .filter((name) => /^action\.ya?ml$/.test(name))
      .map((name) => `${folder}/${action}/${name}`),
  );
}

function listFolder(root: string, path: string): readonly string[] | undefined {
  try {
    return readdirSync(join(root, path)).sort();
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      return undefined;
    throw error;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "you may not read this file",
  ELOOP: "this is a symbolic link that leads to itself",
};

/**
 * Reads one file.
 *
 * @param isFile whether its folder's list says that it is one
 */
export function readYaml(root: string, path: string, isFile = false): YamlFile {
  const unreadable = (reason: string): YamlFile => ({ kind: "unreadable", path, reason });
  const file = join(root, path);
  try {
    // A pipe or a device might never end.
    if (!isFile && !statSync(file).isFile()) return unreadable("this is no file");
    const bytes = readFileSync(file);
    return isUtf8(bytes) ? { kind: "text", path, text: bytes.toString("utf8") } : unreadable("this is no UTF-8");
  } catch (error) {
    if (error instanceof Error && "code" in error)
      return unreadable(REASONS[String(error.code)] ?? `this cannot be read: ${error.message}`);
    throw error;
  }
}

import type { By } from "./evidence.ts";
import type { Entry } from "./git/config-entries.ts";
import type { Text } from "./text.ts";

/** A file of the runner whose content matters. */
export type File =
  | { readonly kind: "config"; readonly entries: readonly Entry<By>[] }
  | { readonly kind: "text"; readonly text: Text; readonly by: By }
  /** Made by `mkdir`. */
  | { readonly kind: "directory" }
  /** It is there, or may be; what it holds is not known. */
  | { readonly kind: "unknown"; readonly reason: string };

/** The files that matter, by absolute path. Never changed: each change is a new map. */
export type Files = ReadonlyMap<Text, File>;

export const NO_FILES: Files = new Map();

export function withFile(files: Files, path: Text, file: File): Files {
  return new Map(files).set(path, file);
}

/** Without a file or a directory and all in it. */
export function withoutTree(files: Files, path: Text): Files {
  const left = [...files].filter(([name]) => !isInTree(name, path));
  return left.length === files.size ? files : new Map(left);
}

/** With a copy of a file or a directory at another path. */
export function copyTree(files: Files, from: Text, to: Text): Files {
  const copies = [...files].filter(([name]) => isInTree(name, from));
  if (copies.length === 0) return files;
  const made = new Map(files);
  for (const [name, file] of copies) made.set(to + name.slice(from.length), file);
  return made;
}

export function isInTree(path: Text, root: Text): boolean {
  return path === root || root === "/" || (path.startsWith(root) && path[root.length] === "/");
}

export function hasTree(files: Files, root: Text): boolean {
  if (files.has(root)) return true;
  for (const name of files.keys()) if (isInTree(name, root)) return true;
  return false;
}

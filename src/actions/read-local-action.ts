import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ReadError } from "../ir/errors.ts";
import { readManifest, type ManifestResult } from "./read-manifest.ts";

/** Reads the manifest of an action in the repository: `./.github/actions/setup`, relative to its root. */
export async function readLocalAction(root: string, folder: string): Promise<ManifestResult> {
  for (const name of ["action.yml", "action.yaml"]) {
    const path = join(folder, name);
    const text = await readFile(join(root, path), "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
      throw error;
    });
    if (text !== undefined) return readManifest(text, path);
  }
  const message = `${folder} is no action: it has neither an action.yml nor an action.yaml`;
  return { kind: "unreadable", errors: [new ReadError(message)] };
}

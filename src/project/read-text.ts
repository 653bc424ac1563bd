import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isSystemError } from "../ir/system-error.ts";

/** A file's text, or undefined where there is no such file. */
export async function readText(root: string, file: string): Promise<string | undefined> {
  const path = join(root, file);
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    // Of a folder Node does not say which.
    throw Object.assign(error, { path });
  }
}

import { rmdirSync, rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { replaceFile } from "./replace-file.ts";

/** A file that is made, or added to. */
export interface FileToMake {
  readonly path: string;
  readonly text: string;
  /** What stands there; undefined: nothing. */
  readonly before: string | undefined;
}

/** Makes files, and then does what belongs to them: all of it, or nothing. */
export async function makeFiles(root: string, files: readonly FileToMake[], then: () => void): Promise<void> {
  const undo: (() => Promise<void> | void)[] = [];
  try {
    for (const { path, text, before } of files) {
      const target = join(root, path);
      const made = await mkdir(dirname(target), { recursive: true });
      if (made !== undefined) undo.push(() => removeFolders(dirname(target), made));
      if (before === undefined) {
        await writeFile(target, text, { flag: "wx" });
        undo.push(() => rmSync(target));
      } else {
        await replaceFile(root, path, before, text);
        undo.push(() => replaceFile(root, path, text, before));
      }
    }
    then();
  } catch (error) {
    for (const step of undo.toReversed()) await step();
    throw error;
  }
}

function removeFolders(lowest: string, highest: string): void {
  for (let folder = lowest; folder.startsWith(highest); folder = dirname(folder)) rmdirSync(folder);
}

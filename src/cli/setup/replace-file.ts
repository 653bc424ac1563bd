import { renameSync, rmSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../../ir/errors.ts";

/** Writes another text into a person's file, whole or not at all, if it is still as it was read. */
export async function replaceFile(root: string, path: string, before: string, after: string): Promise<void> {
  const target = join(root, path);
  const beside = `${target}.flowkeep-${process.pid}`;
  try {
    await writeFile(beside, after, { flag: "wx" });
    if ((await readFile(target, "utf8")) !== before)
      throw new UsageError(`${path} has just been changed: run the command again`);
    renameSync(beside, target);
  } finally {
    rmSync(beside, { force: true });
  }
}

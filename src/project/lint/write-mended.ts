import { randomUUID } from "node:crypto";
import { chmodSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { OutputFile } from "../../emit/plan-writes.ts";
import { UsageError } from "../../ir/errors.ts";
import { describeSystemError, isSystemError } from "../../ir/system-error.ts";

/** A file that people wrote, with its mended text. */
export interface FixedFile extends OutputFile {
  readonly before: string;
}

/**
 * Writes the mended texts of files that people wrote: all of them or none. Each is written beside its file first and takes its name
 * when all are written; a file that is not any more what was read stays, and so do all.
 */
export function writeMended(root: string, files: readonly FixedFile[]): void {
  const staged: { readonly target: string; readonly temporary: string; readonly before: string }[] = [];
  const done: typeof staged = [];
  try {
    for (const { path, before, text } of files) {
      // A link stays a link: what it leads to is mended.
      const target = realpathSync(join(root, path));
      if (readFileSync(target, "utf8") !== before)
        throw new UsageError(`${path} was changed while it was mended: nothing was written, run the command again`);
      const temporary = join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`);
      staged.push({ target, temporary, before });
      writeFileSync(temporary, text, { flag: "wx" });
      chmodSync(temporary, statSync(target).mode);
    }
    for (const each of staged) {
      renameSync(each.temporary, each.target);
      done.push(each);
    }
  } catch (error) {
    for (const { target, before } of done) writeFileSync(target, before);
    for (const { temporary } of staged) rmSync(temporary, { force: true });
    if (!isSystemError(error)) throw error;
    throw new UsageError(`the mended files cannot be written, and none was: ${describeSystemError(error)}`);
  }
}

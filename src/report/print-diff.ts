import { createTwoFilesPatch } from "diff";
import type { Paint } from "./paint.ts";

/** A unified diff as `git diff` and `patch` know it; `undefined` is a file that is not there. */
export function printDiff(path: string, before: string | undefined, after: string | undefined): string {
  const from = before === undefined ? "/dev/null" : `a/${path}`;
  const to = after === undefined ? "/dev/null" : `b/${path}`;
  const patch = createTwoFilesPatch(from, to, before ?? "", after ?? "", undefined, undefined, { context: 3 });
  return patch.replace(/^=+\n/, "");
}

/** The diff in colours. */
export function paintDiff(diff: string, paint: Paint): string {
  return diff.replace(/^(?:---|\+\+\+|@@|-|\+).*$/gm, (line) => {
    if (line.startsWith("---") || line.startsWith("+++")) return paint("bold", line);
    return paint(line.startsWith("@") ? "cyan" : line.startsWith("-") ? "red" : "green", line);
  });
}

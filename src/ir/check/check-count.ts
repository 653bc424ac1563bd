import type { Scalar } from "../node.ts";
import type { Path } from "../origin.ts";
import type { Report } from "../syntax-problem.ts";

/**
 * Numbers that GitHub counts with, from 1. Sources: docs.github.com, "jobs.<job_id>.steps[*].timeout-minutes", which wants a
 * positive integer; GitHub's server, which cuts off fractions.
 */
export function checkCount(count: Scalar | undefined, path: Path, report: Report): void {
  if (typeof count?.value !== "number") return;
  const { value, text } = count;
  if (value < 0) report("bad-value", `\`${text}\` is less than nothing: write a whole number from 1`, count, path);
  else if (!Number.isInteger(value) && value > 1)
    report(
      "bad-value",
      `GitHub cuts \`${text}\` to \`${Math.trunc(value)}\`: write a whole number`,
      count,
      path,
      "warning",
    );
  else if (value < 1)
    report("bad-value", `\`${text}\` sets no limit: write a whole number from 1`, count, path, "warning");
}

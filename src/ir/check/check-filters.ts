import type { Scalar } from "../node.ts";
import type { Path } from "../origin.ts";
import type { Report } from "../syntax-problem.ts";
import { scalarsOf } from "../walk.ts";
import type { Filters } from "../workflow.ts";

const OPPOSITES = [
  ["branches", "branchesIgnore"],
  ["tags", "tagsIgnore"],
  ["paths", "pathsIgnore"],
] as const satisfies readonly (readonly [keyof Filters, keyof Filters])[];
const REFS = ["branches", "branchesIgnore", "tags", "tagsIgnore"] as const;

/**
 * What an event's filters say together. Sources: docs.github.com, "on.<push|pull_request|pull_request_target>.<paths|paths-ignore>",
 * and what GitHub says of such a file: "you may only define one of `paths` and `paths-ignore` for a single event".
 */
export function checkFilters(filters: Filters, path: Path, report: Report): void {
  for (const [name, opposite] of OPPOSITES) {
    const wanted = filters[name];
    if (wanted !== undefined && filters[opposite] !== undefined) {
      const message = `an event has \`${name}\` or \`${name}-ignore\`, not both: write \`!\` before what \`${name}\` should leave out`;
      report("conflicting-keys", message, keyOf(filters, `${name}-ignore`) ?? filters, [...path, `${name}-ignore`]);
    }
    // `branches` beside `tags: ["!**"]` runs for branches alone.
    if (name !== "paths" && REFS.filter((key) => filters[key] !== undefined).length > 1) continue;
    const patterns = scalarsOf(wanted);
    const [first] = patterns;
    if (first === undefined || !patterns.every(({ text }) => text.startsWith("!"))) continue;
    const message = `each pattern begins with \`!\`, so there is nothing that they leave out: write \`${name}-ignore\``;
    report("bad-value", message, first, [...path, name], "warning");
  }
}

function keyOf({ keys }: Filters, name: string): Scalar | undefined {
  return keys.find(({ text }) => text === name);
}

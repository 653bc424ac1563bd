import { hasExpression } from "../expression-text.ts";
import { holdsExpression } from "../holds-expression.ts";
import type { Entry, Scalar } from "../node.ts";
import type { Path } from "../origin.ts";
import { nearestName } from "../suggest.ts";
import type { Report } from "../syntax-problem.ts";
import type { Matrix } from "../workflow.ts";

/**
 * A matrix makes at least one job, and excludes only what its axes can make. Source: the conversion of `strategy` and
 * MatrixBuilder.cs in GitHub's server.
 */
export function checkMatrix(matrix: Matrix, path: Path, report: Report): void {
  const axes = matrix.entries.filter(({ key }) => key.text !== "include" && key.text !== "exclude");
  for (const { key, value } of axes.filter(isEmpty)) {
    report("bad-value", `the axis \`${key.text}\` has no values: the matrix makes no job`, value, [...path, key.text]);
  }
  const include = matrix.entries.find(({ key }) => key.text === "include");
  // A matrix without any entry has been reported.
  if (matrix.entries.length > 0 && axes.length === 0 && (include === undefined || isEmpty(include))) {
    report("missing-key", "a matrix needs an axis, or an `include` that is not empty", matrix, path);
    return;
  }
  // An expression may bring axes of its own.
  if (matrix.entries.some(({ key, value }) => hasExpression(key.text) || holdsExpression(value))) return;
  checkFilter(include, path, report);
  const exclude = matrix.entries.find(({ key }) => key.text === "exclude");
  checkFilter(exclude, path, report, new Set(axes.map(({ key }) => key.text)));
  if (exclude === undefined) checkJobCount(matrix, axes, include, path, report);
}

/** Source: docs.github.com, "jobs.<job_id>.strategy.matrix". */
const MOST_JOBS = 256;

/** What `include` adds to the axes' combinations is another job at most; without axes, each of it is one. */
function checkJobCount(
  matrix: Matrix,
  axes: readonly Entry[],
  include: Entry | undefined,
  path: Path,
  report: Report,
): void {
  const lengths = axes.map(({ value }) => (value.kind === "sequence" ? value.items.length : 1));
  const included = include?.value.kind === "sequence" ? include.value.items.length : 0;
  const jobs = axes.length === 0 ? included : lengths.reduce((product, length) => product * length, 1);
  if (jobs > MOST_JOBS)
    report("bad-value", `this matrix makes ${jobs} jobs, and GitHub makes at most ${MOST_JOBS} of one`, matrix, path);
}

/** @param axes the keys that each mapping of the filter may have; all where not given */
function checkFilter(filter: Entry | undefined, path: Path, report: Report, axes?: ReadonlySet<string>): void {
  if (filter?.value.kind !== "sequence") return;
  filter.value.items.forEach((item, index) => {
    if (item.kind !== "mapping") return;
    const at = [...path, filter.key.text, index];
    if (item.entries.length === 0) report("bad-value", `an empty mapping ${filter.key.text}s nothing`, item, at);
    for (const { key } of item.entries)
      if (axes !== undefined && !hasAxis(axes, key)) reportAxis(key, axes, at, report);
  });
}

function hasAxis(axes: ReadonlySet<string>, { text }: Scalar): boolean {
  return axes.has(text) || [...axes].some((axis) => axis.toLowerCase() === text.toLowerCase());
}

function reportAxis(key: Scalar, axes: ReadonlySet<string>, path: Path, report: Report): void {
  const near = nearestName(key.text, axes);
  const hint = near === undefined ? `the axes are ${[...axes].join(", ")}` : `did you mean \`${near}\`?`;
  report("unknown-key", `the matrix has no axis \`${key.text}\` to exclude; ${hint}`, key, [...path, key.text]);
}

function isEmpty({ value }: Entry): boolean {
  return value.kind === "sequence" && value.items.length === 0;
}

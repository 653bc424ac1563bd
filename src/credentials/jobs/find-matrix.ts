import type { Job } from "../../ir/workflow.ts";
import type { Value } from "../../ir/node.ts";
import type { Text } from "../text.ts";

/** One of a matrix's jobs; its values by name, those of objects by `name.key`. */
export interface MatrixJob {
  readonly values: ReadonlyMap<string, Text>;
  /** For people; undefined where there is one job, or the values are not told apart. */
  readonly when: string | undefined;
}

/** More jobs than this are one, with symbols for values. */
const MOST_JOBS = 4;

const ONE: readonly MatrixJob[] = [{ values: new Map(), when: undefined }];

/** The values of one of a matrix's jobs, for who walks through it. */
export type MatrixValues = Pick<ReadonlyMap<string, Text>, "get">;

/**
 * Walks through a job once for each of its matrix's jobs, but for those that are like an earlier one in every value that was read
 * there: they go the same way.
 */
export function walkMatrix<T>(job: Job, walk: (values: MatrixValues, when: string | undefined) => T): readonly T[] {
  const walked: { readonly values: MatrixValues; readonly read: ReadonlySet<string> }[] = [];
  return findMatrix(job).flatMap(({ values, when }) => {
    const isLike = (other: (typeof walked)[number]): boolean =>
      [...other.read].every((name) => other.values.get(name) === values.get(name));
    if (walked.some(isLike)) return [];
    const read = new Set<string>();
    walked.push({ values, read });
    const get = (name: string): Text | undefined => {
      read.add(name);
      return values.get(name);
    };
    return [walk({ get }, when)];
  });
}

/** One of a matrix's jobs, as it is written. */
type Combination = ReadonlyMap<string, Value>;

/**
 * The jobs of a matrix whose values are written out and few; else one job whose values are not known. `exclude` goes before `include`; an
 * `include` that fits no combination is one of its own, and what one adds a later one may change: docs.github.com, "Workflow syntax",
 * jobs.<job_id>.strategy.matrix.
 */
export function findMatrix(job: Job): readonly MatrixJob[] {
  const { strategy } = job;
  if (strategy?.kind !== "strategy" || strategy.matrix?.kind !== "mapping") return ONE;
  const { entries } = strategy.matrix;
  const axes = entries.filter(({ key }) => key.text !== "include" && key.text !== "exclude");
  const listed = (name: string): readonly Combination[] | undefined => {
    const list = entries.find(({ key }) => key.text === name)?.value;
    if (list === undefined) return [];
    return list.kind === "sequence" && list.items.every(isPlain) ? list.items.flatMap(mapOf) : undefined;
  };
  const [include, exclude] = [listed("include"), listed("exclude")];
  if (include === undefined || exclude === undefined) return ONE;
  let combinations: readonly Combination[] = axes.length === 0 ? [] : [new Map()];
  for (const { key, value } of axes) {
    if (value.kind !== "sequence" || !value.items.every(isPlain)) return ONE;
    combinations = combinations.flatMap((made) => value.items.map((item) => new Map(made).set(key.text, item)));
    if (combinations.length > MOST_COMBINATIONS) return ONE;
  }
  const original = combinations.filter((made) => !exclude.some((entry) => fits(entry, made, [...entry.keys()])));
  const names = new Set(axes.map(({ key }) => key.text));
  combinations = original;
  for (const entry of include) {
    const shared = [...entry.keys()].filter((name) => names.has(name));
    const fitting = new Set(original.flatMap((made, at) => (fits(entry, made, shared) ? [at] : [])));
    if (fitting.size === 0) combinations = [...combinations, entry];
    else combinations = combinations.map((made, at) => (fitting.has(at) ? new Map([...made, ...entry]) : made));
  }
  return combinations.length === 0 ? ONE : toJobs(combinations, job);
}

/** More combinations than this are not written out. */
const MOST_COMBINATIONS = 256;

/** One for each combination; where they are many, for each of the values that the job's steps ask for. */
function toJobs(combinations: readonly Combination[], job: Job): readonly MatrixJob[] {
  const all = combinations.map(flattened);
  if (all.length <= MOST_JOBS) return all.map(toJob);
  const text =
    job.steps?.span === undefined ? "" : job.steps.span.file.text.slice(job.steps.span.start, job.steps.span.end);
  const isAsked = (name: string): boolean => {
    const [axis = ""] = name.split(".");
    return text.includes(`matrix.${axis}`) || text.includes(`matrix['${axis}']`);
  };
  const asked = new Map<string, ReadonlyMap<string, Text>>();
  for (const values of all) {
    const own = new Map([...values].filter(([name]) => isAsked(name)));
    asked.set(JSON.stringify([...own]), own);
  }
  return asked.size <= MOST_JOBS ? [...asked.values()].map(toJob) : ONE;
}

function mapOf(item: Value): readonly Combination[] {
  return item.kind === "mapping" ? [new Map(item.entries.map(({ key, value }) => [key.text, value]))] : [];
}

function fits(entry: Combination, made: Combination, names: readonly string[]): boolean {
  return names.every((name) => {
    const [wanted, value] = [entry.get(name), made.get(name)];
    return wanted !== undefined && value !== undefined && isSame(wanted, value);
  });
}

function isSame(a: Value, b: Value): boolean {
  return JSON.stringify(flatten("", a)) === JSON.stringify(flatten("", b));
}

function flattened(combination: Combination): ReadonlyMap<string, Text> {
  return new Map([...combination].flatMap(([name, value]) => flatten(name, value)));
}

function toJob(values: ReadonlyMap<string, Text>): MatrixJob {
  const shown = [...values]
    .slice(0, 2)
    .map(([name, text]) => `matrix.${name} is ${text.length > 40 ? `${text.slice(0, 40)}…` : text}`);
  return { values, when: shown.join(", and ") };
}

function flatten(name: string, value: Value): readonly (readonly [string, Text])[] {
  if (value.kind === "scalar") return [[name, value.text]];
  return value.kind === "mapping"
    ? value.entries.flatMap(({ key, value }) => flatten(`${name}.${key.text}`, value))
    : [];
}

function isPlain(value: Value): boolean {
  if (value.kind === "scalar") return !value.text.includes("${{");
  if (value.kind === "sequence") return value.items.every(isPlain);
  return value.entries.every((entry) => isPlain(entry.value));
}

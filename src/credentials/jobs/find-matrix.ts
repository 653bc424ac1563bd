import type { Job } from "../../ir/workflow.ts";
import type { Mapping, Sequence, Value } from "../../ir/node.ts";
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

/** The jobs of a matrix whose values are written out and few; else one job whose values are not known. */
export function findMatrix({ strategy }: Job): readonly MatrixJob[] {
  if (strategy?.kind !== "strategy" || strategy.matrix?.kind !== "mapping") return ONE;
  const entries = strategy.matrix.entries;
  const axes = entries.filter(({ key }) => key.text !== "include" && key.text !== "exclude");
  if (entries.some(({ key }) => key.text === "exclude")) return ONE;
  const include = entries.find(({ key }) => key.text === "include")?.value;
  if (axes.length > 0 && include !== undefined) return ONE;
  if (include !== undefined) return include.kind === "sequence" ? fromList(include) : ONE;
  let combinations: readonly ReadonlyMap<string, Text>[] = [new Map()];
  for (const { key, value } of axes) {
    if (value.kind !== "sequence" || !value.items.every(isPlain)) return ONE;
    combinations = combinations.flatMap((made) =>
      value.items.map((item) => new Map([...made, ...flatten(key.text, item)])),
    );
    if (combinations.length > MOST_JOBS) return ONE;
  }
  return combinations.length === 0 ? ONE : combinations.map(toJob);
}

function fromList({ items }: Sequence): readonly MatrixJob[] {
  if (items.length === 0 || items.length > MOST_JOBS || !items.every(isPlain)) return ONE;
  const maps = items.filter((item): item is Mapping => item.kind === "mapping");
  if (maps.length !== items.length) return ONE;
  return maps.map((map) => toJob(new Map(map.entries.flatMap(({ key, value }) => flatten(key.text, value)))));
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

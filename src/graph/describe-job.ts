import type { Mapping, Value } from "../ir/node.ts";
import { scalarsOf } from "../ir/walk.ts";
import type { AnyJob, Job } from "../ir/workflow.ts";
import type { GraphMatrix } from "./graph-model.ts";

/** The ids of the jobs that a job waits for. */
export function needsOf({ needs }: AnyJob): readonly string[] {
  return scalarsOf(needs).map(({ text }) => text);
}

/** `ubuntu-latest`, `self-hosted, linux`, `group: big` */
export function describeRunsOn(runsOn: Job["runsOn"]): string | undefined {
  if (runsOn === undefined) return undefined;
  const texts = (labels: Parameters<typeof scalarsOf>[0]) => scalarsOf(labels).map(({ text }) => text);
  if (runsOn.kind !== "runner-group") return texts(runsOn).join(", ");
  const group = runsOn.group === undefined ? [] : [`group: ${runsOn.group.text}`];
  return [...group, ...texts(runsOn.labels)].join(", ");
}

export function describeEnvironment(environment: Job["environment"]): string | undefined {
  return environment?.kind === "environment" ? environment.name?.text : environment?.text;
}

/** A matrix folded to its axes, and how many jobs come of it. */
export function describeMatrix(strategy: AnyJob["strategy"]): GraphMatrix | undefined {
  if (strategy?.kind !== "strategy" || strategy.matrix === undefined) return undefined;
  if (strategy.matrix.kind === "scalar") return { axes: strategy.matrix.text };
  const { entries } = strategy.matrix;
  const axes = entries.filter(({ key }) => key.text !== "include" && key.text !== "exclude");
  const names = axes.map(({ key }) => key.text).join(" × ") || "include";
  const jobs = countJobs(
    axes.map(({ key, value }) => [key.text, value] as const),
    entries.find(({ key }) => key.text === "include")?.value,
    entries.find(({ key }) => key.text === "exclude")?.value,
  );
  return jobs === undefined ? { axes: names } : { axes: names, jobs };
}

type Combination = ReadonlyMap<string, string>;

/** More combinations than GitHub runs: docs.github.com, "Actions limits". */
const MOST_JOBS = 256;

/**
 * How many jobs a matrix makes. An entry of `include` that fits a combination adds to it; one that fits none is a job of its own.
 * Source: docs.github.com, "Running variations of jobs in a workflow".
 *
 * @returns undefined where an expression decides, or where they are too many
 */
function countJobs(
  axes: readonly (readonly [string, Value])[],
  include: Value | undefined,
  exclude: Value | undefined,
): number | undefined {
  let combinations: readonly Combination[] = axes.length === 0 ? [] : [new Map()];
  for (const [name, values] of axes) {
    if (values.kind !== "sequence") return undefined;
    const texts = values.items.map(textOf);
    if (texts.some(isOpen)) return undefined;
    combinations = combinations.flatMap((made) => texts.map((text) => new Map([...made, [name, text]])));
    if (combinations.length > MOST_JOBS) return undefined;
  }
  const [included, excluded] = [listOf(include), listOf(exclude)];
  if (included === undefined || excluded === undefined) return undefined;
  const left = combinations.filter((made) => !excluded.some((pattern) => fits(pattern, made, [...pattern.keys()])));
  const names = axes.map(([name]) => name);
  const added = included.filter(
    (entry) =>
      !left.some((made) =>
        fits(
          entry,
          made,
          names.filter((name) => entry.has(name)),
        ),
      ),
  );
  return left.length + added.length;
}

function fits(pattern: Combination, made: Combination, names: readonly string[]): boolean {
  return names.every((name) => pattern.get(name) === made.get(name));
}

/** Undefined where an expression decides. */
function listOf(value: Value | undefined): readonly Combination[] | undefined {
  if (value === undefined) return [];
  if (value.kind !== "sequence") return undefined;
  const maps = value.items.filter((item): item is Mapping => item.kind === "mapping");
  const lists = maps.map(
    ({ entries }) => new Map(entries.map(({ key, value: field }) => [key.text, textOf(field)] as const)),
  );
  return lists.some((list) => [...list.values()].some(isOpen)) ? undefined : lists;
}

function isOpen(text: string): boolean {
  return text.includes("${{");
}

/** Equal values, equal texts. */
function textOf(value: Value): string {
  switch (value.kind) {
    case "scalar":
      return value.text;
    case "sequence":
      return JSON.stringify(value.items.map(textOf));
    case "mapping":
      return JSON.stringify(value.entries.map((entry) => [entry.key.text, textOf(entry.value)]));
  }
}

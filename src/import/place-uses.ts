import type { Entry, Mapping, Value } from "../ir/node.ts";

/** Where `uses(…)` puts its ref: behind the name, the id and the condition, before all else (src/define/convert/convert-steps.ts). */
export function placeOfUses(rest: readonly Entry[]): number {
  const first = rest.findIndex(({ key }) => !["name", "id", "if"].includes(key.text));
  return first === -1 ? rest.length : first;
}

/**
 * A file with the `uses` of each step where `uses(…)` puts it. To GitHub the keys of a step have no order; it is only their
 * readers who look for some first.
 */
export function withUsesInPlace(file: Value): Value {
  const steps = (list: Value): Value =>
    list.kind === "sequence"
      ? { ...list, items: list.items.map((step) => inPlace(within(step, "parallel", steps))) }
      : list;
  const ofEach = (jobs: Value): Value =>
    jobs.kind === "mapping"
      ? { ...jobs, entries: jobs.entries.map(({ key, value }) => ({ key, value: within(value, "steps", steps) })) }
      : jobs;
  return within(within(file, "jobs", ofEach), "runs", (runs) => within(runs, "steps", steps));
}

function within(value: Value, name: string, change: (value: Value) => Value): Value {
  if (value.kind !== "mapping") return value;
  const at = value.entries.findIndex(({ key }) => key.text === name);
  const entry = value.entries[at];
  if (entry === undefined) return value;
  return { ...value, entries: value.entries.with(at, { key: entry.key, value: change(entry.value) }) };
}

function inPlace(step: Value): Value {
  if (step.kind !== "mapping") return step;
  const at = step.entries.findIndex(({ key }) => key.text === "uses");
  const uses = step.entries[at];
  if (uses === undefined) return step;
  const rest = step.entries.toSpliced(at, 1);
  return { ...step, entries: rest.toSpliced(placeOfUses(rest), 0, uses) } satisfies Mapping;
}

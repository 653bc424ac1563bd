import type { Entry, Value } from "../ir/node.ts";

/** The jobs that others need, each behind those that it needs itself. Jobs that need each other in a circle are left out. */
export function neededJobs(jobs: readonly Entry[]): readonly Entry[] {
  const byId = new Map(jobs.map((entry) => [entry.key.text, entry]));
  const needed = new Set(jobs.flatMap(({ value }) => needsOf(value)));
  const ordered: Entry[] = [];
  const states = new Map<string, "open" | "done" | "circular">();
  const visit = (id: string): "open" | "done" | "circular" => {
    const entry = byId.get(id);
    const state = states.get(id);
    if (state === "open") return "circular";
    if (state !== undefined || entry === undefined) return state ?? "done";
    states.set(id, "open");
    const isCircular = needsOf(entry.value).map(visit).includes("circular");
    const result = isCircular ? "circular" : "done";
    states.set(id, result);
    if (!isCircular && needed.has(id)) ordered.push(entry);
    return result;
  };
  for (const { key } of jobs) visit(key.text);
  return ordered;
}

/** The ids that a job's `needs` names. */
export function needsOf(job: Value): readonly string[] {
  const needs = entryOf(job, "needs");
  if (needs === undefined || needs.kind === "mapping") return [];
  const items = needs.kind === "scalar" ? [needs] : needs.items;
  return items.flatMap((item) => (item.kind === "scalar" ? [item.text] : []));
}

/** The value of a mapping's key. */
export function entryOf(value: Value, name: string): Value | undefined {
  return value.kind === "mapping" ? value.entries.find(({ key }) => key.text === name)?.value : undefined;
}

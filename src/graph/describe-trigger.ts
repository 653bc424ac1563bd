import type { Filters, On, Schedule } from "../ir/workflow.ts";
import { scalarsOf } from "../ir/walk.ts";
import type { GraphTrigger } from "./graph-model.ts";

/** The events that start a workflow, with their filters in words. */
export function describeTriggers(on: On | undefined): readonly GraphTrigger[] {
  switch (on?.kind) {
    case undefined:
      return [];
    case "scalar":
      return [{ event: on.text, details: [] }];
    case "sequence":
      return on.items.map(({ text }) => ({ event: text, details: [] }));
    case "mapping":
      return on.entries.map(({ key, value }) => ({
        event: key.text,
        details:
          value.kind === "filters"
            ? describeFilters(value)
            : value.kind === "sequence"
              ? value.items.map(describeSchedule)
              : [],
      }));
  }
}

function describeSchedule({ cron, timezone }: Schedule): string {
  return timezone === undefined ? (cron?.text ?? "") : `${cron?.text ?? ""} (${timezone.text})`;
}

function describeFilters(filters: Filters): readonly string[] {
  const lists = {
    types: filters.types,
    branches: filters.branches,
    "branches-ignore": filters.branchesIgnore,
    tags: filters.tags,
    "tags-ignore": filters.tagsIgnore,
    paths: filters.paths,
    "paths-ignore": filters.pathsIgnore,
    workflows: filters.workflows,
    names: filters.names,
    versions: filters.versions,
  };
  const named = { inputs: filters.inputs, secrets: filters.secrets, outputs: filters.outputs };
  return [
    ...Object.entries(lists).flatMap(([name, list]) =>
      list === undefined
        ? []
        : `${name}: ${scalarsOf(list)
            .map(({ text }) => text)
            .join(", ")}`,
    ),
    ...Object.entries(named).flatMap(([name, map]) =>
      map?.kind === "mapping" ? `${name}: ${map.entries.map(({ key }) => key.text).join(", ")}` : [],
    ),
  ];
}

import { scalarsOf } from "../../ir/walk.ts";
import type { Filters, On, Trigger } from "../../ir/workflow.ts";

/** One way in which a run starts: what its event says of the `github` context, by path. Nothing is known of other paths. */
export type Start = ReadonlyMap<string, string>;

/** More ways to start than this are not told apart. */
const MOST_STARTS = 24;

const ANY_START: readonly Start[] = [new Map()];

/**
 * The ways in which the events of `on:` start a run. Who calls a reusable workflow decides for it: nothing is known then.
 * Source: docs.github.com, "Events that trigger workflows", and "Contexts reference", `github`.
 */
export function startsOf(on: On | undefined): readonly Start[] {
  if (on === undefined) return ANY_START;
  const triggers: readonly (readonly [string, Trigger | undefined])[] =
    on.kind === "mapping"
      ? on.entries.map(({ key, value }) => [key.text, value] as const)
      : scalarsOf(on).map(({ text }) => [text, undefined] as const);
  if (triggers.length === 0 || triggers.some(([event]) => event === "workflow_call" || event.includes("${{")))
    return ANY_START;
  const starts = triggers.flatMap(([event, trigger]) => startsBy(event, trigger));
  if (starts.length <= MOST_STARTS) return starts;
  return triggers.length <= MOST_STARTS
    ? triggers.map(([event]) => new Map([["github.event_name", event]]))
    : ANY_START;
}

function startsBy(event: string, trigger: Trigger | undefined): readonly Start[] {
  const filters = trigger?.kind === "filters" ? trigger : undefined;
  const facts: Facts = { "github.event_name": event };
  switch (event) {
    case "push":
      return pushRefs(filters).map((ref) => start(facts, NO_PULL_REQUEST, NO_ACTION, ref));
    case "schedule": {
      const crons = trigger?.kind === "sequence" ? trigger.items.map(({ cron }) => cron?.text) : [undefined];
      const on: Facts = { ...facts, ...NO_PULL_REQUEST, ...NO_ACTION, "github.ref_type": "branch" };
      return crons.map((cron) => start(on, cron === undefined ? {} : { "github.event.schedule": cron }));
    }
    case "workflow_dispatch":
      return [start(facts, NO_PULL_REQUEST, NO_ACTION)];
    case "pull_request":
    case "pull_request_target": {
      const [base, ...others] = literal(filters?.branches);
      const known: Facts = base === undefined || others.length > 0 ? {} : { "github.base_ref": base };
      return actions(filters, OPENED).map((action) => start(facts, known, action));
    }
    case "release":
      return actions(filters).map((action) => start(facts, NO_PULL_REQUEST, action, { "github.ref_type": "tag" }));
    case "issues":
    case "issue_comment":
    case "repository_dispatch":
    case "workflow_run":
      return actions(filters).map((action) => start(facts, NO_PULL_REQUEST, action));
    default:
      return actions(filters).map((action) => start(facts, action));
  }
}

type Facts = Readonly<Record<string, string>>;

function start(...facts: readonly Facts[]): Start {
  return new Map(facts.flatMap((each) => Object.entries(each)));
}

/** Set for pull requests only. */
const NO_PULL_REQUEST: Facts = { "github.head_ref": "", "github.base_ref": "" };
/** Events without activity types have none in their payload; missing values are the empty text. */
const NO_ACTION: Facts = { "github.event.action": "" };
/** What `pull_request` without `types` runs on. */
const OPENED = ["opened", "synchronize", "reopened"];

function actions(filters: Filters | undefined, usual: readonly string[] = []): readonly Facts[] {
  const types = filters?.types === undefined ? usual : scalarsOf(filters.types).map(({ text }) => text);
  if (types.length === 0 || types.some((type) => type.includes("${{"))) return [{}];
  return types.map((type) => ({ "github.event.action": type }));
}

/** Where a push may have gone to. With filters for branches alone no tag starts a run, and the other way round. */
function pushRefs(filters: Filters | undefined): readonly Facts[] {
  const [branches, tags] = [refsOf("branch", "heads", filters), refsOf("tag", "tags", filters)];
  const hasBranches = filters?.branches !== undefined || filters?.branchesIgnore !== undefined;
  const hasTags = filters?.tags !== undefined || filters?.tagsIgnore !== undefined;
  if (hasBranches === hasTags) return [...branches, ...tags];
  return hasBranches ? branches : tags;
}

function refsOf(type: "branch" | "tag", folder: string, filters: Filters | undefined): readonly Facts[] {
  const names = literal(type === "branch" ? filters?.branches : filters?.tags);
  if (names.length === 0) return [{ "github.ref_type": type }];
  return names.map((name) => ({
    "github.ref_type": type,
    "github.ref": `refs/${folder}/${name}`,
    "github.ref_name": name,
  }));
}

/** The names of a filter that has no patterns; none where it has. */
function literal(names: Filters["branches"]): readonly string[] {
  const written = scalarsOf(names).map(({ text }) => text);
  return written.some((name) => /[*?+[\]!\\]|\$\{\{/.test(name)) ? [] : written;
}

/** What a path of the `github` context is in every start; undefined where that is not known, or differs. */
export function sameInAll(path: string, starts: readonly Start[]): string | undefined {
  const [first, ...others] = starts;
  const value = first?.get(path);
  return others.every((other) => other.get(path) === value) ? value : undefined;
}

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** One run of `git push`, as git itself tells it: git-push(1) through GIT_TRACE2_EVENT, api-trace2. */
export interface TracedPush {
  /** As it was called, with its secrets. */
  readonly argv: readonly string[];
  /** The call of an alias that came to it: `git p origin` for `alias.p = push`. */
  readonly alias: readonly string[] | undefined;
  /** The URL that it went to in the end, with its secrets; undefined where it came to none. */
  readonly url: string | undefined;
  /** Milliseconds of the clock. */
  readonly started: number;
  /** Undefined where it was ended from outside. */
  readonly ended: number | undefined;
  readonly code: number | undefined;
}

interface TraceEvent {
  readonly event?: string;
  /** Of the process, behind those that started it: `parent/own`. */
  readonly sid?: string;
  readonly time?: string;
  readonly argv?: readonly string[];
  readonly name?: string;
  readonly code?: number;
}

/** Reads the pushes from a folder that git wrote its traces to, in the order in which they began. */
export async function readTracedPushes(folder: string): Promise<readonly TracedPush[]> {
  const files = await readdir(folder);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  const traces = texts.map((text) => text.split("\n").flatMap(readEvent));
  const aliases = new Map(traces.flatMap(aliasCall));
  return traces
    .map((events) => readTrace(events, aliases))
    .filter((push) => push !== undefined)
    .sort((a, b) => a.started - b.started);
}

/** A git that found an alias, and starts another git with what it stands for: by its sid, how it was called. */
function aliasCall(events: readonly TraceEvent[]): readonly (readonly [string, readonly string[]])[] {
  const start = events.find(({ event }) => event === "start");
  if (start?.argv === undefined || start.sid === undefined || !events.some(({ event }) => event === "alias")) return [];
  return [[start.sid, start.argv]];
}

function readTrace(
  events: readonly TraceEvent[],
  aliases: ReadonlyMap<string, readonly string[]>,
): TracedPush | undefined {
  const start = events.find(({ event }) => event === "start");
  const isPush = events.some(({ event, name }) => event === "cmd_name" && name === "push");
  if (start?.argv === undefined || !isPush) return undefined;
  const end = events.findLast(({ event }) => event === "exit" || event === "signal");
  const helper = events.find(
    ({ event, argv }) => event === "child_start" && argv?.some((word) => /^remote-https?$/.test(word)),
  );
  return {
    argv: start.argv,
    alias: aliases.get(start.sid ?? "") ?? aliases.get(start.sid?.replace(/\/[^/]*$/, "") ?? ""),
    url: helper?.argv?.at(-1),
    started: Math.floor(timeOf(start) ?? 0),
    ended: end === undefined ? undefined : timeOf(end),
    code: end?.code,
  };
}

function readEvent(line: string): readonly TraceEvent[] {
  if (line === "") return [];
  try {
    const event: unknown = JSON.parse(line);
    return typeof event === "object" && event !== null ? [event] : [];
  } catch {
    // The last line of a process that was killed.
    return [];
  }
}

function timeOf({ time }: TraceEvent): number | undefined {
  return time === undefined ? undefined : Date.parse(time);
}

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** One run of `git push`, as git itself tells it: git-push(1) through GIT_TRACE2_EVENT, api-trace2. */
export interface TracedPush {
  /** As it was called, with its secrets. */
  readonly argv: readonly string[];
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
  readonly time?: string;
  readonly argv?: readonly string[];
  readonly name?: string;
  readonly code?: number;
}

/** Reads the pushes from a folder that git wrote its traces to, in the order in which they began. */
export async function readTracedPushes(folder: string): Promise<readonly TracedPush[]> {
  const files = await readdir(folder);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  return texts
    .map(readTrace)
    .filter((push) => push !== undefined)
    .sort((a, b) => a.started - b.started);
}

function readTrace(text: string): TracedPush | undefined {
  const events = text.split("\n").flatMap(readEvent);
  const start = events.find(({ event }) => event === "start");
  const isPush = events.some(({ event, name }) => event === "cmd_name" && name === "push");
  if (start?.argv === undefined || !isPush) return undefined;
  const end = events.findLast(({ event }) => event === "exit" || event === "signal");
  const helper = events.find(
    ({ event, argv }) => event === "child_start" && argv?.some((word) => /^remote-https?$/.test(word)),
  );
  return {
    argv: start.argv,
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

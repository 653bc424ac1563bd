import type { Mapping, Value } from "../ir/node.ts";
import { sourceFile } from "../ir/span.ts";
import { eventsToValue } from "../read/events-to-value.ts";

/** A `Taskfile.yml`, as far as it is plain: taskfile.dev/docs/reference/schema. */
export interface Taskfile {
  readonly tasks: ReadonlyMap<string, Task>;
  readonly variables: Variables;
  readonly environment: Variables;
}

/** Name → its text; undefined where that is computed. */
export type Variables = ReadonlyMap<string, string | undefined>;

export interface Task {
  readonly needs: readonly Call[];
  readonly steps: readonly Step[];
  readonly directory: string | undefined;
  readonly variables: Variables;
  readonly environment: Variables;
  readonly ignoresErrors: boolean;
  /** Why it is not followed. */
  readonly reason: string | undefined;
}

export interface Call {
  readonly kind: "task";
  readonly name: string;
  readonly variables: Variables;
}

export type Step = Call | Command;

interface Command {
  readonly kind: "command";
  readonly text: string;
  /** Counts from 1. */
  readonly line: number;
  readonly ignoresErrors: boolean;
}

/** Undefined where it is no such file, or takes tasks and variables from others. */
export function readTaskfile(path: string, text: string): Taskfile | undefined {
  const root = eventsToValue(sourceFile(path, text));
  if (root?.kind !== "mapping" || inside(root, "includes") !== undefined || inside(root, "dotenv") !== undefined)
    return undefined;
  const tasks = new Map<string, Task>();
  const written = inside(root, "tasks");
  if (written?.kind !== "mapping") return undefined;
  const lineOf = (value: Value): number =>
    text.slice(0, value.span?.start ?? 0).split("\n").length +
    (value.kind === "scalar" && (value.style === "literal" || value.style === "folded") ? 1 : 0);
  for (const { key, value } of written.entries) {
    const task = readTask(value, lineOf);
    for (const name of [key.text, ...(value.kind === "mapping" ? textsIn(inside(value, "aliases")) : [])])
      tasks.set(name, task);
  }
  return { tasks, variables: variablesIn(inside(root, "vars")), environment: variablesIn(inside(root, "env")) };
}

function readTask(value: Value, lineOf: (value: Value) => number): Task {
  const body = value.kind === "mapping" ? value : undefined;
  const written = body === undefined ? value : (inside(body, "cmds") ?? inside(body, "cmd"));
  const steps = written === undefined ? [] : written.kind === "sequence" ? written.items : [written];
  const read = steps.map((step) => readStep(step, lineOf));
  const needs = itemsOf(body && inside(body, "deps")).map((need) => readStep(need, lineOf, true));
  const isOdd =
    body !== undefined && ["dotenv", "for", "if", "platforms"].some((name) => inside(body, name) !== undefined);
  return {
    needs: needs.filter((need) => need?.kind === "task"),
    steps: read.filter((step) => step !== undefined),
    directory: body === undefined ? undefined : textOf(inside(body, "dir")),
    variables: variablesIn(body && inside(body, "vars")),
    environment: variablesIn(body && inside(body, "env")),
    ignoresErrors: body !== undefined && textOf(inside(body, "ignore_error")) === "true",
    reason:
      isOdd || [...read, ...needs].includes(undefined) ? "has a condition or a loop that is not followed" : undefined,
  };
}

/** Undefined for what is more than a command or a call of another task. */
function readStep(value: Value, lineOf: (value: Value) => number, isNeed = false): Step | undefined {
  if (value.kind === "scalar")
    return isNeed
      ? { kind: "task", name: value.text, variables: new Map() }
      : { kind: "command", text: value.text, line: lineOf(value), ignoresErrors: false };
  if (value.kind !== "mapping" || ["for", "defer", "if", "platforms"].some((name) => inside(value, name) !== undefined))
    return undefined;
  const name = textOf(inside(value, "task"));
  if (name !== undefined) return { kind: "task", name, variables: variablesIn(inside(value, "vars")) };
  const command = inside(value, "cmd");
  if (command?.kind !== "scalar") return undefined;
  const ignoresErrors = textOf(inside(value, "ignore_error")) === "true";
  return { kind: "command", text: command.text, line: lineOf(command), ignoresErrors };
}

function variablesIn(value: Value | undefined): Variables {
  if (value?.kind !== "mapping") return new Map();
  return new Map(value.entries.map(({ key, value: inner }) => [key.text, textOf(inner)]));
}

function inside({ entries }: Mapping, name: string): Value | undefined {
  return entries.find(({ key }) => key.text === name)?.value;
}

function textOf(value: Value | undefined): string | undefined {
  return value?.kind === "scalar" ? value.text : undefined;
}

function itemsOf(value: Value | undefined): readonly Value[] {
  return value?.kind === "sequence" ? value.items : [];
}

function textsIn(value: Value | undefined): readonly string[] {
  return itemsOf(value).flatMap((item) => textOf(item) ?? []);
}

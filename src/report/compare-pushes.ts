import type { PushVerdict } from "../credentials/verdicts.ts";

/** What of a push two states of a repository are compared by. `pushes --format json` prints all of it. */
export type ComparedPush = Pick<PushVerdict, "workflow" | "job" | "step" | "stepName" | "command" | "verdict"> & {
  readonly target: PushVerdict["target"];
  readonly identity: ComparedIdentity;
  readonly intended: ComparedIdentity | null;
};

interface ComparedIdentity {
  readonly kind: string;
  readonly name?: string | undefined;
}

/** A push that is new, that is gone, or that GitHub sees otherwise than before. */
export interface PushChange {
  readonly before: ComparedPush | undefined;
  readonly after: ComparedPush | undefined;
}

/**
 * The pushes that are not as they were. The same push is one in the same job: with the same command if there is one, else with the
 * same step's name, else in the same order.
 */
export function comparePushes(before: readonly ComparedPush[], after: readonly ComparedPush[]): readonly PushChange[] {
  const left = new Set(before);
  const pairs = new Map<ComparedPush, ComparedPush>();
  for (const keyOf of KEYS)
    for (const push of after) {
      if (pairs.has(push)) continue;
      const same = [...left].find((old) => keyOf(old) === keyOf(push));
      if (same === undefined) continue;
      left.delete(same);
      pairs.set(push, same);
    }
  const changed = after.flatMap((push): readonly PushChange[] => {
    const old = pairs.get(push);
    return old !== undefined && isSeenAlike(old, push) ? [] : [{ before: old, after: push }];
  });
  return [...changed, ...[...left].map((old) => ({ before: old, after: undefined }))];
}

const KEYS: readonly ((push: ComparedPush) => string)[] = [
  ({ workflow, job, stepName, command }) => JSON.stringify([workflow, job, stepName ?? null, command]),
  ({ workflow, job, command }) => JSON.stringify([workflow, job, command]),
  ({ workflow, job, stepName, step }) => JSON.stringify([workflow, job, stepName ?? step]),
  ({ workflow, job }) => JSON.stringify([workflow, job]),
];

function isSeenAlike(a: ComparedPush, b: ComparedPush): boolean {
  return viewOf(a) === viewOf(b);
}

function viewOf({ identity, verdict, target }: ComparedPush): string {
  return JSON.stringify([identity.kind, identity.name ?? null, verdict, target.repository, target.ref]);
}

/** Reads what `pushes --format json` printed; undefined: it is nothing of that kind. */
export function readPushes(text: string): readonly ComparedPush[] | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(json) || json["version"] !== 1 || !Array.isArray(json["pushes"])) return undefined;
  const pushes: readonly unknown[] = json["pushes"];
  return pushes.every(isComparedPush) ? pushes : undefined;
}

function isComparedPush(push: unknown): push is ComparedPush {
  if (!isObject(push)) return false;
  const { workflow, job, command, verdict, target, identity, step } = push;
  const isText = [workflow, job, command, verdict].every((text) => typeof text === "string");
  return (
    isText && typeof step === "number" && isObject(target) && isObject(identity) && typeof identity["kind"] === "string"
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

import type { Data } from "./values.ts";
import { isTruthy, UNKNOWN } from "./values.ts";

/** A value in the middle of an evaluation. */
export interface Known {
  readonly kind: "value";
  readonly data: Data;
  /** A list made by `.*`: the next index goes to each of its items. */
  readonly filtered: boolean;
}

export interface Unknown {
  readonly kind: "unknown";
  /** Whether it counts as true, where at least that is known. */
  readonly truthy: boolean | undefined;
}

export interface Failed {
  readonly kind: "error";
  /** In GitHub's words. */
  readonly message: string;
}

export type Result = Known | Unknown | Failed;

export function known(data: Data | typeof UNKNOWN, filtered = false): Known | Unknown {
  return data === UNKNOWN ? unknown() : { kind: "value", data, filtered };
}

export function unknown(truthy?: boolean): Unknown {
  return { kind: "unknown", truthy };
}

export function failed(message: string): Failed {
  return { kind: "error", message };
}

export function truthOf(result: Known | Unknown): boolean | undefined {
  return result.kind === "unknown" ? result.truthy : isTruthy(result.data);
}

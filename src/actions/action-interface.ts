import { createHash } from "node:crypto";

/** What a caller of an action can see: what it takes, what it gives, what it runs on, what it runs in turn. */
export interface ActionInterface {
  /** `runs.using` in lower case: `node24`, `composite`, `docker`. */
  readonly using: string;
  /** In the manifest's order. */
  readonly inputs: ReadonlyMap<string, ActionInput>;
  /** Declared names, sorted. */
  readonly outputs: readonly string[];
  /** Distinct `uses` of a composite action's steps, as written, in order. */
  readonly nested: readonly string[];
  /** `runs.image` of a docker action, as written. */
  readonly image?: string | undefined;
}

export interface ActionInput {
  /** As the manifest says. GitHub does not enforce it; flowkeep does, where there is no default. */
  readonly required: boolean;
  /** The text that the runner makes of the default; undefined where there is none. */
  readonly default?: string | undefined;
  /** The deprecation message, or true where only the fact is known. */
  readonly deprecated?: string | true | undefined;
  readonly description?: string | undefined;
}

/** Whether a caller must give the input. A required input with a default may be left out: the runner fills it in. */
export function mustBeGiven(input: ActionInput): boolean {
  return input.required && input.default === undefined;
}

/**
 * A digest of what a caller depends on, for the lock file: `sha256-<base64>`.
 *
 * It covers `using`, `image`, `nested`, the outputs, and each input's name, `required`, default and whether it is deprecated;
 * not descriptions or messages, which the catalogue does not have, nor the order of the inputs. The same manifest has the same
 * digest whether it came from the catalogue or from a file.
 */
export function digestInterface(action: ActionInterface): string {
  const inputs = [...action.inputs]
    .map(([name, input]) => [name, input.required, input.default ?? null, input.deprecated !== undefined] as const)
    .sort(([a], [b]) => compareText(a, b));
  return digest([action.using, action.image ?? null, inputs, [...action.outputs].sort(compareText), action.nested]);
}

/** `sha256-<base64>` of a JSON value. */
export function digest(value: unknown): string {
  return `sha256-${createHash("sha256").update(JSON.stringify(value)).digest("base64")}`;
}

/** The order of every generated list: by code units, so that no locale has a say. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

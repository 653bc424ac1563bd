import { FUNCTIONS } from "./function-names.ts";

/** What a place offers to its expressions, beside the functions that every place has. */
export interface AvailableNames {
  /** In lower case. */
  readonly contexts: ReadonlySet<string>;
  /** Functions, by name in lower case, with the most arguments that they take here. */
  readonly functions: ReadonlyMap<string, number>;
}

/**
 * Reads a list of names; a function may have its count of arguments with it, as in GitHub's schema.
 *
 * @example
 * readAvailability(["github", "needs", "always(0,0)", "success(0,MAX)"]);
 */
export function readAvailability(names: readonly string[]): AvailableNames {
  let known = READ.get(names);
  if (known === undefined) READ.set(names, (known = read(names)));
  return known;
}

// The lists of src/ir/availability.ts come back for every expression.
const READ = new WeakMap<readonly string[], AvailableNames>();

function read(names: readonly string[]): AvailableNames {
  const contexts = new Set<string>();
  const functions = new Map<string, number>();
  for (const entry of names) {
    const [name = "", arity] = entry.toLowerCase().split("(");
    const known = FUNCTIONS.get(name);
    if (known === undefined && arity === undefined) contexts.add(name);
    else functions.set(name, mostArguments(name, arity, known?.max ?? 0, names));
  }
  return { contexts, functions };
}

/** A job may ask `success('build')`, a step may not; the places of steps are those that offer `steps` or `runner`. */
function mostArguments(name: string, arity: string | undefined, most: number, names: readonly string[]): number {
  if (arity !== undefined) {
    const stated = Number(arity.replace(/^.*,\s*|\)$/g, ""));
    return Number.isNaN(stated) ? most : stated;
  }
  const isOfSteps = names.includes("steps") || names.includes("runner");
  return isOfSteps && (name === "success" || name === "failure") ? 0 : most;
}

/** How many arguments a function takes, in words. */
export function describeArity(name: string, min: number, max: number): string {
  if (max === 0) return `${name}() takes none`;
  if (min === max) return `${name}() takes ${min}`;
  return max > 100 ? `${name}() takes at least ${min}` : `${name}() takes ${min} to ${max}`;
}

/** Names in a row, without those that nobody would read. */
export function listNames(names: readonly string[]): string {
  return names.length > 15 ? `${names.slice(0, 15).join(", ")}, …` : names.join(", ");
}

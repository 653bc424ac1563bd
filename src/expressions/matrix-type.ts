import type { Type } from "./types.ts";
import { ANY, listOf, NULL, objectOf, typeOfValue, union } from "./types.ts";
import type { Value } from "./values.ts";

/** A `strategy.matrix`. Texts with `${{ }}` in them are unknown, and so is whatever is undefined here. */
export interface MatrixFacts {
  /** The values of each axis, without `include` and `exclude`. */
  readonly axes: { readonly [name: string]: readonly Value[] | undefined };
  /** Undefined where it is an expression; leave it out or empty where there is none. */
  readonly include: readonly { readonly [name: string]: Value }[] | undefined;
}

/**
 * The type of `matrix`: an axis has its values, and a name that only `include` brings may be null.
 *
 * @example
 * matrixType({ axes: { os: ["ubuntu-latest"] }, include: [{ os: "macos-latest", slow: true }] });
 */
export function matrixType({ axes, include }: MatrixFacts): Type {
  const types = new Map<string, Type>();
  for (const [name, values] of Object.entries(axes)) {
    types.set(name, values === undefined ? ANY : union(...values.map(openTypeOfValue)));
  }
  // An include that is computed may bring any name and any value.
  if (include === undefined) return ANY;
  const isAlone = types.size === 0;
  for (const name of new Set(include.flatMap((entry) => Object.keys(entry)))) {
    const given = include.flatMap((entry) =>
      Object.hasOwn(entry, name) ? [openTypeOfValue(entry[name] ?? null)] : [],
    );
    const known = types.get(name);
    const isEverywhere = known !== undefined || (isAlone && given.length === include.length);
    types.set(name, union(...(known === undefined ? [] : [known]), ...given, ...(isEverywhere ? [] : [NULL])));
  }
  return objectOf(Object.fromEntries(types));
}

/** The type of a value as the workflow says it; what an expression computes may be anything. */
function openTypeOfValue(value: Value): Type {
  if (typeof value === "string" && value.includes("${{")) return ANY;
  if (typeof value !== "object" || value === null) return typeOfValue(value);
  if (Array.isArray(value)) return listOf(value.length === 0 ? ANY : union(...value.map(openTypeOfValue)));
  return objectOf(Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, openTypeOfValue(inner)])));
}

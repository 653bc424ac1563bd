import type { Value } from "../../shell/value.ts";
import { EMPTY } from "../../shell/value.ts";
import { withShell, type Hidden, type Variable, type World } from "../world.ts";

/** A variable's value; the name that a reference to it has (`declare -n`) leads there. */
export function valueOf(world: World, name: string): Value | undefined {
  return world.shell.variables.get(targetOf(world, name))?.value;
}

/** `NAME=value`, as a script sets it: it stays exported where it was. */
export function setValue(world: World, name: string, value: Value): World {
  const target = targetOf(world, name);
  const isExported = (world.shell.variables.get(target)?.isExported ?? false) || world.shell.options.allexport;
  return withVariable(world, target, { value, isExported });
}

export function withVariable(world: World, name: string, variable: Variable): World {
  return withShell(world, { variables: new Map(world.shell.variables).set(name, variable) });
}

/** `declare -n REF=NAME` */
function targetOf(world: World, name: string): string {
  return world.shell.variables.get(name)?.refersTo ?? name;
}

/** The name under which an element of an associative array is kept. */
export function elementName(name: string, key: string): string {
  return `${name}[${key}]`;
}

/** `declare -A NAME`: from here on all of its elements are seen. */
export function declareKeyed(world: World, name: string): World {
  return withVariable(world, elementName(name, ""), { value: EMPTY, isExported: false });
}

export function isKeyed(world: World, name: string): boolean {
  return world.shell.variables.has(elementName(name, ""));
}

/** `local NAME`: the caller's comes back when the function ends. */
export function hide(world: World, name: string): World {
  const { hidden, variables, arrays } = world.shell;
  if (hidden === undefined || hidden.has(name)) return world;
  const before: Hidden = { variable: variables.get(name), array: arrays.get(name) };
  const left = without(variables, name);
  return withShell(world, {
    hidden: new Map(hidden).set(name, before),
    variables: left,
    arrays: without(arrays, name),
  });
}

/** What was hidden is back, and what a caller hides stays hidden. */
export function unhide(world: World, caller: World["shell"]["hidden"]): World {
  const { hidden } = world.shell;
  if (hidden === undefined || hidden.size === 0) return withShell(world, { hidden: caller });
  const variables = new Map(world.shell.variables);
  const arrays = new Map(world.shell.arrays);
  for (const [name, { variable, array }] of hidden) {
    if (variable === undefined) variables.delete(name);
    else variables.set(name, variable);
    if (array === undefined) arrays.delete(name);
    else arrays.set(name, array);
  }
  return withShell(world, { hidden: caller, variables, arrays });
}

function without<V>(map: ReadonlyMap<string, V>, name: string): ReadonlyMap<string, V> {
  if (!map.has(name)) return map;
  const left = new Map(map);
  left.delete(name);
  return left;
}

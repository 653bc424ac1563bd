import type { Assignment, Word } from "../../shell/word.ts";
import { concatenate, literalOf, textOf, type Value } from "../../shell/value.ts";
import { evaluateVariable } from "../../shell/variables.ts";
import { evaluateArguments, evaluateWord } from "../../shell/words.ts";
import { withShell, type World } from "../world.ts";
import { prepareWord, scopeOf } from "./scope-of.ts";
import { elementName, isKeyed, setValue, valueOf, withVariable } from "./variables.ts";
import type { Walk } from "./walk.ts";

/** Works out what the shell's evaluator leaves open in a value. */
export function prepareAssignment(
  assignment: Assignment,
  world: World,
  walk: Walk,
  counts: Map<string, number>,
): Assignment {
  if (!("parts" in assignment.value)) return assignment;
  return { ...assignment, value: prepareWord(walk, world, assignment.value, counts) };
}

/** `NAME=value`; `isExported` for one in front of a command. */
export function assign(world: World, assignment: Assignment, walk: Walk, isExported: boolean): World {
  const { name, index, append, value } = assignment;
  const scope = scopeOf(walk, world);
  if (!("parts" in value)) {
    const items = evaluateArguments(value, scope)[0]?.fields.map((field) => field.value) ?? [];
    if (isKeyed(world, name)) return assignKeyed(world, name, items);
    const before = append ? (world.shell.arrays.get(name) ?? []) : [];
    return withArray(world, name, [...before, ...items]);
  }
  const made = evaluateWord(value, scope);
  if (index !== undefined) return assignElement(world, name, literalOf(evaluateWord(index, scope)), made);
  const before = valueOf(world, name);
  const whole = append && before !== undefined ? concatenate([before, made]) : made;
  return isExported ? withVariable(world, name, { value: whole, isExported }) : setValue(world, name, whole);
}

/** `NAME[key]=value` */
function assignElement(world: World, name: string, key: string | undefined, value: Value): World {
  if (isKeyed(world, name) && key !== undefined)
    return withVariable(world, elementName(name, key), { value, isExported: false });
  const items = world.shell.arrays.get(name) ?? (world.shell.variables.has(name) ? undefined : []);
  const at = key === undefined || !/^\d+$/.test(key) ? -1 : Number(key);
  if (items !== undefined && at >= 0 && at <= items.length)
    return withArray(world, name, items.toSpliced(at, 1, value));
  // Which element it is, or how many there are, is not known any more.
  const arrays = new Map(world.shell.arrays);
  arrays.delete(name);
  return withShell(world, { arrays });
}

/** `NAME=([key]=value …)` */
function assignKeyed(world: World, name: string, items: readonly Value[]): World {
  return items.reduce((made: World, item) => {
    const [first] = item.kind === "text" ? item.fragments : [];
    const key = first?.kind === "literal" ? /^\[([^\]]+)\]=/.exec(first.text) : null;
    if (key === null || item.kind !== "text" || first?.kind !== "literal") return made;
    const value = textOf([{ kind: "literal", text: first.text.slice(key[0].length) }, ...item.fragments.slice(1)]);
    return withVariable(made, elementName(name, key[1] ?? ""), { value, isExported: false });
  }, world);
}

function withArray(world: World, name: string, items: readonly Value[]): World {
  return withShell(world, { arrays: new Map(world.shell.arrays).set(name, items) });
}

/** `${NAME:=value}` sets it where it is not set; each is worked out before the command runs. */
export function assignDefaults(words: readonly Word[], world: World, walk: Walk): World {
  let made = world;
  for (const word of words)
    for (const part of word.parts) {
      if (part.kind !== "variable" || part.operation?.kind !== "default" || part.index !== undefined) continue;
      if (part.operation.operator !== "=" && part.operation.operator !== ":=") continue;
      made = setValue(made, part.name, evaluateVariable(part, scopeOf(walk, made)));
    }
  return made;
}

/** The variables in front of a command are gone behind it. */
export function dropOwn(world: World, before: World, assignments: readonly Assignment[]): World {
  const variables = new Map(world.shell.variables);
  for (const { name } of assignments) {
    const old = before.shell.variables.get(name);
    if (old === undefined) variables.delete(name);
    else variables.set(name, old);
  }
  return withShell(world, { variables });
}

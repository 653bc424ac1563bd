import type { Scope } from "../../shell/scope.ts";
import type { Part, Word } from "../../shell/word.ts";
import { EMPTY, literal, literalOf, type Value } from "../../shell/value.ts";
import { resolvePath } from "../paths.ts";
import type { Text } from "../text.ts";
import { withShell, type World } from "../world.ts";
import { outputOfCall, outputOfScript } from "./substitutions.ts";
import { elementName, isKeyed, valueOf } from "./variables.ts";
import type { Walk } from "./walk.ts";

/** What words stand for in a world. */
export function scopeOf(walk: Walk, world: World): Scope {
  const { shell } = world;
  return {
    variable: (name) => valueOf(world, name),
    array: (name) => shell.arrays.get(name),
    element: (name, key) => (isKeyed(world, name) ? (valueOf(world, elementName(name, key)) ?? EMPTY) : undefined),
    positional: shell.positional,
    exitStatus: shell.exitStatus,
    expression: (part) => walk.evaluate(part.expression, part.text, world),
    output: (command, fields, input) => outputOfCall(walk, world, command, fields, input),
    printed: (script) => outputOfScript(walk, world, script),
    file: (path) => readText(walk, world, walk.analysis.symbols.encode(path)),
    dialect: walk.dialect,
  };
}

/** What a file holds, where it was written in sight. */
export function readText(walk: Walk, world: World, path: Text): Value | undefined {
  const file = world.files.get(resolvePath(world.shell.directory, path));
  if (file?.kind === "text") return walk.analysis.symbols.decode(file.text);
  return undefined;
}

/** Works out what the shell's evaluator leaves open: sums, and which files a pattern means. */
export function prepareWord(
  walk: Walk,
  world: World,
  word: Word,
  counts: Map<string, number>,
  keepsGlobs = false,
): Word {
  if (!word.parts.some((part) => isOpen(part, keepsGlobs)) && word.assignment === undefined) return word;
  const parts = word.parts.map((part) => {
    // Which files a pattern means, the program sees by itself; where there are none, it is the text that it is.
    if (part.kind === "glob") return keepsGlobs ? part : { ...part, kind: "literal" as const, quoted: true };
    return preparePart(world, part, counts);
  });
  const { assignment } = word;
  if (assignment === undefined || !("parts" in assignment.value)) return { ...word, parts };
  return { ...word, parts, assignment: { ...assignment, value: prepareWord(walk, world, assignment.value, counts) } };
}

function isOpen(part: Part, keepsGlobs: boolean): boolean {
  if (part.kind === "glob") return !keepsGlobs;
  return part.kind === "arithmetic";
}

function preparePart(world: World, part: Part, counts: Map<string, number>): Part {
  if (part.kind === "arithmetic") {
    const value = evaluateSum(part.text.slice(3, -2).trim(), world, counts);
    return value === undefined ? part : { ...part, kind: "value", value: literal(String(value)) };
  }
  return part;
}

/** `n + 1`, `++n`, `n--`: what counts loops and configuration entries. The counter is changed when the command has run. */
function evaluateSum(text: string, world: World, counts: Map<string, number>): number | undefined {
  const valueOf = (name: string): number | undefined => {
    if (/^\d+$/.test(name)) return Number(name);
    const known = counts.get(name);
    const written = world.shell.variables.get(name)?.value;
    const value = known ?? Number((written === undefined ? "0" : literalOf(written)) ?? "x");
    return Number.isInteger(value) ? value : undefined;
  };
  const step = /^(\+\+|--)([A-Za-z_]\w*)$|^([A-Za-z_]\w*)(\+\+|--)$/.exec(text);
  if (step !== null) {
    const name = step[2] ?? step[3] ?? "";
    const before = valueOf(name);
    if (before === undefined) return undefined;
    const after = before + ((step[1] ?? step[4]) === "++" ? 1 : -1);
    counts.set(name, after);
    return step[2] === undefined ? before : after;
  }
  const sum = /^\$?(\w+)\s*(?:([-+*])\s*\$?(\w+))?$/.exec(text);
  const [left, right] = [valueOf(sum?.[1] ?? "?"), valueOf(sum?.[3] ?? "0")];
  if (sum === null || left === undefined || right === undefined) return undefined;
  return sum[2] === "-" ? left - right : sum[2] === "*" ? left * right : left + right;
}

/** Sets the counters that a command's sums have changed. */
export function withCounts(world: World, counts: ReadonlyMap<string, number>): World {
  if (counts.size === 0) return world;
  const variables = new Map(world.shell.variables);
  for (const [name, count] of counts)
    variables.set(name, { value: literal(String(count)), isExported: variables.get(name)?.isExported ?? false });
  return withShell(world, { variables });
}

import type { FunctionDefinition } from "../shell/script.ts";
import type { ShellOptions } from "../shell/shell-options.ts";
import { choice, EMPTY, type Option, type Value, keyOf } from "../shell/value.ts";
import type { Files } from "./files.ts";
import type { Span } from "../ir/span.ts";
import type { ScriptSource } from "./script/script-source.ts";
import type { Text } from "./text.ts";
import { joinWork, type Works } from "./work.ts";

/** One way in which things may stand, at one point of a job. Never changed: each step makes new ones. */
export interface World {
  readonly files: Files;
  /** What `$GITHUB_ENV` has brought. */
  readonly env: ReadonlyMap<string, Value>;
  /** Something out of sight has run that may have set further variables for later steps. */
  readonly envMayHoldMore?: boolean;
  /** Outputs of steps, by `id.name`. */
  readonly outputs: ReadonlyMap<string, Value>;
  /** What is taken for true here, by what it says: in other worlds it is not. */
  readonly facts: Facts;
  /** What was committed, by git directory. */
  readonly works: Works;
  readonly shell: ShellState;
  /** It also stands for ways that are not told apart any more: what is met in it may be met otherwise, too. */
  readonly standsForMore?: boolean;
}

/** Condition → whether it holds. */
export type Facts = ReadonlyMap<string, boolean>;

/** The fact of worlds in which only steps run that ask for it. */
export const MISHAP = "an earlier step fails";

/** What a shell holds while it runs a script. */
export interface ShellState {
  readonly variables: ReadonlyMap<string, Variable>;
  readonly arrays: ReadonlyMap<string, readonly Value[]>;
  readonly functions: ReadonlyMap<string, ShellFunction>;
  readonly directory: Text;
  readonly positional: readonly Value[] | undefined;
  readonly options: ShellOptions;
  /** What a function's `local` hides of its caller's variables; undefined outside of functions. */
  readonly hidden?: ReadonlyMap<string, Hidden> | undefined;
  /** `trap … EXIT`: what runs when the shell ends. */
  readonly atExit?: Trap | undefined;
  /** `$?`: how the last command ended, in scripts that ask for it. */
  readonly exitStatus?: Value | undefined;
  /** What was printed since somebody began to listen; undefined where nobody does. */
  readonly printed: Value | undefined;
}

/** What a function's `local` hides. */
export interface Hidden {
  readonly variable: Variable | undefined;
  readonly array: readonly Value[] | undefined;
}

export interface Variable {
  readonly value: Value;
  readonly isExported: boolean;
  /** `declare -n`: it is another name of that one. */
  readonly refersTo?: string | undefined;
}

/** What `trap` keeps for later, and where it was said. */
export interface Trap {
  readonly text: Value;
  readonly source: ScriptSource;
  readonly span: Span | undefined;
}

export interface ShellFunction {
  readonly definition: FunctionDefinition;
  readonly source: ScriptSource;
  /** `export -f`: other shells have it, too. */
  readonly isExported?: boolean;
}

/** How a statement ended, and in which world. */
export interface Outcome {
  readonly world: World;
  readonly status: Status;
  readonly jump?: Jump | undefined;
  /** With which number it failed, where it is another than 1. */
  readonly code?: number | undefined;
}

/**
 * `true`, `false`: known. `likely`: an ordinary command, which is taken to do its work. `open`: a test whose answer decides the
 * way, and that is not known.
 */
export type Status = true | false | "likely" | "open";

export type Jump = "exit" | "return" | "break" | "continue" | "failure";

/** More ways than this are not told apart. */
export const MOST_WORLDS = 8;

export function withShell(world: World, changes: Partial<ShellState>): World {
  return { ...world, shell: { ...world.shell, ...changes } };
}

export function withFact(world: World, condition: string, holds: boolean): World {
  return { ...world, facts: new Map(world.facts).set(condition, holds) };
}

/** Puts outcomes together that differ in nothing but variables. Where too many are left, the first stand for the others. */
export function mergeOutcomes(outcomes: readonly Outcome[]): readonly Outcome[] {
  if (outcomes.length < 2) return outcomes;
  const merged: Outcome[] = [];
  for (const outcome of outcomes) {
    const at = merged.findIndex((other) => canMerge(other, outcome));
    const other = merged[at];
    if (other === undefined) merged.push(outcome);
    else merged[at] = merge(other, outcome);
  }
  return limitOutcomes(merged, MOST_WORLDS);
}

/** The first ones, which stand for the others: for each way to end there is at least one. */
export function limitOutcomes(outcomes: readonly Outcome[], most: number): readonly Outcome[] {
  if (outcomes.length <= most) return outcomes;
  const kept = outcomes.slice(0, most);
  for (const outcome of outcomes.slice(most)) {
    const at = kept.findIndex(({ status, jump }) => status === outcome.status && jump === outcome.jump);
    const stand = kept[at] ?? outcome;
    const marked = { ...stand, world: { ...stand.world, standsForMore: true } };
    if (at < 0) kept.push(marked);
    else kept[at] = marked;
  }
  return kept;
}

function canMerge(a: Outcome, b: Outcome): boolean {
  return a.status === b.status && a.jump === b.jump && sameEffects(a.world, b.world);
}

/** Whether two worlds are one for all that comes after, but for variables. */
function sameEffects(a: World, b: World): boolean {
  return (
    sameFiles(a.files, b.files) &&
    a.shell.directory === b.shell.directory &&
    a.shell.functions.size === b.shell.functions.size
  );
}

function sameFiles(a: Files, b: Files): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const [path, file] of a) {
    const other = b.get(path);
    if (other === file) continue;
    if (other === undefined || other.kind !== file.kind) return false;
    if (file.kind === "text" && other.kind === "text" && file.text !== other.text) return false;
    if (file.kind === "config" && other.kind === "config") {
      const same =
        file.entries.length === other.entries.length &&
        file.entries.every((entry, at) => {
          const twin = other.entries[at];
          return (
            twin === entry ||
            (twin !== undefined &&
              twin.value === entry.value &&
              twin.key.name === entry.key.name &&
              twin.key.section === entry.key.section &&
              twin.key.subsection === entry.key.subsection)
          );
        });
      if (!same) return false;
    }
  }
  return true;
}

function merge(a: Outcome, b: Outcome): Outcome {
  const [first, second] = [a.world, b.world];
  if (first === second) return a;
  const whens = differenceOf(first.facts, second.facts);
  const join = (x: Value = EMPTY, y: Value = EMPTY): Value => joinValues(x, y, whens);
  const world: World = {
    files: first.files,
    env: mergeMaps(first.env, second.env, join),
    envMayHoldMore: first.envMayHoldMore === true || second.envMayHoldMore === true,
    outputs: mergeMaps(first.outputs, second.outputs, join),
    facts: commonFacts(first.facts, second.facts),
    works: mergeMaps(first.works, second.works, joinWork),
    standsForMore: first.standsForMore === true || second.standsForMore === true,
    shell: {
      ...first.shell,
      variables: mergeMaps(first.shell.variables, second.shell.variables, (x, y) => ({
        value: x?.value === y?.value ? (x?.value ?? EMPTY) : join(x?.value, y?.value),
        isExported: (x?.isExported ?? false) || (y?.isExported ?? false),
        refersTo: x?.refersTo ?? y?.refersTo,
      })),
      arrays:
        first.shell.arrays === second.shell.arrays
          ? first.shell.arrays
          : commonArrays(first.shell.arrays, second.shell.arrays),
      printed:
        first.shell.printed === undefined || second.shell.printed === undefined
          ? first.shell.printed
          : join(first.shell.printed, second.shell.printed),
      positional: first.shell.positional === second.shell.positional ? first.shell.positional : undefined,
    },
  };
  return { ...a, world };
}

interface Whens {
  readonly first: string | undefined;
  readonly second: string | undefined;
}

export function joinValues(x: Value, y: Value, { first, second }: Whens): Value {
  if (x === y) return x;
  return choice([...withWhen(x, first), ...withWhen(y, second)]);
}

function withWhen(value: Value, when: string | undefined): readonly Option[] {
  if (value.kind === "text") return [{ value, when }];
  return value.options.map((option) => ({ value: option.value, when: option.when ?? when }));
}

/** What only one of the worlds has is empty in the other. */
function mergeMaps<V>(
  a: ReadonlyMap<string, V>,
  b: ReadonlyMap<string, V>,
  join: (x: V | undefined, y: V | undefined) => V,
): ReadonlyMap<string, V> {
  if (a === b) return a;
  let made: Map<string, V> | undefined;
  for (const [key, value] of b) {
    const known = a.get(key);
    if (known !== value) (made ??= new Map(a)).set(key, join(known, value));
  }
  for (const [key, value] of a) if (!b.has(key)) (made ??= new Map(a)).set(key, join(value, undefined));
  return made ?? a;
}

type Arrays = World["shell"]["arrays"];

/** Arrays that both ways through a script have: each made its own. */
function commonArrays(a: Arrays, b: Arrays): Arrays {
  const isSame = (name: string, items: readonly Value[]): boolean => {
    const others = b.get(name);
    return (
      others === items ||
      (others?.length === items.length && items.every((item, at) => keyOf(item) === keyOf(others[at] ?? EMPTY)))
    );
  };
  return new Map([...a].filter(([name, items]) => isSame(name, items)));
}

function commonFacts(a: Facts, b: Facts): Facts {
  if (a === b) return a;
  return new Map([...a].filter(([condition, holds]) => b.get(condition) === holds));
}

/** What tells two worlds apart, for people. */
export function differenceOf(a: Facts, b: Facts): Whens {
  return { first: factsBeyond(a, b), second: factsBeyond(b, a) };
}

function factsBeyond(facts: Facts, others: Facts): string | undefined {
  const own = [...facts].filter(([condition, holds]) => others.get(condition) !== holds);
  return own.length === 0 ? undefined : own.map(([condition, holds]) => describeFact(condition, holds)).join(", and ");
}

/** What stands behind a null character only tells apart what reads the same. */
export function describeFact(condition: string, holds: boolean): string {
  const [text = ""] = condition.split("\0", 1);
  if (holds) return text;
  if (text.endsWith(" holds")) return text.replace(/ holds$/, " does not hold");
  return text.endsWith(" is set") ? text.replace(/ is set$/, " is empty") : `not: ${text}`;
}

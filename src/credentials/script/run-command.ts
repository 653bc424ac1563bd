import { evaluateInput } from "../../shell/output.ts";
import type { Field } from "../../shell/scope.ts";
import type { Command } from "../../shell/script.ts";
import type { Assignment, Word } from "../../shell/word.ts";
import { unwrapCommand } from "../../shell/unwrap-command.ts";
import type { Run, Wrapper } from "../../shell/unwrapped.ts";
import { EMPTY, literalOf, type Value } from "../../shell/value.ts";
import { evaluateArguments } from "../../shell/words.ts";
import { mergeOutcomes, withFact, withShell, type Outcome, type ShellFunction, type World } from "../world.ts";
import { assign, assignDefaults, dropOwn, prepareAssignment } from "./assign.ts";
import { BUILTINS, type Builtin } from "./builtins.ts";
import { callOf } from "./call-of.ts";

import { enterWrapper, leaveWrappers } from "./process.ts";
import { outputFile, writeOutput } from "./redirect.ts";
import { runStatement, type Place } from "./run-statements.ts";
import { runUnwrapped } from "./run-unwrapped.ts";
import { prepareWord, scopeOf, withCounts } from "./scope-of.ts";
import { withUnknown } from "./elsewhere.ts";
import { closePipes, meetSubstitutions, openPipes } from "./substitutions.ts";
import { unhide } from "./variables.ts";
import { MOST_LEVELS, type Walk } from "./walk.ts";

/** Runs a command in a world: its assignments, its words, what it starts, and where its output goes. */
export function runCommand(command: Command, world: World, place: Place): readonly Outcome[] {
  const { walk } = place;
  const counts = new Map<string, number>();
  const started = assignDefaults(wordsOf(command), meetSubstitutions(command, world, place), walk);
  const pipes = openPipes(command.words, started, walk);
  const words = pipes.words.map((word) => prepareWord(walk, started, word, counts));
  const assignments = command.assignments.map((assignment) => prepareAssignment(assignment, started, walk, counts));
  if (words.length === 0) {
    const assigned = assignments.reduce((made, assignment) => assign(made, assignment, walk, false), started);
    const outcome = { world: withCounts(assigned, counts), status: statusOfAssignments(command) };
    return [{ ...outcome, world: emptyFile(command, outcome.world, walk) }];
  }
  const lists = evaluateArguments(words, scopeOf(walk, started));
  const outcomes = lists.flatMap(({ fields, when }) => {
    const own = when === undefined ? pipes.world : withFact(pipes.world, when, true);
    return runFields({ command, fields, assignments, world: own, place });
  });
  const isPlain = counts.size === 0 && pipes.world === started;
  return mergeOutcomes(
    isPlain ? outcomes : outcomes.map((o) => ({ ...o, world: closePipes(withCounts(o.world, counts)) })),
  );
}

/** Those that are expanded before the command runs. */
function wordsOf({ words, assignments }: Command): readonly Word[] {
  return [...words, ...assignments.flatMap(({ value }) => ("parts" in value ? [value] : value))];
}

/** `x=$(git push …)` ends as the push does. */
function statusOfAssignments({ assignments }: Command): Outcome["status"] {
  const hasSubstitution = assignments.some(
    ({ value }) => "parts" in value && value.parts.some((part) => part.kind === "substitution"),
  );
  return hasSubstitution ? "likely" : true;
}

/** `> file` alone makes it empty. */
function emptyFile(command: Command, world: World, walk: Walk): World {
  const target = outputFile(command.redirections);
  return target === undefined ? world : writeOutput(world, target, EMPTY, walk);
}

interface Fields {
  readonly command: Command;
  readonly fields: readonly Field[];
  readonly assignments: readonly Assignment[];
  readonly world: World;
  readonly place: Place;
}

function runFields({ command, fields, assignments, world, place }: Fields): readonly Outcome[] {
  const { walk } = place;
  const input = evaluateInput(command.redirections, scopeOf(walk, world)) ?? place.input;
  const target = outputFile(command.redirections);
  const listening = target === undefined ? world : withShell(world, { printed: EMPTY });
  const outcomes = start(command, fields, assignments, listening, { ...place, input });
  if (target === undefined) return outcomes;
  return outcomes.map((outcome) => {
    const printed = outcome.world.shell.printed ?? EMPTY;
    const restored = withShell(outcome.world, { printed: world.shell.printed });
    return { ...outcome, world: writeOutput(restored, target, printed, walk) };
  });
}

/** A function, a builtin, a program, or what wraps one. */
export function start(
  command: Command,
  fields: readonly Field[],
  assignments: readonly Assignment[],
  world: World,
  place: Place,
): readonly Outcome[] {
  const { walk } = place;
  const name = nameOf(fields);
  const withOwn = assignments.reduce((made, assignment) => assign(made, assignment, walk, true), world);
  const restore = (outcome: Outcome): Outcome =>
    assignments.length === 0 ? outcome : { ...outcome, world: dropOwn(outcome.world, world, assignments) };
  const known = name === undefined ? undefined : withOwn.shell.functions.get(name);
  if (known !== undefined && walk.depth < MOST_LEVELS) return callFunction(known, fields, withOwn, place).map(restore);
  const builtin = builtinOf(name);
  if (builtin !== undefined) {
    const call = callOf(command, fields, withOwn, place);
    // `A=b export C`: rare, and what is assigned stays.
    return builtin(call, place)
      .map((outcome) => ({ ...outcome, world: assignLists(command, outcome.world, walk) }))
      .map((outcome) => (name === "export" ? outcome : restore(outcome)));
  }
  const { wrappers, run } = unwrapCommand(fields, place.input);
  if (wrappers.length === 0) return runUnwrapped(run, command, withOwn, place).map(restore);
  return runWrapped(wrappers, run, command, withOwn, place).map(restore);
}

/** `declare -A NAME=(…)`, `local -a NAME=(…)` */
function assignLists({ words }: Command, world: World, walk: Walk): World {
  return words.reduce(
    (made: World, { assignment }) =>
      assignment === undefined || "parts" in assignment.value ? made : assign(made, assignment, walk, false),
    world,
  );
}

function nameOf([first]: readonly Field[]): string | undefined {
  return first === undefined ? undefined : literalOf(first.value);
}

function builtinOf(name: string | undefined): Builtin | undefined {
  return name === undefined || !Object.hasOwn(BUILTINS, name) ? undefined : BUILTINS[name];
}

function callFunction(known: ShellFunction, fields: readonly Field[], world: World, place: Place): readonly Outcome[] {
  const { walk } = place;
  const { positional, hidden } = world.shell;
  const inner: Walk = { ...walk, source: known.source, depth: walk.depth + 1 };
  const called = withShell(world, { positional: fields.slice(1).map(({ value }) => value), hidden: new Map() });
  return runStatement(known.definition.body, called, { ...place, walk: inner }).map((outcome) => ({
    ...outcome,
    world: unhide(withShell(outcome.world, { positional }), hidden),
    jump: outcome.jump === "return" ? undefined : outcome.jump,
  }));
}

/** Wrappers that are the shell's own: what follows runs in this very shell. */
const OF_THE_SHELL: ReadonlySet<string> = new Set(["command", "builtin", "exec", "time"]);

/** Builtins that are programs as well, so that `env` and `xargs` find them. */
const ALSO_PROGRAMS: ReadonlySet<string> = new Set(["echo", "printf", "test", "[", "true", "false", "pwd"]);

function runWrapped(
  wrappers: readonly Wrapper[],
  run: Run,
  command: Command,
  world: World,
  place: Place,
): readonly Outcome[] {
  const isStranger = wrappers.some(({ user }) => user !== undefined && !isKnownUser(user));
  const analysis = isStranger ? withUnknown(place.walk.analysis, ANOTHER_USER) : place.walk.analysis;
  const walk = { ...place.walk, analysis };
  const own = { ...place, walk };
  const isShell = wrappers.every(({ name }) => OF_THE_SHELL.has(name));
  const inside = wrappers.reduce((made, wrapper) => enterWrapper(made, wrapper, walk), world);
  const fields = run.kind === "program" ? run.fields : [];
  const name = nameOf(fields);
  const isTimed = wrappers.every((wrapper) => wrapper.name === "time");
  const builtin = isShell || (name !== undefined && ALSO_PROGRAMS.has(name)) ? builtinOf(name) : undefined;
  const known = isTimed && name !== undefined ? world.shell.functions.get(name) : undefined;
  const outcomes =
    known !== undefined && walk.depth < MOST_LEVELS
      ? callFunction(known, fields, inside, own)
      : builtin === undefined
        ? runUnwrapped(run, command, inside, own)
        : builtin(callOf(command, fields, inside, own), own);
  if (isShell) return wrappers.some((wrapper) => wrapper.name === "exec") ? outcomes.map(replaceShell(run)) : outcomes;
  return outcomes.map((outcome) => ({ ...outcome, world: leaveWrappers(outcome.world, world) }));
}

const ANOTHER_USER = "it runs as another user, to whom git may not trust the repository";

/** git takes root for the one who called sudo: git-config(1), safe.directory. */
function isKnownUser(user: Value): boolean {
  return ["root", "runner"].includes(literalOf(user) ?? "");
}

/** `exec program`: the shell ends with it. `exec > log` only redirects. */
function replaceShell(run: Run): (outcome: Outcome) => Outcome {
  const isProgram = run.kind !== "program" || run.fields.length > 0;
  return (outcome) => (isProgram && outcome.jump === undefined ? { ...outcome, jump: "exit" } : outcome);
}

import { evaluateOutput } from "../../shell/output.ts";
import type { Field } from "../../shell/scope.ts";
import type { Command, ParsedScript, Script } from "../../shell/script.ts";
import type { Assignment, Part, Word } from "../../shell/word.ts";
import { unwrapCommand } from "../../shell/unwrap-command.ts";
import { bothHold, choice, EMPTY, literalOf, optionsOf, type Value } from "../../shell/value.ts";
import { withFile, withoutTree } from "../files.ts";
import { mayReachServer } from "../traces/may-reach-server.ts";
import { differenceOf, withShell, type Outcome, type World } from "../world.ts";

import { start } from "./run-command.ts";
import { scopeOf } from "./scope-of.ts";
import { runStatements, type Place } from "./run-statements.ts";
import { MOST_LEVELS, type Walk } from "./walk.ts";

/** A substitution that may do more than print: its pushes are met here, where the worlds are told apart. */
const DOES_SOMETHING = /\b(?:git|gh|push|config|bash|sh)\b/;

/** Runs what stands in `$(…)`, for what it does besides printing. */
export function meetSubstitutions(command: Command, world: World, place: Place): World {
  if (!place.walk.isRecording) return world;
  let made = world;
  for (const script of substitutionsIn(command)) {
    const text = script.text.slice(script.start, script.end);
    const callsFunction = [...world.shell.functions.keys()].some((name) => text.includes(name));
    if (!DOES_SOMETHING.test(text) && !mayReachServer(text) && !callsFunction) continue;
    const [first] = runStatements(script.statements, withShell(made, { printed: EMPTY }), { ...place, isTested: true });
    if (first !== undefined) made = { ...first.world, shell: made.shell };
  }
  return made;
}

/** `<(command)`: a file that holds what the command prints, for as long as the command runs that gets it. */
export function openPipes(
  words: readonly Word[],
  world: World,
  walk: Walk,
): { readonly words: readonly Word[]; readonly world: World } {
  if (!words.some(({ parts }) => parts.some(isInputPipe))) return { words, world };
  let made = world;
  const open = (part: Part): Part => {
    if (!isInputPipe(part)) return part;
    const path = `${PIPES}/${part.start}`;
    const text = walk.analysis.symbols.encode(evaluateOutput(part.script, scopeOf(walk, world)));
    const by = {
      hop: { span: walk.source.spanOf(part.start, part.end), text: "this is read here" },
      giver: "given",
    } as const;
    made = { ...made, files: withFile(made.files, path, { kind: "text", text, by }) };
    return { kind: "literal", text: path, quoted: true, start: part.start, end: part.end };
  };
  const opened = words.map((word) => ({ ...word, parts: word.parts.map(open) }));
  return { words: opened, world: made };
}

export function closePipes(world: World): World {
  const files = withoutTree(world.files, PIPES);
  return files === world.files ? world : { ...world, files };
}

const PIPES = "/dev/fd";

function isInputPipe(part: Part): part is Extract<Part, { kind: "process" }> {
  return part.kind === "process" && part.operator === "<";
}

function substitutionsIn({ words, assignments }: Command): readonly Script[] {
  const found: Script[] = [];
  const visit = (part: Part): void => {
    if ((part.kind === "substitution" || part.kind === "process") && isScript(part.script)) found.push(part.script);
  };
  const visitWord = (word: Word): void => {
    word.parts.forEach(visit);
    if (word.assignment !== undefined) visitAssignment(word.assignment);
  };
  const visitAssignment = ({ value }: Assignment): void => {
    if ("parts" in value) visitWord(value);
    else value.forEach(visitWord);
  };
  words.forEach(visitWord);
  assignments.forEach(visitAssignment);
  return found;
}

function isScript(script: ParsedScript): script is Script {
  return script.kind === "script";
}

/** What a command prints, for `$(…)`: known programs and functions know it; undefined leaves it to the shell's own reader. */
export function outputOfCall(
  walk: Walk,
  world: World,
  command: Command,
  fields: readonly Field[],
  input: Value | undefined,
): Value | undefined {
  const quiet: Walk = { ...walk, isRecording: false, depth: walk.depth + 1 };
  if (quiet.depth > MOST_LEVELS || --walk.analysis.budget.left < 0) return undefined;
  const { run } = unwrapCommand(fields);
  const name = run.kind === "program" && run.fields[0] !== undefined ? literalOf(run.fields[0].value) : undefined;
  const isKnown =
    name !== undefined &&
    (Object.hasOwn(walk.analysis.programs, name) || world.shell.functions.has(name) || LISTENED.has(name));
  if (!isKnown && run.kind !== "inline" && run.kind !== "eval") return undefined;
  const place: Place = { walk: quiet, isTested: true, input };
  const listening = withShell(world, { printed: EMPTY });
  return printedBy(start(command, fields, command.assignments, listening, place), world);
}

/** What several commands print together: what one changes, the next one sees. */
export function outputOfScript(walk: Walk, world: World, { statements }: Script): Value | undefined {
  const quiet: Walk = { ...walk, isRecording: false, depth: walk.depth + 1 };
  if (quiet.depth > MOST_LEVELS || --walk.analysis.budget.left < 0) return undefined;
  const place: Place = { walk: quiet, isTested: true, input: undefined };
  return printedBy(runStatements(statements, withShell(world, { printed: EMPTY }), place), world);
}

function printedBy(ends: readonly Outcome[], world: World): Value | undefined {
  if (ends.length === 0) return undefined;
  return choice(
    ends.flatMap((end) => {
      const own = differenceOf(end.world.facts, world.facts).first;
      return optionsOf(end.world.shell.printed ?? EMPTY).map(({ value, when }) => ({
        value,
        when: bothHold(own, when),
      }));
    }),
  );
}

const LISTENED = new Set(["pwd"]);

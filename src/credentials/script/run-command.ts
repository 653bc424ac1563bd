import { follow } from "../../shell/follow.ts";
import { evaluateInput, outputOfCommand } from "../../shell/output.ts";
import { parseValue } from "../../shell/parse-script.ts";
import type { Field } from "../../shell/scope.ts";
import type { Assignment, Command, ParsedScript, Part, Script, Word } from "../../shell/script.ts";
import { NO_OPTIONS } from "../../shell/shell-options.ts";
import { unwrapCommand, type Run, type Wrapper } from "../../shell/unwrap-command.ts";
import { concatenate, EMPTY, literal, literalOf, optionsOf, unknown, type Value } from "../../shell/value.ts";
import { evaluateArguments, evaluateWord } from "../../shell/words.ts";
import type { Analysis } from "../analysis.ts";
import { hasSymbol, type Text } from "../text.ts";
import { resolvePath } from "../paths.ts";
import { credentialsIn } from "../lives/find-holdings.ts";
import { findTool } from "../programs/tools.ts";
import { whyOutOfSight } from "../traces/may-reach-server.ts";
import { mergeOutcomes, withFact, withShell, type Outcome, type Variable, type World } from "../world.ts";
import { BUILTINS } from "./builtins.ts";
import { outputFile, print, writeOutput } from "./redirect.ts";
import { runStatement, runStatements, type Place } from "./run-statements.ts";
import { prepareWord, scopeOf, withCounts } from "./scope-of.ts";
import { sourceOfCommand, sourceOfFile } from "./script-source.ts";
import type { Call, Result, Walk } from "./walk.ts";

const MOST_LEVELS = 12;

/** Runs a command in a world: its assignments, its words, what it starts, and where its output goes. */
export function runCommand(command: Command, world: World, place: Place): readonly Outcome[] {
  const { walk } = place;
  const counts = new Map<string, number>();
  const started = meetSubstitutions(command, world, place);
  const words = command.words.map((word) => prepareWord(walk, started, word, counts));
  const assignments = command.assignments.map((assignment) => prepareAssignment(assignment, started, walk, counts));
  if (words.length === 0) {
    const assigned = assignments.reduce((made, assignment) => assign(made, assignment, walk, false), started);
    const outcome = { world: withCounts(assigned, counts), status: statusOfAssignments(command) };
    return [{ ...outcome, world: emptyFile(command, outcome.world, walk) }];
  }
  const lists = evaluateArguments(words, scopeOf(walk, started));
  const outcomes = lists.flatMap(({ fields, when }) => {
    const own = when === undefined ? started : withFact(started, when, true);
    return runFields({ command, fields, assignments, world: own, place });
  });
  return mergeOutcomes(
    counts.size === 0 ? outcomes : outcomes.map((o) => ({ ...o, world: withCounts(o.world, counts) })),
  );
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
function start(
  command: Command,
  fields: readonly Field[],
  assignments: readonly Assignment[],
  world: World,
  place: Place,
): readonly Outcome[] {
  const { walk } = place;
  const name = fields[0] === undefined ? undefined : literalOf(fields[0].value);
  const withOwn = assignments.reduce((made, assignment) => assign(made, assignment, walk, true), world);
  const restore = (outcome: Outcome): Outcome =>
    assignments.length === 0 ? outcome : { ...outcome, world: dropOwn(outcome.world, world, assignments) };
  const known = name === undefined ? undefined : withOwn.shell.functions.get(name);
  if (known !== undefined && walk.depth < MOST_LEVELS) {
    const inner: Walk = { ...walk, source: known.source, depth: walk.depth + 1 };
    const called = withShell(withOwn, { positional: fields.slice(1).map(({ value }) => value) });
    const outcomes = runStatement(known.definition.body, called, { ...place, walk: inner });
    return outcomes.map((outcome) => {
      const back = withShell(outcome.world, { positional: world.shell.positional });
      return restore({ ...outcome, world: back, jump: outcome.jump === "return" ? undefined : outcome.jump });
    });
  }
  const builtin = name === undefined || !Object.hasOwn(BUILTINS, name) ? undefined : BUILTINS[name];
  if (builtin !== undefined) {
    const call = callOf(command, fields, withOwn, place);
    // `A=b export C`: rare, and what is assigned stays.
    return builtin(call, place).map((outcome) => (name === "export" ? outcome : restore(outcome)));
  }
  const { wrappers, run } = unwrapCommand(fields);
  const inside = wrappers.reduce((made, wrapper) => enterWrapper(made, wrapper, walk), withOwn);
  const outcomes = runUnwrapped(run, command, inside, place, wrappers.length > 0);
  if (wrappers.length === 0) return outcomes.map(restore);
  return outcomes.map((outcome) => restore({ ...outcome, world: leaveWrappers(outcome.world, withOwn, wrappers) }));
}

function runUnwrapped(run: Run, command: Command, world: World, place: Place, isWrapped: boolean): readonly Outcome[] {
  const { walk } = place;
  switch (run.kind) {
    case "lookup":
      return [{ world: print(world, unknown("where a program is")), status: "open" }];
    case "inline":
      return runText(run.text, command, world, place, { positional: run.positional, isProcess: true });
    case "eval":
      return runText(run.text, command, world, place, { positional: undefined, isProcess: false });
    case "input":
      if (place.input === undefined) {
        noticeOutOfSight("the script that is run here is fetched or made while the job runs", command, place);
        return [{ world, status: "likely" }];
      }
      return runText(place.input, command, world, place, { positional: run.positional, isProcess: true });
    case "program":
      if (isWrapped) {
        const name = run.fields[0] === undefined ? undefined : literalOf(run.fields[0].value);
        const isOwn = name !== undefined && (world.shell.functions.has(name) || Object.hasOwn(BUILTINS, name));
        if (isOwn) return start(command, run.fields, [], world, place);
      }
      return runProgram(run, command, world, place);
    case "file":
    case "source": {
      const written = world.files.get(resolvePath(world.shell.directory, walk.analysis.symbols.encode(run.path)));
      if (written?.kind === "text") {
        const text = walk.analysis.symbols.decode(written.text);
        return runText(text, command, world, place, { positional: run.positional, isProcess: run.kind === "file" });
      }
      return runFollowed(run, command, world, place);
    }
    case "unknown":
      noticeOutOfSight(run.reason, command, place);
      return [{ world: print(world, undefined), status: "likely" }];
  }
}

function runProgram(
  run: Extract<Run, { kind: "program" }>,
  command: Command,
  world: World,
  place: Place,
): readonly Outcome[] {
  const { walk } = place;
  const [first] = run.fields;
  if (first === undefined) return [{ world, status: true }];
  const call = callOf(command, run.fields, world, place);
  noticeArguments(call);
  const written = literalOf(first.value);
  const name = written?.replace(/^.*\/(?=(?:git|gh)$)/, "");
  const { programs } = walk.analysis;
  const program = name === undefined || !Object.hasOwn(programs, name) ? undefined : programs[name];
  if (program !== undefined) return program(call).map((result) => outcomeOf(result, call));
  const path = walk.analysis.symbols.encode(first.value);
  const file = path.includes("/") ? world.files.get(resolvePath(world.shell.directory, path)) : undefined;
  if (file?.kind === "text") {
    const text = walk.analysis.symbols.decode(file.text);
    return runText(text, command, world, place, { positional: run.fields.slice(1), isProcess: true });
  }
  return runFollowed(run, command, world, place);
}

/** Whoever may list processes reads their arguments. */
function noticeArguments({ walk, args, command, span, fields: [program] }: Call): void {
  const { analysis, source, isRecording } = walk;
  if (analysis.notice === undefined || !isRecording || source.label !== undefined || program === undefined) return;
  const { symbols } = analysis;
  const identities = args.flatMap((arg) => (hasSymbol(arg) ? credentialsIn(arg, symbols) : []));
  if (identities.length === 0) return;
  const name = symbols.encode(program.value);
  analysis.notice({ kind: "argument", span, command, program: hasSymbol(name) ? "a program" : name, identities });
}

/** What may speak to the repository's server without being seen. */
function noticeOutOfSight(text: string | undefined, command: Command, { walk }: Place): void {
  const { analysis, source, isRecording } = walk;
  if (text === undefined || !isRecording) return;
  analysis.notice?.({ kind: "out-of-sight", span: source.spanOf(command.start, command.end), text });
}

function outcomeOf({ world, status, output }: Result, call: Call): Outcome {
  if (world.shell.printed === undefined) return { world, status };
  return { world: print(world, output ?? unknown(`what \`${shorten(call.command)}\` prints`)), status };
}

/** A script of the repository, `make target`, `npm run name`: followed where its file is in sight. */
function runFollowed(run: Run, command: Command, world: World, place: Place): readonly Outcome[] {
  const { walk } = place;
  const { directory } = world.shell;
  const followed = follow(run, {
    directory: hasSymbol(directory) ? undefined : directory,
    root: walk.root,
    readRepositoryFile: walk.analysis.readRepositoryFile,
  });
  if (followed.kind !== "scripts" || walk.depth >= MOST_LEVELS) {
    const fields = run.kind === "program" ? run.fields : [];
    if (run.kind === "program" && walk.isRecording) meetTool(command, fields, world, place);
    noticeOutOfSight(whyOutOfSight(followed, fields, walk.analysis.symbols), command, place);
    const output =
      world.shell.printed === undefined
        ? undefined
        : outputOfCommand(
            { ...command, redirections: [] },
            fields,
            { ...scopeOf(walk, world), output: undefined as never },
            place.input,
          );
    return [{ world: print(world, output), status: statusOfProgram(fields) }];
  }
  let outcomes: readonly Outcome[] = [{ world, status: true }];
  for (const script of followed.scripts) {
    if (script.script.kind === "unreadable") {
      noticeOutOfSight(`${script.path} cannot be read: ${script.script.reason}`, command, place);
      continue;
    }
    const inner: Walk = {
      ...walk,
      source: sourceOfFile(script.path, script.script.text, script.line),
      dialect: script.dialect,
      depth: walk.depth + 1,
    };
    const { statements } = script.script;
    outcomes = mergeOutcomes(
      outcomes.flatMap((outcome) => {
        if (outcome.jump !== undefined) return [outcome];
        const entered = withShell(outcome.world, {
          ...(script.positional === undefined ? {} : { positional: script.positional.map(({ value }) => value) }),
          ...(script.directory === undefined ? {} : { directory: script.directory }),
          ...(script.isProcess ? { options: script.options, functions: new Map() } : {}),
        });
        const ends = runStatements(statements, entered, { ...place, walk: inner });
        return ends.map((end) =>
          script.isProcess ? leaveProcess(end, outcome.world) : leaveSource(end, outcome.world),
        );
      }),
    );
  }
  return outcomes;
}

/** A tool that pushes by itself: what it does besides is not followed. */
function meetTool(command: Command, fields: readonly Field[], world: World, place: Place): void {
  const call = callOf(command, fields, world, place);
  const tool = findTool(call);
  if (tool === undefined) return;
  const { run, note } = tool;
  const label = call.command;
  const record: Analysis["record"] = (met) =>
    place.walk.analysis.record(
      note === undefined ? met : { ...met, hops: [{ span: call.span, text: note, isAssumed: true }, ...met.hops] },
    );
  const analysis = { ...place.walk.analysis, record };
  const source = { ...sourceOfCommand(run, call.span), label };
  const script = parseValue(literal(run));
  if (script.kind === "unreadable") return;
  runStatements(script.statements, world, {
    ...place,
    walk: { ...place.walk, analysis, source, depth: place.walk.depth + 1 },
  });
}

interface TextRun {
  readonly positional: readonly Field[] | undefined;
  readonly isProcess: boolean;
}

/** `bash -c text`, `eval text`, a script that a heredoc wrote. */
function runText(
  text: Value,
  command: Command,
  world: World,
  place: Place,
  { positional, isProcess }: TextRun,
): readonly Outcome[] {
  const { walk } = place;
  if (walk.depth >= MOST_LEVELS) return [{ world, status: "likely" }];
  return mergeOutcomes(
    optionsOf(text).flatMap(({ value, when }): readonly Outcome[] => {
      const script = parseValue(value);
      if (script.kind === "unreadable") {
        noticeOutOfSight(`what is run here cannot be read: ${script.reason}`, command, place);
        return [{ world, status: "likely" }];
      }
      const span = walk.source.spanOf(command.start, command.end);
      const { label } = walk.source;
      const inner: Walk = { ...walk, source: { ...sourceOfCommand(script.text, span), label }, depth: walk.depth + 1 };
      const own = when === undefined ? world : withFact(world, when, true);
      const entered = withShell(own, {
        ...(positional === undefined ? {} : { positional: positional.map((field) => field.value) }),
        ...(isProcess ? { options: NO_OPTIONS, functions: new Map() } : {}),
      });
      const ends = runStatements(script.statements, entered, { ...place, walk: inner });
      return isProcess ? ends.map((end) => leaveProcess(end, own)) : ends;
    }),
  );
}

function leaveProcess({ world, status, jump }: Outcome, before: World): Outcome {
  const restored = { ...world, shell: { ...before.shell, printed: world.shell.printed } };
  return { world: restored, status: jump === "failure" ? false : status };
}

function leaveSource({ world, status, jump }: Outcome, before: World): Outcome {
  const restored = withShell(world, { positional: before.shell.positional });
  return { world: restored, status, jump: jump === "return" ? undefined : jump };
}

/** Programs that answer a question by how they end. */
const QUESTIONS = new Set([
  "grep",
  "egrep",
  "fgrep",
  "rg",
  "diff",
  "cmp",
  "which",
  "type",
  "hash",
  "pgrep",
  "jq",
  "test-ref",
]);

function statusOfProgram([first]: readonly Field[]): Outcome["status"] {
  const name = first === undefined ? undefined : literalOf(first.value);
  return name !== undefined && QUESTIONS.has(name) ? "open" : "likely";
}

export function callOf(command: Command, fields: readonly Field[], world: World, { walk, input }: Place): Call {
  const { symbols } = walk.analysis;
  return {
    walk,
    world,
    fields,
    args: fields.slice(1).map(({ value }) => symbols.encode(value)),
    input,
    variable: environmentOf(world, walk),
    command: walk.source.label ?? walk.source.text.slice(command.start, command.end),
    span: walk.source.spanOf(command.start, command.end),
  };
}

/** The variables that a program sees. */
export function environmentOf(world: World, { analysis }: Walk): (name: string) => Text | undefined {
  return (name) => {
    const variable = world.shell.variables.get(name);
    return variable?.isExported ? analysis.symbols.encode(variable.value) : undefined;
  };
}

function prepareAssignment(assignment: Assignment, world: World, walk: Walk, counts: Map<string, number>): Assignment {
  if (!("parts" in assignment.value)) return assignment;
  return { ...assignment, value: prepareWord(walk, world, assignment.value, counts) };
}

/** `NAME=value`; `isExported` for one in front of a command. */
export function assign(
  world: World,
  { name, index, append, value }: Assignment,
  walk: Walk,
  isExported: boolean,
): World {
  const scope = scopeOf(walk, world);
  if (!("parts" in value)) {
    const items = evaluateArguments(value, scope)[0]?.fields.map((field) => field.value) ?? [];
    const before = append ? (world.shell.arrays.get(name) ?? []) : [];
    return withShell(world, { arrays: new Map(world.shell.arrays).set(name, [...before, ...items]) });
  }
  if (index !== undefined) return world;
  const before = world.shell.variables.get(name);
  const made = evaluateWord(value, scope);
  const whole = append && before !== undefined ? concatenate([before.value, made]) : made;
  const variable: Variable = { value: whole, isExported: isExported || (before?.isExported ?? false) };
  return withShell(world, { variables: new Map(world.shell.variables).set(name, variable) });
}

/** The variables in front of a command are gone behind it. */
function dropOwn(world: World, before: World, assignments: readonly Assignment[]): World {
  const variables = new Map(world.shell.variables);
  for (const { name } of assignments) {
    const old = before.shell.variables.get(name);
    if (old === undefined) variables.delete(name);
    else variables.set(name, old);
  }
  return withShell(world, { variables });
}

function enterWrapper(world: World, wrapper: Wrapper, walk: Walk): World {
  const { variables } = world.shell;
  const kept =
    wrapper.environment === "cleared"
      ? new Map([...variables].filter(([name]) => wrapper.keeps.includes(name) || name === "PATH" || name === "HOME"))
      : new Map(variables);
  for (const name of wrapper.unsets) kept.delete(name);
  for (const { name, value } of wrapper.sets) kept.set(name, { value, isExported: true });
  const directory =
    wrapper.directory === undefined
      ? world.shell.directory
      : resolvePath(world.shell.directory, walk.analysis.symbols.encode(wrapper.directory));
  return withShell(world, { variables: kept, directory });
}

function leaveWrappers(world: World, before: World, wrappers: readonly Wrapper[]): World {
  // `command`, `builtin` and `exec` run what follows in this very shell.
  const isShell = wrappers.every(({ name }) => name === "command" || name === "builtin" || name === "exec");
  return isShell ? world : { ...world, shell: { ...before.shell, printed: world.shell.printed } };
}

/** A substitution that may do more than print: its pushes are met here, where the worlds are told apart. */
const DOES_SOMETHING = /\b(?:git|gh|push|config|bash|sh)\b/;

function meetSubstitutions(command: Command, world: World, place: Place): World {
  if (!place.walk.isRecording) return world;
  let made = world;
  for (const script of substitutionsIn(command)) {
    const text = script.text.slice(script.start, script.end);
    const callsFunction = [...world.shell.functions.keys()].some((name) => text.includes(name));
    if (!DOES_SOMETHING.test(text) && !callsFunction) continue;
    const [first] = runStatements(script.statements, withShell(made, { printed: EMPTY }), { ...place, isTested: true });
    if (first !== undefined) made = { ...first.world, shell: made.shell };
  }
  return made;
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
  const [first, ...others] = start(command, fields, command.assignments, listening, place);
  if (first === undefined) return undefined;
  const printed = first.world.shell.printed;
  const isSame = others.every(({ world }) => world.shell.printed === printed);
  return isSame || others.length === 0 ? printed : printed;
}

const LISTENED = new Set(["pwd"]);

function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}

import { evaluateInput } from "../../shell/output.ts";
import type { AndOr, Case, If, Statement, StatementVisitor } from "../../shell/script.ts";
import { visitStatement } from "../../shell/script.ts";
import { evaluateGlob } from "../../shell/variables.ts";
import { matchesGlob } from "../../shell/glob.ts";
import { textsOf } from "../conditions/decide.ts";
import { decideIn } from "../conditions/decide-in.ts";
import { equal, type Formula } from "../conditions/formula.ts";
import type { Text } from "../text.ts";
import { EMPTY, literalOf, type Value } from "../../shell/value.ts";
import { evaluateWord } from "../../shell/words.ts";
import { limitOutcomes, mergeOutcomes, withFact, withShell, type Outcome, type Status, type World } from "../world.ts";
import type { Span } from "../../ir/span.ts";
import { withUnknown } from "./elsewhere.ts";
import { meetForeignPushes } from "./foreign-pushes.ts";
import { evaluateCondition } from "./conditions.ts";
import { runCommand } from "./run-command.ts";
import { runBody, runFor, runWhile } from "./run-loops.ts";
import { endShell } from "./traps.ts";
import { captureStart, finishRedirections } from "./redirect.ts";
import { prepareWord, scopeOf } from "./scope-of.ts";
import type { Walk } from "./walk.ts";

/** Where a statement stands: its failure ends the shell (`set -e`) unless something looks at how it ends. */
export interface Place {
  readonly walk: Walk;
  readonly isTested: boolean;
  /** What it reads, where that is known. */
  readonly input: Value | undefined;
}

/** Runs statements one after the other, in each world that there may be. */
export function runStatements(statements: readonly Statement[], world: World, place: Place): readonly Outcome[] {
  let outcomes: readonly Outcome[] = [{ world, status: true }];
  for (const statement of statements) {
    outcomes = mergeOutcomes(
      outcomes.flatMap((outcome) =>
        outcome.jump === undefined ? runStatement(statement, outcome.world, place) : [outcome],
      ),
    );
  }
  return outcomes;
}

export function runStatement(statement: Statement, world: World, place: Place): readonly Outcome[] {
  if (--place.walk.analysis.budget.left < 0) return leaveUnread(statement, world, place);
  const outcomes = visitStatement(statement, VISITOR, { world, place });
  if (place.isTested) return outcomes;
  return outcomes.map((outcome) => {
    const isOver = outcome.status === false && outcome.jump === undefined && isUnguarded(statement);
    return isOver && outcome.world.shell.options.errexit ? { ...outcome, jump: "failure" } : outcome;
  });
}

/** The job runs more than is followed: its pushes are named, and nobody can tell who they are. */
function leaveUnread({ start, end }: Statement, world: World, { walk }: Place): readonly Outcome[] {
  const reason = "the job runs more commands than are followed";
  const { source } = walk;
  const spanOf = (from: number, to: number): Span | undefined => source.spanOf(start + from, start + to);
  const text = source.text.slice(start, end);
  const analysis = withUnknown(walk.analysis, reason);
  meetForeignPushes({ text, reason, world, walk: { ...walk, analysis, source: { ...source, text, spanOf } } });
  return [{ world: { ...world, standsForMore: true }, status: "likely" }];
}

/** The failure of the others is that of a statement in them, which has been looked at. */
function isUnguarded({ kind }: Statement): boolean {
  return kind === "command" || kind === "test" || kind === "pipeline" || kind === "subshell" || kind === "and-or";
}

/** A statement's world and place. */
export interface Context {
  readonly world: World;
  readonly place: Place;
}

const VISITOR: StatementVisitor<readonly Outcome[], Context> = {
  command: (command, { world, place }) => runCommand(command, world, place),
  pipeline: ({ statements }, { world, place }) => runPipeline(statements, world, place),
  not: ({ statement }, { world, place }) =>
    runStatement(statement, world, { ...place, isTested: true }).map((outcome) => ({
      ...outcome,
      status: outcome.status === true ? false : outcome.status === false ? true : "open",
    })),
  "and-or": runAndOr,
  if: runIf,
  for: runFor,
  loop: ({ body }, context) => runBody(body, context, true),
  while: runWhile,
  case: runCase,
  function: (definition, { world, place }) => {
    const functions = new Map(world.shell.functions).set(definition.name, { definition, source: place.walk.source });
    return [{ world: withShell(world, { functions }), status: true }];
  },
  subshell: (statement, { world, place }) => {
    const started = withShell(captureStart(statement.redirections, world), { atExit: undefined });
    const input = evaluateInput(statement.redirections, scopeOf(place.walk, world)) ?? place.input;
    const inside = { ...place, input };
    const outcomes = endShell(runStatements(statement.body, started, inside), inside).map((outcome) =>
      leaveSubshell(outcome, world),
    );
    return finishRedirections(statement.redirections, world, outcomes, place.walk);
  },
  group: (statement, { world, place }) => {
    const started = captureStart(statement.redirections, world);
    const input = evaluateInput(statement.redirections, scopeOf(place.walk, world)) ?? place.input;
    const outcomes = runStatements(statement.body, started, { ...place, input });
    return finishRedirections(statement.redirections, world, outcomes, place.walk);
  },
  test: ({ condition }, { world, place }) => evaluateCondition(condition, world, place.walk),
  arithmetic: (_, { world }) => [{ world, status: "open" }],
  background: ({ statement }, { world, place }) =>
    runStatement(statement, world, { ...place, isTested: true }).map((outcome) => ({
      ...leaveSubshell(outcome, world),
      status: true,
    })),
};

/** What a subshell changes in files stays; its variables and its directory are gone. */
function leaveSubshell({ world, status, jump }: Outcome, before: World): Outcome {
  const { printed } = world.shell;
  const isFailure = jump === "failure" || (jump === "exit" && status === false);
  return { world: { ...world, shell: { ...before.shell, printed } }, status: isFailure ? false : status };
}

/** More ends of one part of a pipeline than this are not told apart. */
const MOST_ENDS = 4;

interface PipelineWay {
  readonly world: World;
  readonly input: Value | undefined;
  readonly status: Status;
  /** With `set -o pipefail` it fails when any of its commands does. */
  readonly hasFailed: boolean;
}

function runPipeline(statements: readonly Statement[], world: World, place: Place): readonly Outcome[] {
  let ways: readonly PipelineWay[] = [{ world, input: place.input, status: true, hasFailed: false }];
  const { pipefail } = world.shell.options;
  for (const [at, statement] of statements.entries()) {
    const isLast = at === statements.length - 1;
    ways = ways.flatMap((way) => {
      const listening = isLast ? way.world : withShell(way.world, { printed: EMPTY });
      const outcomes = runStatement(statement, listening, { ...place, isTested: true, input: way.input });
      return limitOutcomes(outcomes, MOST_ENDS).map((outcome) => {
        const left = leaveSubshell(outcome, way.world);
        const { printed } = left.world.shell;
        const restored = isLast ? left.world : withShell(left.world, { printed: way.world.shell.printed });
        const hasFailed = way.hasFailed || (pipefail && left.status === false);
        return { world: restored, input: printed, status: left.status, hasFailed };
      });
    });
  }
  return mergeOutcomes(ways.map(({ world, status, hasFailed }) => ({ world, status: hasFailed ? false : status })));
}

function runAndOr({ first, rest }: AndOr, { world, place }: Context): readonly Outcome[] {
  let outcomes = runStatement(first, world, { ...place, isTested: true });
  // A failure in front of `&&` ends no shell, whatever stands behind it: bash(1), `set -e`.
  const spared: Outcome[] = [];
  for (const [at, { operator, statement }] of rest.entries()) {
    const isLast = at === rest.length - 1;
    const isEnd = !place.isTested && !rest.slice(at).some((later) => later.operator === "||");
    outcomes = mergeOutcomes(
      outcomes.flatMap((outcome) => {
        if (outcome.jump !== undefined) return [outcome];
        // What does not run is not looked at: its pushes would be listed.
        const goOn = () => runStatement(statement, outcome.world, { ...place, isTested: !isLast || place.isTested });
        const stays = { ...outcome, status: operator === "||" };
        const isTaken = outcome.status === (operator === "&&");
        if (isTaken) return goOn();
        if (outcome.status === false && isEnd) {
          spared.push({ ...outcome, status: "likely" });
          return [];
        }
        if (outcome.status === true || outcome.status === false) return [outcome];
        // An ordinary command is taken to succeed; what stands behind its `||` runs when it has not.
        if (operator === "&&" && outcome.status === "likely") return goOn();
        return operator === "&&" ? [...goOn(), { ...stays, status: "likely" as const }] : [stays, ...goOn()];
      }),
    );
  }
  return mergeOutcomes([...outcomes, ...spared]);
}

function runIf(statement: If, { world, place }: Context): readonly Outcome[] {
  const started = captureStart(statement.redirections, world);
  const done: Outcome[] = [];
  let left: readonly World[] = [started];
  for (const { condition, body } of statement.branches) {
    const next: World[] = [];
    for (const way of left) {
      for (const outcome of runStatements(condition, way, { ...place, isTested: true })) {
        if (outcome.jump !== undefined) {
          done.push(outcome);
          continue;
        }
        const { status } = outcome;
        const text = textOfCondition(condition, place);
        const isKnown = status === true || status === false;
        if (status !== false)
          done.push(...runStatements(body, isKnown ? outcome.world : withFact(outcome.world, text, true), place));
        if (status !== true) next.push(isKnown ? outcome.world : withFact(outcome.world, text, false));
      }
    }
    left = next;
  }
  for (const way of left)
    done.push(
      ...(statement.otherwise === undefined
        ? [{ world: way, status: true as const }]
        : runStatements(statement.otherwise, way, place)),
    );
  return mergeOutcomes(finishRedirections(statement.redirections, world, done, place.walk));
}

function textOfCondition(condition: readonly Statement[], { walk }: Place): string {
  const [first] = condition;
  const last = condition.at(-1);
  if (first === undefined || last === undefined) return "the condition";
  const text = walk.source.text.slice(first.start, last.end).replace(/\s+/g, " ");
  // The same words in another place may have another answer.
  return `\`${text.length > 80 ? `${text.slice(0, 80)}…` : text}\` holds\0${first.start}`;
}

function runCase(statement: Case, { world, place }: Context): readonly Outcome[] {
  const { walk } = place;
  const scope = scopeOf(walk, world);
  const value = evaluateWord(prepareWord(walk, world, statement.word, new Map()), scope);
  const { symbols, starts } = walk.analysis;
  const text = symbols.encode(value);
  const texts = textsOf(text, starts, symbols);
  const subject = `\`${walk.source.text.slice(statement.word.start, statement.word.end)}\``;
  const outcomes: Outcome[] = [];
  let left: World | undefined = world;
  for (const item of statement.items) {
    const answers: readonly (boolean | undefined)[] = item.patterns.map((pattern) =>
      matches(pattern, texts, place, world),
    );
    if (answers.every((answer) => answer === false)) continue;
    const condition = `${subject} is ${describePatterns(item.patterns, place)}\0${statement.start}`;
    const formula = asksFor(item.patterns, text, place, left);
    const answer = formula && decideIn(formula, left.facts, walk.analysis);
    if (answer === false) continue;
    if (formula !== undefined) walk.analysis.formulas.set(condition, formula);
    const isSure = answers.includes(true) || answer === true;
    outcomes.push(...runStatements(item.body, isSure ? left : withFact(left, condition, true), place));
    if (isSure) {
      left = undefined;
      break;
    }
    left = withFact(left, condition, false);
  }
  if (left !== undefined) outcomes.push({ world: left, status: true });
  return mergeOutcomes(finishRedirections(statement.redirections, world, outcomes, place.walk));
}

/** What patterns without `*` and the like ask; undefined for others. */
function asksFor(
  patterns: Case["items"][number]["patterns"],
  text: Text,
  { walk }: Place,
  world: World,
): Formula | undefined {
  const literals = patterns.map((pattern) =>
    pattern.parts.some(({ kind }) => kind === "glob")
      ? undefined
      : literalOf(evaluateWord(pattern, scopeOf(walk, world))),
  );
  const known = literals.filter((literal) => literal !== undefined);
  if (known.length < patterns.length) return undefined;
  return { kind: "any", formulas: known.map((literal) => equal(text, literal)) };
}

function describePatterns(patterns: Case["items"][number]["patterns"], { walk }: Place): string {
  return patterns.map(({ start, end }) => walk.source.text.slice(start, end)).join(" or ");
}

/** Whether a pattern fits, whatever the text is; undefined where that is not known. */
function matches(
  pattern: Parameters<typeof evaluateGlob>[0],
  texts: readonly string[] | undefined,
  { walk }: Place,
  world: World,
): boolean | undefined {
  const glob = evaluateGlob(pattern, scopeOf(walk, world));
  if (glob === undefined) return undefined;
  if (glob.length > 0 && glob.every(({ kind }) => kind === "any")) return true;
  const [answer, ...others] = texts?.map((text) => matchesGlob(glob, text)) ?? [];
  return others.every((other) => other === answer) ? answer : undefined;
}

import { evaluateInput } from "../../shell/output.ts";
import type { AndOr, If, Statement, StatementVisitor } from "../../shell/script.ts";
import { visitStatement } from "../../shell/script.ts";
import { EMPTY, literal, literalOf, unknown, type Value } from "../../shell/value.ts";
import { limitOutcomes, mergeOutcomes, withFact, withShell, type Outcome, type Status, type World } from "../world.ts";
import type { Span } from "../../ir/span.ts";
import { withUnknown } from "./elsewhere.ts";
import { meetForeignPushes } from "./foreign-pushes.ts";
import { evaluateCondition } from "./conditions.ts";
import { runCommand } from "./run-command.ts";
import { runCase } from "./run-case.ts";
import { runBody, runFor, runWhile } from "./run-loops.ts";
import { endShell } from "./traps.ts";
import type { ScriptSource } from "./script-source.ts";
import { captureStart, finishRedirections } from "./redirect.ts";
import { scopeOf } from "./scope-of.ts";
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
  const ended = visitStatement(statement, VISITOR, { world, place });
  const outcomes = asksForStatus(place.walk.source) ? ended.map(withExitStatus) : ended;
  if (place.isTested) return outcomes;
  return outcomes.map((outcome) => {
    const isOver = outcome.status === false && outcome.jump === undefined && isUnguarded(statement);
    return isOver && outcome.world.shell.options.errexit ? { ...outcome, jump: "failure" } : outcome;
  });
}

const askers = new WeakMap<ScriptSource, boolean>();

function asksForStatus(source: ScriptSource): boolean {
  let asks = askers.get(source);
  if (asks === undefined) askers.set(source, (asks = /\$\{?\?/.test(source.text)));
  return asks;
}

function withExitStatus(outcome: Outcome): Outcome {
  const { world, status, code } = outcome;
  const exitStatus =
    status === true ? literal("0") : status === false ? literal(String(code ?? 1)) : unknown("how a command ends");
  return { ...outcome, world: withShell(world, { exitStatus }) };
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
  arithmetic: ({ text }, { world }) => [{ world, status: compareNumbers(text, world) ?? "open" }],
  background: ({ statement }, { world, place }) =>
    runStatement(statement, world, { ...place, isTested: true }).map((outcome) => ({
      ...leaveSubshell(outcome, world),
      status: true,
    })),
};

const COMPARISON = /^\(\(\s*(\$\?|\$?\w+)\s*(==|!=|<=|>=|<|>)\s*(\$\?|\$?\w+)\s*\)\)$/;

/** `(( $? == 0 ))`, where both numbers are known. */
function compareNumbers(text: string, { shell }: World): boolean | undefined {
  const [, left = "", operator = "", right = ""] = COMPARISON.exec(text.trim()) ?? [];
  const numberOf = (word: string): number => {
    if (/^\d+$/.test(word)) return Number(word);
    const name = word.replace("$", "");
    const value = name === "?" ? shell.exitStatus : shell.variables.get(name)?.value;
    return Number((value && literalOf(value)) || Number.NaN);
  };
  const [a, b] = [numberOf(left), numberOf(right)];
  if (Number.isNaN(a) || Number.isNaN(b)) return undefined;
  return { "==": a === b, "!=": a !== b, "<=": a <= b, ">=": a >= b, "<": a < b, ">": a > b }[operator];
}

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
    const before = rest[at - 1]?.statement ?? first;
    const isEnd = !place.isTested && !rest.slice(at).some((later) => later.operator === "||");
    outcomes = mergeOutcomes(
      outcomes.flatMap((outcome) => {
        if (outcome.jump !== undefined) return [outcome];
        // What does not run is not looked at: its pushes would be listed.
        const goOn = (from: World) => runStatement(statement, from, { ...place, isTested: !isLast || place.isTested });
        const stays = { ...outcome, status: operator === "||" };
        const isTaken = outcome.status === (operator === "&&");
        if (isTaken) return goOn(outcome.world);
        if (outcome.status === false && isEnd) {
          spared.push({ ...outcome, status: "likely" });
          return [];
        }
        if (outcome.status === true || outcome.status === false) return [outcome];
        // An ordinary command is taken to succeed; what stands behind its `||` runs when it has not.
        if (operator === "&&" && outcome.status === "likely") {
          const ended = goOn(outcome.world);
          // `gh release view v1 && exit 0`: whoever writes more behind it counts on its failure, too.
          if (!ended.every(leaves)) return ended;
        }
        const text = textOfCondition(before, place);
        const way = (holds: boolean): World => withFact(outcome.world, text, holds);
        return operator === "&&"
          ? [...goOn(way(true)), { ...stays, world: way(false), status: "likely" as const }]
          : [{ ...stays, world: way(true) }, ...goOn(way(false))];
      }),
    );
  }
  return mergeOutcomes([...outcomes, ...spared]);
}

/** `exit`, `return`, `break`, `continue`: what stands behind is not come to. */
function leaves({ jump }: Outcome): boolean {
  return jump !== undefined && jump !== "failure";
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
        const text = textOfCondition(condition[0], place, condition.at(-1));
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

function textOfCondition(first: Statement | undefined, { walk }: Place, last = first): string {
  if (first === undefined || last === undefined) return "the condition";
  const text = walk.source.text.slice(first.start, last.end).replace(/\s+/g, " ");
  // The same words in another place may have another answer.
  return `\`${text.length > 80 ? `${text.slice(0, 80)}…` : text}\` holds\0${first.start}`;
}

import { follow } from "../../shell/follow.ts";
import { outputOfCommand } from "../../shell/output.ts";
import { parseValue } from "../../shell/parse-script.ts";
import type { Field } from "../../shell/scope.ts";
import type { Command } from "../../shell/script.ts";
import type { Run } from "../../shell/unwrap-command.ts";
import { literal, literalOf } from "../../shell/value.ts";
import type { Analysis } from "../analysis.ts";
import { forgetTouched } from "../programs/touched-files.ts";
import { findTool } from "../programs/tools.ts";
import { hasSymbol } from "../text.ts";
import { whyOutOfSight } from "../traces/may-reach-server.ts";
import { mergeOutcomes, withShell, type Outcome, type World } from "../world.ts";
import { callOf } from "./call-of.ts";

import { noticeOutOfSight } from "./notice.ts";
import { endShell } from "./traps.ts";
import { enterProcess, leaveProcess, leaveSource } from "./process.ts";
import { print } from "./redirect.ts";
import { runStatements, type Place } from "./run-statements.ts";
import { scopeOf } from "./scope-of.ts";
import { sourceOfCommand, sourceOfFile } from "./script-source.ts";
import { MOST_LEVELS, type Walk } from "./walk.ts";

/** A script of the repository, `make target`, `npm run name`: followed where its file is in sight. */
export function runFollowed(run: Run, command: Command, world: World, place: Place): readonly Outcome[] {
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
    const files = forgetTouched(callOf(command, fields, world, place));
    return [{ world: print({ ...world, files }, output), status: statusOfProgram(fields) }];
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
        const started = script.isProcess ? enterProcess(outcome.world, script.options) : outcome.world;
        const entered = withShell(started, {
          ...(script.positional === undefined ? {} : { positional: script.positional.map(({ value }) => value) }),
          ...(script.directory === undefined ? {} : { directory: script.directory }),
        });
        const inside = { ...place, walk: inner };
        const ends = runStatements(statements, entered, inside);
        return script.isProcess
          ? endShell(ends, inside).map((end) => leaveProcess(end, outcome.world))
          : ends.map((end) => leaveSource(end, outcome.world));
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

import type { Field } from "../../shell/scope.ts";
import type { Command } from "../../shell/script.ts";
import { parseValue } from "../../shell/parse-script.ts";
import type { ShellOptions } from "../../shell/shell-options.ts";
import { optionsOf, type Value } from "../../shell/value.ts";
import { mergeOutcomes, withFact, withShell, type Outcome, type World } from "../world.ts";

import { noticeOutOfSight } from "./notice.ts";
import { endShell } from "./traps.ts";
import { enterProcess, leaveProcess } from "./process.ts";
import { runStatements, type Place } from "./run-statements.ts";
import { sourceOfCommand } from "./script-source.ts";
import { MOST_LEVELS, type Walk } from "./walk.ts";

interface TextRun {
  readonly positional: readonly Field[] | undefined;
  /** Of a shell of its own; undefined where this very shell runs the text. */
  readonly options: ShellOptions | undefined;
}

/** `bash -c text`, `eval text`, a script that a heredoc wrote. */
export function runText(
  text: Value,
  command: Command,
  world: World,
  place: Place,
  { positional, options }: TextRun,
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
      const started = options === undefined ? own : enterProcess(own, options);
      const entered =
        positional === undefined ? started : withShell(started, { positional: positional.map((field) => field.value) });
      const ends = runStatements(script.statements, entered, { ...place, walk: inner });
      return options === undefined
        ? ends
        : endShell(ends, { ...place, walk: inner }).map((end) => leaveProcess(end, own));
    }),
  );
}

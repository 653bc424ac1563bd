import type { Command } from "../../shell/script.ts";
import { NO_OPTIONS } from "../../shell/shell-options.ts";
import type { Run } from "../../shell/unwrapped.ts";
import { literalOf, unknown } from "../../shell/value.ts";
import { resolvePath } from "../paths.ts";
import type { Outcome, World } from "../world.ts";
import { callOf } from "./call-of.ts";
import { meetElsewhere } from "./elsewhere.ts";
import { noticeArguments, noticeHookFiles, noticeOutOfSight } from "./notice.ts";
import { print } from "./redirect.ts";
import { runFollowed } from "./run-followed.ts";
import type { Place } from "./run-statements.ts";
import { runText } from "./run-text.ts";
import type { Call, Result } from "./walk.ts";

/** Runs what is left of a command when its wrappers are taken off. */
export function runUnwrapped(run: Run, command: Command, world: World, place: Place): readonly Outcome[] {
  const { walk } = place;
  switch (run.kind) {
    case "lookup":
      return [{ world: print(world, unknown("where a program is")), status: "open" }];
    case "inline":
      return runText(run.text, command, world, place, { positional: run.positional, options: run.options });
    case "eval":
      return runText(run.text, command, world, place, { positional: undefined, options: undefined });
    case "input":
      if (place.input === undefined) {
        noticeOutOfSight("the script that is run here is fetched or made while the job runs", command, place);
        return [{ world, status: "likely" }];
      }
      return runText(place.input, command, world, place, { positional: run.positional, options: run.options });
    case "program":
      return runProgram(run, command, world, place);
    case "file":
    case "source": {
      const written = world.files.get(resolvePath(world.shell.directory, walk.analysis.symbols.encode(run.path)));
      if (written?.kind === "text") {
        const text = walk.analysis.symbols.decode(written.text);
        const options = run.kind === "file" ? run.options : undefined;
        return runText(text, command, world, place, { positional: run.positional, options });
      }
      return runFollowed(run, command, world, place);
    }
    case "elsewhere":
      meetElsewhere(run, command, world, place);
      return runProgram({ kind: "program", fields: run.all }, command, world, place);
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
  noticeHookFiles(call);
  const written = literalOf(first.value);
  const name = written?.replace(/^.*\/(?=(?:git|gh)$)/, "");
  const { programs } = walk.analysis;
  const program = name === undefined || !Object.hasOwn(programs, name) ? undefined : programs[name];
  if (program !== undefined) return program(call).map((result) => outcomeOf(result, call));
  const path = walk.analysis.symbols.encode(first.value);
  const file = path.includes("/") ? world.files.get(resolvePath(world.shell.directory, path)) : undefined;
  if (file?.kind === "text") {
    const text = walk.analysis.symbols.decode(file.text);
    return runText(text, command, world, place, { positional: run.fields.slice(1), options: NO_OPTIONS });
  }
  return runFollowed(run, command, world, place);
}

function outcomeOf({ world, status, output, code }: Result, call: Call): Outcome {
  if (world.shell.printed === undefined) return { world, status, code };
  return { world: print(world, output ?? unknown(`what \`${shorten(call.command)}\` prints`)), status, code };
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}

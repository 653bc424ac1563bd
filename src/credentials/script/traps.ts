import { parseValue } from "../../shell/parse-script.ts";
import { optionsOf } from "../../shell/value.ts";
import { mergeOutcomes, withShell, type Outcome } from "../world.ts";
import { runStatements, type Place } from "./run-statements.ts";
import { MOST_LEVELS } from "./walk.ts";

/** Runs what `trap … EXIT` left for the end of a shell. It ends as it would have without. */
export function endShell(outcomes: readonly Outcome[], place: Place): readonly Outcome[] {
  if (outcomes.every(({ world }) => world.shell.atExit === undefined)) return outcomes;
  return mergeOutcomes(outcomes.flatMap((outcome) => runTrap(outcome, place)));
}

function runTrap(outcome: Outcome, place: Place): readonly Outcome[] {
  const { atExit } = outcome.world.shell;
  const { walk } = place;
  if (atExit === undefined || walk.depth >= MOST_LEVELS) return [outcome];
  const before = withShell(outcome.world, { atExit: undefined });
  return optionsOf(atExit.text).flatMap(({ value }): readonly Outcome[] => {
    const script = parseValue(value);
    if (script.kind === "unreadable") return [{ ...outcome, world: before }];
    const { label } = atExit.source;
    const source = { text: script.text, spanOf: () => atExit.span, label };
    const inner = { ...place, walk: { ...walk, source, depth: walk.depth + 1 }, isTested: true };
    return runStatements(script.statements, before, inner).map(({ world }) => ({ ...outcome, world }));
  });
}

import { evaluateInput } from "../../shell/output.ts";
import type { For, Statement, While } from "../../shell/script.ts";
import type { Word } from "../../shell/word.ts";
import { linesOf } from "../../shell/split-text.ts";
import { unknown, type Value } from "../../shell/value.ts";
import { evaluateArguments, evaluateWord } from "../../shell/words.ts";
import { matchesPath } from "../git/include.ts";
import { resolvePath } from "../paths.ts";
import { mergeOutcomes, type Outcome, type World } from "../world.ts";
import { asLine } from "./read-line.ts";
import { captureStart, finishRedirections } from "./redirect.ts";
import { runStatements, type Context, type Place } from "./run-statements.ts";
import { prepareWord, scopeOf } from "./scope-of.ts";
import { setValue } from "./variables.ts";
import type { Walk } from "./walk.ts";

/** More turns than this are not run one by one. */
const MOST_TURNS = 8;

export function runFor({ name, words, body, redirections }: For, { world, place }: Context): readonly Outcome[] {
  const scope = scopeOf(place.walk, world);
  const counts = new Map<string, number>();
  const prepared = words
    ?.flatMap((word) => expandPaths(word, world, place.walk))
    .map((word) => prepareWord(place.walk, world, word, counts, true));
  const lists = prepared === undefined ? [] : evaluateArguments(prepared, scope);
  const items = prepared === undefined ? world.shell.positional : lists[0]?.fields.map(({ value }) => value);
  const areKnown = lists.length <= 1 && (lists[0]?.fields.every(({ isOne }) => isOne) ?? items !== undefined);
  if (!areKnown || items === undefined || items.length > MOST_TURNS) {
    const item = unknown(`one of what \`${name}\` goes through`);
    return runBody(body, { world: setValue(world, name, item), place }, false);
  }
  const turns = items.map(
    (item) =>
      (outcome: Outcome): readonly Outcome[] =>
        runStatements(body, setValue(outcome.world, name, item), place),
  );
  const outcomes = runTurns(turns, captureStart(redirections, world));
  return mergeOutcomes(finishRedirections(redirections, world, outcomes, place.walk));
}

/** `"$RUNNER_TEMP"/git-credentials-*`: the files that are known. A pattern that finds none of them is left as it is. */
function expandPaths(word: Word, world: World, walk: Walk): readonly Word[] {
  if (!word.parts.some(({ kind }) => kind === "glob")) return [word];
  const written = prepareWord(walk, world, word, new Map());
  const pattern = resolvePath(
    world.shell.directory,
    walk.analysis.symbols.encode(evaluateWord(written, scopeOf(walk, world))),
  );
  const found = [...world.files.keys()].filter((path) => matchesPath(pattern, path));
  if (found.length === 0) return [word];
  return found.map((text) => ({
    ...word,
    parts: [{ kind: "literal", text, quoted: true, start: word.start, end: word.end }],
  }));
}

/** A body that runs some number of times: once stands for all, and `never` is another way. */
export function runBody(
  body: readonly Statement[],
  { world, place }: Context,
  atLeastOnce: boolean,
): readonly Outcome[] {
  const turned = runStatements(body, world, place).map((outcome): Outcome => {
    const isLoopJump = outcome.jump === "break" || outcome.jump === "continue";
    return isLoopJump || outcome.jump === undefined ? { world: outcome.world, status: true } : outcome;
  });
  return mergeOutcomes(atLeastOnce ? turned : [...turned, { world, status: true }]);
}

export function runWhile(loop: While, { world, place }: Context): readonly Outcome[] {
  const before = captureStart(loop.redirections, world);
  const input = evaluateInput(loop.redirections, scopeOf(place.walk, world)) ?? place.input;
  const lines = input === undefined ? undefined : runLines(loop, input, before, place);
  if (lines !== undefined) return mergeOutcomes(finishRedirections(loop.redirections, world, lines, place.walk));
  const conditions = runStatements(loop.condition, before, { ...place, isTested: true, input });
  const outcomes = conditions.flatMap((outcome) => {
    if (outcome.jump !== undefined) return [outcome];
    const goes = outcome.status === true ? !loop.isUntil : outcome.status === false ? loop.isUntil : undefined;
    if (goes === false) return [{ world: outcome.world, status: true as const }];
    const body = runBody(loop.body, { world: outcome.world, place }, goes === true);
    return loop.isUntil ? [{ world: outcome.world, status: true as const }, ...body] : body;
  });
  return mergeOutcomes(finishRedirections(loop.redirections, world, outcomes, place.walk));
}

/** `… | while read -r line`, `done <<< "$lines"`: over lines that are known the loop runs line by line. */
function runLines(loop: While, input: Value, world: World, place: Place): readonly Outcome[] | undefined {
  const [read, ...more] = loop.condition;
  const isRead =
    read?.kind === "command" && read.words[0]?.parts[0]?.kind === "literal" && read.words[0].parts[0].text === "read";
  const lines = isRead && more.length === 0 && !loop.isUntil ? linesOf(input) : undefined;
  if (lines === undefined || lines.length > MOST_TURNS) return undefined;
  const turns = lines.map((line) => (outcome: Outcome): readonly Outcome[] => {
    const reading = runStatements(loop.condition, outcome.world, { ...place, isTested: true, input: asLine(line) });
    return reading.flatMap(({ world }) => runStatements(loop.body, world, { ...place, input: undefined }));
  });
  return runTurns(turns, world);
}

/** Each turn goes on from where the one before it has ended. */
function runTurns(turns: readonly ((outcome: Outcome) => readonly Outcome[])[], world: World): readonly Outcome[] {
  let outcomes: readonly Outcome[] = [{ world, status: true }];
  const left: Outcome[] = [];
  for (const turn of turns) {
    const turned = outcomes.flatMap(turn);
    left.push(...turned.filter(({ jump }) => jump === "break").map(({ world }) => ({ world, status: true as const })));
    left.push(...turned.filter(({ jump }) => jump !== undefined && jump !== "break" && jump !== "continue"));
    outcomes = mergeOutcomes(
      turned
        .filter(({ jump }) => jump === undefined || jump === "continue")
        .map(({ world, status }) => ({ world, status })),
    );
    if (outcomes.length === 0) break;
  }
  return [...left, ...outcomes];
}

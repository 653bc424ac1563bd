import type { Case } from "../../shell/script.ts";
import { evaluateGlob } from "../../shell/variables.ts";
import { matchesGlob } from "../../shell/glob.ts";
import { literalOf, type Value } from "../../shell/value.ts";
import { evaluateWord } from "../../shell/words.ts";
import { decideIn } from "../conditions/decide-in.ts";
import { textsOf } from "../conditions/decide.ts";
import { equal, type Formula } from "../conditions/formula.ts";
import type { Text } from "../text.ts";
import { mergeOutcomes, withFact, type Outcome, type World } from "../world.ts";
import { matchesValue } from "./match-text.ts";
import { finishRedirections } from "./redirect.ts";
import { runStatements, type Context, type Place } from "./run-statements.ts";
import { prepareWord, scopeOf } from "./scope-of.ts";

/** One way for each arm that may be taken. */
export function runCase(statement: Case, { world, place }: Context): readonly Outcome[] {
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
      matches(pattern, texts, value, place, world),
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
  value: Value,
  { walk }: Place,
  world: World,
): boolean | undefined {
  const glob = evaluateGlob(pattern, scopeOf(walk, world));
  if (glob === undefined) return undefined;
  if (glob.length > 0 && glob.every(({ kind }) => kind === "any")) return true;
  if (texts === undefined) return matchesValue(glob, value, walk.analysis.symbols);
  const [answer, ...others] = texts.map((text) => matchesGlob(glob, text));
  return others.every((other) => other === answer) ? answer : undefined;
}

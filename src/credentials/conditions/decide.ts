import { hasSymbol, replaceSymbols, type Symbols, type Text } from "../text.ts";
import { mapTexts, type Formula } from "./formula.ts";
import type { Start } from "./starts.ts";

/** A formula that is taken for true, or for false. */
export interface Taken {
  readonly formula: Formula;
  readonly holds: boolean;
}

/** More combinations of answers than this are not tried. */
const MOST_COMBINATIONS = 2048;

/**
 * Whether a condition holds wherever everything else holds that is taken for granted: the answers that its questions may have are
 * tried one after the other, under each of the events that may have started the run.
 *
 * @returns undefined where it may hold and may not
 */
export function decide(
  asked: Formula,
  taken: readonly Taken[],
  starts: readonly Start[],
  symbols: Symbols,
): boolean | undefined {
  if (asked.kind === "known") return asked.holds;
  let answer: boolean | undefined;
  for (const start of starts) {
    const change = (text: Text): Text => underStart(text, start, symbols);
    const all = [{ formula: asked, holds: true }, ...taken].map(({ formula, holds }) => ({
      formula: mapTexts(formula, change),
      holds,
    }));
    const [question, ...rest] = all;
    if (question === undefined) return undefined;
    const answers = answersTo(question.formula, rest, symbols);
    if (answers === undefined || answers.size === 2) return undefined;
    for (const each of answers) {
      if (answer !== undefined && answer !== each) return undefined;
      answer = each;
    }
  }
  return answer;
}

/** A text as it is when this event has started the run. */
export function underStart(text: Text, start: Start, symbols: Symbols): Text {
  if (start.size === 0 || !hasSymbol(text)) return text;
  return replaceSymbols(text, (symbol) => {
    const meaning = symbols.meaningOf(symbol);
    if (meaning.kind !== "reference") return symbol;
    const type = start.get("github.ref_type");
    const known = start.get(meaning.id);
    if (known !== undefined || meaning.id !== "github.ref" || type === undefined) return known ?? symbol;
    return `refs/${type === "tag" ? "tags" : "heads"}/${symbols.reference("github.ref_name", false)}`;
  });
}

/** What a text is in every case, each case once; undefined where it is not known in one of them. */
export function textsOf(text: Text, starts: readonly Start[], symbols: Symbols): readonly Text[] | undefined {
  const texts = new Set(starts.map((start) => underStart(text, start, symbols)));
  return [...texts].some(hasSymbol) ? undefined : [...texts];
}

/** The answers that there can be; undefined where there are too many questions. Without any, what is taken for true cannot be. */
function answersTo(asked: Formula, taken: readonly Taken[], symbols: Symbols): ReadonlySet<boolean> | undefined {
  let facts = taken;
  let questions = questionsIn([asked, ...facts.map(({ formula }) => formula)], symbols);
  if (combinationsOf(questions) > MOST_COMBINATIONS) {
    // Only what asks the same has a say.
    const own = new Set(questionsIn([asked], symbols).keys());
    facts = taken.filter(({ formula }) => [...questionsIn([formula], symbols).keys()].every((key) => own.has(key)));
    questions = questionsIn([asked, ...facts.map(({ formula }) => formula)], symbols);
    if (combinationsOf(questions) > MOST_COMBINATIONS) return undefined;
  }
  const places = new Map([...questions.keys()].map((key, at) => [key, at]));
  const asks = testOf(asked, places);
  const known = facts.map(({ formula, holds }) => ({ holds, ...testOf(formula, places) }));
  const inOrder = [...questions.values()];
  const found = new Set<boolean>();
  const chosen: string[] = [];
  /** As soon as all that a fact asks is answered, it tells whether these answers can be. */
  const canBe = (answered: number): boolean =>
    known.every(({ needs, test, holds }) => needs !== answered || test(chosen) === holds);
  const tryFrom = (answered: number): void => {
    if (found.size === 2 || !canBe(answered)) return;
    const options = inOrder[answered];
    if (options === undefined) found.add(asks.test(chosen));
    else
      for (const option of options) {
        chosen[answered] = option;
        tryFrom(answered + 1);
      }
  };
  tryFrom(0);
  return found;
}

function combinationsOf(questions: ReadonlyMap<string, readonly string[]>): number {
  return [...questions.values()].reduce((product, { length }) => product * length, 1);
}

const OTHER = "\0other";
const YES = "yes";

/** What is asked, and the answers to it: a text is one of those that it is compared with, or another. */
function questionsIn(formulas: readonly Formula[], symbols: Symbols): Map<string, readonly string[]> {
  const questions = new Map<string, readonly string[]>();
  const visit = (formula: Formula): void => {
    switch (formula.kind) {
      case "known":
        return;
      case "equal": {
        const asked = comparisonIn(formula);
        if (asked === undefined) questions.set(keyOfAtom(formula), [YES, OTHER]);
        else if (asked.value !== "" || mayBeEmpty(asked.subject, symbols)) {
          const known = questions.get(asked.subject) ?? [OTHER];
          if (!known.includes(asked.value)) questions.set(asked.subject, [...known, asked.value]);
        } else if (!questions.has(asked.subject)) questions.set(asked.subject, [OTHER]);
        return;
      }
      case "call":
        questions.set(keyOfAtom(formula), [YES, OTHER]);
        return;
      case "not":
        visit(formula.formula);
        return;
      case "all":
      case "any":
        formula.formulas.forEach(visit);
    }
  };
  formulas.forEach(visit);
  return questions;
}

function mayBeEmpty(text: Text, symbols: Symbols): boolean {
  return text.length > 1 || symbols.canBeEmpty(text);
}

interface Test {
  /** How many of the questions, in their order, must be answered for it. */
  readonly needs: number;
  readonly test: (answers: readonly string[]) => boolean;
}

/** Whether a formula is true, by the answers to the questions at these places. */
function testOf(formula: Formula, places: ReadonlyMap<string, number>): Test {
  const isAnswered = (key: string, answer: string): Test => {
    const at = places.get(key) ?? -1;
    return { needs: at + 1, test: (answers) => answers[at] === answer };
  };
  switch (formula.kind) {
    case "known":
      return { needs: 0, test: () => formula.holds };
    case "equal": {
      const asked = comparisonIn(formula);
      return asked === undefined ? isAnswered(keyOfAtom(formula), YES) : isAnswered(asked.subject, asked.value);
    }
    case "call":
      return isAnswered(keyOfAtom(formula), YES);
    case "not": {
      const { needs, test } = testOf(formula.formula, places);
      return { needs, test: (answers) => !test(answers) };
    }
    case "all":
    case "any": {
      const inner = formula.formulas.map((each) => testOf(each, places));
      const needs = Math.max(0, ...inner.map((each) => each.needs));
      if (formula.kind === "all") return { needs, test: (answers) => inner.every(({ test }) => test(answers)) };
      return { needs, test: (answers) => inner.some(({ test }) => test(answers)) };
    }
  }
}

/** Something unknown that is compared with something known. */
function comparisonIn({ left, right }: Extract<Formula, { kind: "equal" }>) {
  if (hasSymbol(left) && !hasSymbol(right)) return { subject: left, value: right.toLowerCase() };
  if (hasSymbol(right) && !hasSymbol(left)) return { subject: right, value: left.toLowerCase() };
  return undefined;
}

function keyOfAtom(formula: Extract<Formula, { kind: "equal" | "call" }>): string {
  return formula.kind === "equal"
    ? `\0equal\0${[formula.left, formula.right].toSorted().join("\0")}`
    : `\0${formula.name}\0${formula.args.join("\0")}`;
}

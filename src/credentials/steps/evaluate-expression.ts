import type { Expression, FunctionCall, IndexAccess } from "../../expressions/ast.ts";
import { propertyName } from "../../expressions/ast.ts";
import { readFormat } from "../../expressions/format-text.ts";
import { print } from "../../expressions/print.ts";
import { hasSymbol, symbolsIn, type Symbols, type Text } from "../text.ts";
import { partsOf } from "./parse-text.ts";

/** One thing that an expression may come to. */
export interface Outcome {
  readonly text: Text;
  /** Whether it counts as true; undefined where nobody knows. */
  readonly isTruthy: boolean | undefined;
  /** When it comes to this, for people. */
  readonly when: string | undefined;
}

/** Where contexts get their values: `secrets.PAT`, `steps.app.outputs.token`, `matrix.os`. */
export interface Contexts {
  readonly symbols: Symbols;
  /** Undefined for a context whose value is not known: the expression stands for itself. Names are in lower case up to the last. */
  readonly look: (path: readonly string[]) => Outcome | Text | undefined;
  /** Whether a condition holds, where that follows from what is known. */
  readonly decide: (expression: Expression) => boolean | undefined;
  /** Told what the words for people mean: that a condition holds or not, or that a value is set. */
  readonly name: (when: string, asked: Expression | Text, holds: boolean) => void;
}

/** More outcomes than this are not told apart. */
const MOST_OUTCOMES = 6;

/** What `${{ … }}` comes to: one outcome, or several with their conditions. */
export function evaluateExpression(expression: Expression, contexts: Contexts): readonly Outcome[] {
  switch (expression.kind) {
    case "literal":
      return [literalOutcome(expression.value)];
    case "context":
    case "index":
    case "filter":
      return expand(lookUp(expression, contexts), contexts);
    case "not":
      return evaluateExpression(expression.operand, contexts).map(({ isTruthy, when }) =>
        boolean(isTruthy, expression, contexts, when, true),
      );
    case "comparison":
      return [decided(expression, contexts)];
    case "logical":
      return expression.operator === "&&" ? and(expression.operands, contexts) : or(expression.operands, contexts);
    case "call":
      return [callFunction(expression, contexts)];
  }
}

/** The outcomes as one text: a symbol stands for a choice. */
export function textOfOutcomes(outcomes: readonly Outcome[], symbols: Symbols): Text {
  const [only, ...others] = outcomes;
  if (only !== undefined && others.length === 0) return only.text;
  return symbols.choose(outcomes.map(({ text, when }) => ({ text, when })));
}

/** A text with `${{ }}` in it. */
export function evaluateText(text: string, contexts: Contexts): Text {
  if (!text.includes("${{")) return text;
  return partsOf(text)
    .map((part) => {
      if (part.kind === "text") return text.slice(part.start, part.end);
      if (part.kind === "directive" || part.expression === undefined)
        return contexts.symbols.unknown("an expression that cannot be read");
      return textOfOutcomes(evaluateExpression(part.expression, contexts), contexts.symbols);
    })
    .join("");
}

function literalOutcome(value: null | boolean | number | string): Outcome {
  const text = value === null ? "" : String(value);
  return { text, isTruthy: value !== null && value !== false && value !== 0 && value !== "", when: undefined };
}

/** A truth value. One that is not known is a symbol that stands for the expression. */
function boolean(
  isTruthy: boolean | undefined,
  expression: Expression,
  { symbols }: Contexts,
  when: string | undefined,
  isNegated = false,
): Outcome {
  if (isTruthy === undefined) return { text: symbols.reference(print(expression)), isTruthy, when };
  const value = isTruthy !== isNegated;
  return { text: String(value), isTruthy: value, when };
}

function lookUp(expression: Expression, contexts: Contexts): Outcome {
  const path = pathOf(expression, contexts);
  const found = path === undefined ? undefined : contexts.look(path);
  if (found === undefined) {
    const id = path === undefined ? print(expression) : path.join(".");
    return { text: contexts.symbols.reference(id), isTruthy: undefined, when: undefined };
  }
  return typeof found === "string" ? outcomeOf(found, contexts.symbols) : found;
}

/** A text of a context: empty is false, a text that has letters is true, and of a secret nobody knows. */
export function outcomeOf(text: Text, symbols: Symbols): Outcome {
  if (text === "") return { text, isTruthy: false, when: undefined };
  if (text.length > 1 && /[^\uE000-\uF8FF]/.test(text)) return { text, isTruthy: true, when: undefined };
  if (!hasSymbol(text)) return { text, isTruthy: true, when: undefined };
  return { text, isTruthy: symbols.canBeEmpty(text) ? undefined : true, when: undefined };
}

/** A value that differs from way to way is one outcome for each. */
function expand(outcome: Outcome, { symbols }: Contexts): readonly Outcome[] {
  const [choice, ...others] = symbolsIn(outcome.text).filter((symbol) => symbols.meaningOf(symbol).kind === "choice");
  const meaning = choice === undefined ? undefined : symbols.meaningOf(choice);
  if (choice === undefined || others.length > 0 || meaning?.kind !== "choice") return [outcome];
  if (meaning.options.length > MOST_OUTCOMES || meaning.options.some(({ when }) => when === undefined))
    return [outcome];
  return meaning.options.map(({ text, when }) => ({
    ...outcomeOf(outcome.text.replaceAll(choice, text), symbols),
    when: bothHold(outcome.when, when),
  }));
}

/** `github.event.inputs.x`, `env['NAME']`, `secrets[matrix.token]`; undefined where a part is not known. */
function pathOf(expression: Expression, contexts: Contexts): readonly string[] | undefined {
  if (expression.kind === "context") return [expression.name.toLowerCase()];
  if (expression.kind !== "index") return undefined;
  const before = pathOf(expression.object, contexts);
  const name = propertyName(expression satisfies IndexAccess) ?? computedName(expression.index, contexts);
  return before === undefined || name === undefined ? undefined : [...before, name];
}

function computedName(index: Expression, contexts: Contexts): string | undefined {
  const [only, ...others] = evaluateExpression(index, contexts);
  return only === undefined || others.length > 0 || only.text === "" || hasSymbol(only.text) ? undefined : only.text;
}

function and(operands: readonly Expression[], contexts: Contexts): readonly Outcome[] {
  return chain(operands, contexts, false);
}

function or(operands: readonly Expression[], contexts: Contexts): readonly Outcome[] {
  return chain(operands, contexts, true);
}

/** `a && b` ends at the first that is false, `a || b` at the first that is true; both give that operand's value. */
function chain(operands: readonly Expression[], contexts: Contexts, endsAt: boolean): readonly Outcome[] {
  const [first, ...rest] = operands;
  if (first === undefined) return [];
  let outcomes = evaluateExpression(first, contexts);
  let written = first;
  for (const operand of rest) {
    outcomes = outcomes.flatMap((outcome): readonly Outcome[] => {
      if (outcome.isTruthy === endsAt) return [outcome];
      if (outcome.isTruthy === !endsAt) return withWhen(evaluateExpression(operand, contexts), outcome.when);
      const stays: Outcome = endsAt
        ? { ...outcome, isTruthy: true }
        : { text: "", isTruthy: false, when: outcome.when };
      const goes = withWhen(
        evaluateExpression(operand, contexts),
        bothHold(outcome.when, describe(written, outcome, contexts, !endsAt)),
      );
      const kept = { ...stays, when: bothHold(outcome.when, describe(written, outcome, contexts, endsAt)) };
      // The value that `||` prefers, and what `&&` leads to, come first.
      return endsAt ? [kept, ...goes] : [...goes, kept];
    });
    written = operand;
  }
  return outcomes.slice(0, MOST_OUTCOMES);
}

function withWhen(outcomes: readonly Outcome[], when: string | undefined): readonly Outcome[] {
  return when === undefined
    ? outcomes
    : outcomes.map((outcome) => ({ ...outcome, when: bothHold(when, outcome.when) }));
}

function bothHold(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || a === b) return b;
  return b === undefined ? a : `${a}, and ${b}`;
}

/** "secrets.PAT is set", "secrets.PAT is empty", "github.ref == 'refs/heads/main'". */
function describe(expression: Expression, { text }: Outcome, contexts: Contexts, holds: boolean): string {
  const { symbols } = contexts;
  const isValue = expression.kind === "index" || expression.kind === "context";
  // What `a && secrets.PAT` comes to is the secret, where it comes to anything that is not known.
  const isReference = text.length === 1 && hasSymbol(text) && symbols.meaningOf(text).kind === "reference";
  const asksForValue = isReference && (isValue || expression.kind === "logical");
  const shown = asksForValue ? symbols.show(text).replace(/^<(.*)>$/, "$1") : print(expression);
  const positive = isValue || asksForValue ? `${shown} is ${holds ? "set" : "empty"}` : undefined;
  const when = positive ?? (holds ? shown : `not: ${shown}`);
  contexts.name(when, asksForValue ? text : expression, holds);
  return when;
}

/** Truth values: of what is compared, and of functions. */
function decided(expression: Expression, contexts: Contexts): Outcome {
  return boolean(contexts.decide(expression), expression, contexts, undefined);
}

function callFunction(call: FunctionCall, contexts: Contexts): Outcome {
  const name = call.name.toLowerCase();
  if (name === "always") return { text: "true", isTruthy: true, when: undefined };
  const [first, ...others] = call.args.map((arg) =>
    textOfOutcomes(evaluateExpression(arg, contexts), contexts.symbols),
  );
  if (name === "format" && first !== undefined && !hasSymbol(first)) {
    const format = readFormat(first, others.length);
    if (format.kind === "segments") {
      const pieces = format.segments.map((segment) =>
        typeof segment === "number" ? (others[segment] ?? "") : segment,
      );
      return outcomeOf(pieces.join(""), contexts.symbols);
    }
  }
  if (TRUTHS.has(name)) return decided(call, contexts);
  return { text: contexts.symbols.reference(print(call)), isTruthy: undefined, when: undefined };
}

/** Functions that answer yes or no. */
const TRUTHS = new Set(["contains", "startswith", "endswith"]);

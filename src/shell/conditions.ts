import { matchesGlob } from "./glob.ts";
import type { Scope } from "./scope.ts";
import type { Condition, Statement } from "./script.ts";
import type { Word } from "./word.ts";
import { emptiness, keyOf, literalOf, optionsOf, type Value } from "./value.ts";
import { evaluateGlob } from "./variables.ts";
import { evaluateArguments, evaluateWord } from "./words.ts";

/** Whether a statement succeeds: undefined where it may or may not. */
export type Truth = boolean | undefined;

/**
 * Says whether a condition holds, as far as its words tell: `[ -n "$PAT" ]`, `[[ $A == b* ]]`, `true`. Other commands may
 * fail or not.
 */
export function evaluateCondition(statements: readonly Statement[], scope: Scope): Truth {
  const last = statements.at(-1);
  return last === undefined ? undefined : truthOf(last, scope);
}

function truthOf(statement: Statement, scope: Scope): Truth {
  switch (statement.kind) {
    case "test":
      return holds(statement.condition, scope);
    case "not":
      return negate(truthOf(statement.statement, scope));
    case "and-or":
      return statement.rest.reduce<Truth>(
        (before, { operator, statement: next }) => {
          const after = truthOf(next, scope);
          return operator === "&&" ? both(before, after) : negate(both(negate(before), negate(after)));
        },
        truthOf(statement.first, scope),
      );
    case "group":
    case "subshell":
      return evaluateCondition(statement.body, scope);
    case "command": {
      const lists = evaluateArguments(statement.words, scope);
      return agree(
        lists.map(({ fields }) => commandTruth(fields.map(({ value, isOne }) => (isOne ? value : undefined)))),
      );
    }
    default:
      return undefined;
  }
}

function commandTruth([name, ...args]: readonly (Value | undefined)[]): Truth {
  const command = name === undefined ? undefined : literalOf(name);
  if (command === "true" || command === ":") return true;
  if (command === "false") return false;
  if (command !== "[" && command !== "test") return undefined;
  if (command === "[" && literalOf(args.at(-1) ?? { kind: "choice", options: [] }) !== "]") return undefined;
  const operands = command === "[" ? args.slice(0, -1) : args;
  const known = operands.filter((value) => value !== undefined);
  return known.length === operands.length ? testTruth(known) : undefined;
}

/** `[`'s own rules go by the number of arguments: POSIX, test. */
function testTruth(operands: readonly Value[]): Truth {
  const [first, second, third] = operands;
  if (first === undefined) return false;
  if (second === undefined) return isNotEmpty(first);
  if (literalOf(first) === "!") return negate(testTruth(operands.slice(1)));
  if (third === undefined) return unary(literalOf(first) ?? "", second);
  if (operands.length > 3) return undefined;
  const operator = literalOf(second);
  if (operator === "=" || operator === "==") return isEqual(first, third);
  if (operator === "!=") return negate(isEqual(first, third));
  return operator === undefined ? undefined : compare(operator, first, third);
}

function holds(condition: Condition, scope: Scope): Truth {
  switch (condition.kind) {
    case "unary":
      return unary(condition.operator, evaluateWord(condition.operand, scope));
    case "binary":
      return binary(condition.operator, condition.left, condition.right, scope);
    case "not":
      return negate(holds(condition.condition, scope));
    case "all":
      return condition.conditions.map((inner) => holds(inner, scope)).reduce(both, true);
    case "any":
      return negate(condition.conditions.map((inner) => negate(holds(inner, scope))).reduce(both, true));
  }
}

function unary(operator: string, value: Value): Truth {
  if (operator === "-n") return isNotEmpty(value);
  return operator === "-z" ? negate(isNotEmpty(value)) : undefined;
}

function binary(operator: string, left: Word, right: Word, scope: Scope): Truth {
  const value = evaluateWord(left, scope);
  if (operator === "=" || operator === "==") return matchesWord(value, right, scope);
  if (operator === "!=") return negate(matchesWord(value, right, scope));
  return compare(operator, value, evaluateWord(right, scope));
}

/** Whether a value matches a pattern of `case` or `[[ == ]]`. */
export function matchesWord(value: Value, pattern: Word, scope: Scope): Truth {
  const glob = evaluateGlob(pattern, scope);
  if (glob?.every(({ kind }) => kind === "any") === true && glob.length > 0) return true;
  if (pattern.parts.every(({ kind }) => kind !== "glob")) {
    const equal = isEqual(value, evaluateWord(pattern, scope));
    if (equal === true || glob === undefined) return equal;
  }
  if (glob === undefined) return undefined;
  return agree(
    optionsOf(value).map((option) => {
      const text = literalOf(option.value);
      return text === undefined || text.length > 10_000 ? undefined : matchesGlob(glob, text);
    }),
  );
}

function isNotEmpty(value: Value): Truth {
  const truths = { never: true, always: false, perhaps: undefined };
  return agree(optionsOf(value).map((option) => truths[emptiness(option.value)]));
}

function isEqual(left: Value, right: Value): Truth {
  return agree(
    optionsOf(left).flatMap((a) =>
      optionsOf(right).map((b): Truth => {
        const [first, second] = [literalOf(a.value), literalOf(b.value)];
        if (first !== undefined && second !== undefined) return first === second;
        // A reference stands for one text; two unknowns of one kind need not be equal.
        const isKnown = a.value.fragments.every(({ kind }) => kind === "literal" || kind === "reference");
        if (isKnown && keyOf(a.value) === keyOf(b.value)) return true;
        if (first === "" && emptiness(b.value) === "never") return false;
        return second === "" && emptiness(a.value) === "never" ? false : undefined;
      }),
    ),
  );
}

function compare(operator: string, left: Value, right: Value): Truth {
  const [first, second] = [literalOf(left), literalOf(right)].map((text) =>
    text !== undefined && /^-?\d{1,15}$/.test(text) ? Number(text) : undefined,
  );
  if (first === undefined || second === undefined) return undefined;
  const truths = new Map([
    ["-eq", first === second],
    ["-ne", first !== second],
    ["-lt", first < second],
    ["-le", first <= second],
    ["-gt", first > second],
    ["-ge", first >= second],
  ]);
  return truths.get(operator);
}

function agree(truths: readonly Truth[]): Truth {
  const [first, ...others] = truths;
  return others.every((truth) => truth === first) ? first : undefined;
}

function negate(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth;
}

function both(first: Truth, second: Truth): Truth {
  if (first === false || second === false) return false;
  return first === undefined || second === undefined ? undefined : true;
}

import { isCheap, readRegularExpression } from "../../shell/regular-expression.ts";
import type { Condition } from "../../shell/script.ts";
import type { Word } from "../../shell/word.ts";
import { emptiness, literal, literalOf, optionsOf, type Value } from "../../shell/value.ts";
import { evaluateGlob } from "../../shell/variables.ts";
import { matchesGlob } from "../../shell/glob.ts";
import { evaluateWord } from "../../shell/words.ts";
import type { Analysis } from "../analysis.ts";
import { decideIn } from "../conditions/decide-in.ts";
import { textsOf } from "../conditions/decide.ts";
import { equal, isSet, type Formula } from "../conditions/formula.ts";
import { limitOutcomes, withFact, withShell, type Outcome, type World } from "../world.ts";
import { matchesValue } from "./match-text.ts";
import { prepareWord, scopeOf } from "./scope-of.ts";
import type { Call, Result, Walk } from "./walk.ts";
import { hasSymbol, symbolsIn, type Symbols, type Text } from "../text.ts";
import { resolvePath } from "../paths.ts";
import { hasTree } from "../files.ts";

/** `[[ … ]]` */
export function evaluateCondition(condition: Condition, world: World, walk: Walk): readonly Outcome[] {
  switch (condition.kind) {
    case "not":
      return evaluateCondition(condition.condition, world, walk).map(({ world, status }) => ({
        world,
        status: status === true ? false : status === false ? true : "open",
      }));
    case "all":
    case "any": {
      const stops = condition.kind === "any";
      let outcomes: readonly Outcome[] = [{ world, status: !stops }];
      for (const inner of condition.conditions)
        outcomes = outcomes.flatMap((outcome) => {
          if (outcome.status === stops) return [outcome];
          const answers = evaluateCondition(inner, outcome.world, walk);
          if (outcome.status !== "open") return answers;
          return answers.map((answer) => (answer.status === stops ? answer : { ...answer, status: "open" as const }));
        });
      return limitOutcomes(outcomes, 4);
    }
    case "unary": {
      const value = evaluateWord(prepareWord(walk, world, condition.operand, new Map()), scopeOf(walk, world));
      const { start, end } = condition.operand;
      return testUnary(condition.operator, value, world, walk.analysis, walk.source.text.slice(start, end));
    }
    case "binary": {
      const scope = scopeOf(walk, world);
      const value = evaluateWord(prepareWord(walk, world, condition.left, new Map()), scope);
      const left = literalOf(value);
      const { operator } = condition;
      if (operator === "=" || operator === "==" || operator === "!=") {
        const glob = evaluateGlob(condition.right, scope);
        if (left !== undefined && glob !== undefined)
          return [{ world, status: matchesGlob(glob, left) === (operator !== "!=") }];
        const { symbols, starts } = walk.analysis;
        const answers = glob && textsOf(symbols.encode(value), starts, symbols)?.map((text) => matchesGlob(glob, text));
        const [answer] = answers ?? [];
        if (answer !== undefined && answers?.every((other) => other === answer) === true)
          return [{ world, status: answer === (operator !== "!=") }];
        const sure = glob && matchesValue(glob, value, symbols);
        if (sure !== undefined) return [{ world, status: sure === (operator !== "!=") }];
        if (condition.right.parts.every(({ kind }) => kind !== "glob")) {
          const [a, b] = [condition.left, condition.right].map((word) => symbols.encode(evaluateWord(word, scope)));
          return answerComparison(a ?? "", operator, b ?? "", world, walk.analysis);
        }
      }
      if (operator === "=~") return matchExpression(condition.right, left, world, walk);
      return [{ world, status: "open" }];
    }
  }
}

/** `[[ text =~ expression ]]`: what it finds is in `BASH_REMATCH`. */
function matchExpression(right: Word, left: string | undefined, world: World, walk: Walk): readonly Outcome[] {
  const isWritten = right.parts.every(({ kind, quoted }) => !quoted && (kind === "literal" || kind === "glob"));
  const text = isWritten
    ? walk.source.text.slice(right.start, right.end)
    : literalOf(evaluateWord(right, scopeOf(walk, world)));
  const expression = text === undefined ? undefined : readRegularExpression(text, true);
  const arrays = new Map(world.shell.arrays);
  arrays.delete("BASH_REMATCH");
  if (expression === undefined || left === undefined || !isCheap(expression, left))
    return [{ world: withShell(world, { arrays }), status: "open" }];
  const found = expression.exec(left);
  arrays.set("BASH_REMATCH", found === null ? [] : found.map((group) => literal(group ?? "")));
  return [{ world: withShell(world, { arrays }), status: found !== null }];
}

/** `-n`, `-z`: of a secret nobody knows whether it is set; each way has its own world. */
function testUnary(
  operator: string,
  value: Value,
  world: World,
  analysis: Analysis,
  written: string,
): readonly Outcome[] {
  const { symbols } = analysis;
  if (operator !== "-n" && operator !== "-z") return testPath(operator, value, world, symbols);
  const kinds = new Set(optionsOf(value).map((option) => emptiness(option.value)));
  const [only] = kinds;
  const isKnown = kinds.size === 1 && only !== "perhaps";
  if (isKnown) return [{ world, status: (only === "never") === (operator === "-n") }];
  const text = symbols.encode(value);
  const isNamed = symbols.reasonFor(text) === undefined && symbolsIn(text).length === text.length;
  const name = isNamed ? symbols.show(text).replace(/^<([^<>]+)>$/, "$1") : `\`${written}\``;
  const condition = isNamed ? `${name} is set` : `${name} is set\0${text}`;
  return askFact(world, condition, operator === "-n", isSet(text, symbols), analysis);
}

/** One way for each answer, unless it has been given: `true` goes first where it is what the script asks for. */
function askFact(
  world: World,
  condition: string,
  wanted: boolean,
  formula: Formula,
  analysis: Analysis,
): readonly Outcome[] {
  const known = world.facts.get(condition) ?? decideIn(formula, world.facts, analysis);
  if (known !== undefined) return [{ world, status: known === wanted }];
  analysis.formulas.set(condition, formula);
  // Of a value that may be missing the way with it comes first, as with `A || B`: also where the script asks for the other.
  const order = wanted || isAskedForEmpty(formula) ? [true, false] : [false, true];
  return order.map((holds) => ({ world: withFact(world, condition, holds), status: holds === wanted }));
}

function isAskedForEmpty(formula: Formula): boolean {
  return formula.kind === "not" && formula.formula.kind === "equal" && formula.formula.right === "";
}

function testPath(operator: string, value: Value, world: World, symbols: Symbols): readonly Outcome[] {
  const path = symbols.encode(value);
  const isThere = !hasSymbol(path) && hasTree(world.files, resolvePath(world.shell.directory, path));
  if (isThere && ["-e", "-f", "-d", "-s", "-r"].includes(operator)) return [{ world, status: true }];
  return [{ world, status: "open" }];
}

/** `[ … ]` and `test …`, as a program. */
export function runTest(call: Call): readonly Result[] {
  const { world, fields } = call;
  const { analysis } = call.walk;
  const args =
    call.fields[0] !== undefined && literalOf(call.fields[0].value) === "[" ? call.args.slice(0, -1) : call.args;
  const isNegated = args[0] === "!";
  const [first = "", second, third, ...more] = isNegated ? args.slice(1) : args;
  const offset = 1 + (isNegated ? 1 : 0);
  const flip = (outcomes: readonly Outcome[]): readonly Result[] =>
    outcomes.map(({ world, status }) => ({
      world,
      status: isNegated && typeof status === "boolean" ? !status : status,
    }));
  if (more.length > 0) return [{ world, status: "open" }];
  if (third !== undefined) return flip(answerComparison(first, second ?? "", third, world, analysis));
  if (second === undefined) {
    const field = fields[offset];
    return field === undefined
      ? [{ world, status: isNegated }]
      : flip(testUnary("-n", field.value, world, analysis, call.command));
  }
  const operand = fields[offset + 1];
  if (operand === undefined) return [{ world, status: "open" }];
  return flip(testUnary(first, operand.value, world, analysis, second));
}

function isSecret(text: Text, symbols: Symbols): boolean {
  if (text.length !== 1 || !hasSymbol(text)) return false;
  const meaning = symbols.meaningOf(text);
  return meaning.kind === "reference" && /^(?:secrets|app)\.|^github\.token$/.test(meaning.id);
}

/** Of two texts that are not known the answer is a fact: the same question has the same answer. */
function answerComparison(
  left: Text,
  operator: string,
  right: Text,
  world: World,
  analysis: Analysis,
): readonly Outcome[] {
  const { symbols } = analysis;
  const status = compare(left, operator, right, symbols);
  const isEquality = /^(?:==?|!=)$/.test(operator);
  if (status !== "open" || !isEquality || !(hasSymbol(left) || hasSymbol(right))) return [{ world, status }];
  const condition = `${showSide(left, symbols)} is ${showSide(right, symbols)}\0${left}\0${right}`;
  return askFact(world, condition, operator !== "!=", equal(left, right), analysis);
}

function showSide(text: Text, symbols: Symbols): string {
  return hasSymbol(text) ? symbols.show(text).replace(/^<([^<>]+)>$/, "$1") : `'${text}'`;
}

function compare(left: Text, operator: string, right: Text, symbols: Symbols): boolean | "open" {
  // A secret is no word that a script knows.
  if ((isSecret(left, symbols) && !hasSymbol(right)) || (isSecret(right, symbols) && !hasSymbol(left)))
    if (left !== "" && right !== "") return operator === "!=" ? true : /^==?$/.test(operator) ? false : "open";
  if (hasSymbol(left) || hasSymbol(right)) return left === right && /^(?:=|==)$/.test(operator) ? true : "open";
  switch (operator) {
    case "=":
    case "==":
      return left === right;
    case "!=":
      return left !== right;
    case "-eq":
      return Number(left) === Number(right);
    case "-ne":
      return Number(left) !== Number(right);
    case "-gt":
      return Number(left) > Number(right);
    case "-ge":
      return Number(left) >= Number(right);
    case "-lt":
      return Number(left) < Number(right);
    case "-le":
      return Number(left) <= Number(right);
    default:
      return "open";
  }
}

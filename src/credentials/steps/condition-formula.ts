import type { Comparison, Expression, FunctionCall } from "../../expressions/ast.ts";
import { evaluate } from "../../expressions/evaluate.ts";
import { print } from "../../expressions/print.ts";
import { isTruthy } from "../../expressions/values.ts";
import { evaluateExpression, type Contexts } from "./evaluate-expression.ts";
import type { Text } from "../text.ts";
import { callOf, equal, FAILS, HOLDS, isSet, not, TEXT_FUNCTIONS, type Formula } from "../conditions/formula.ts";

/** How the job stands when a condition is read. */
export type JobStatus = "success" | "failure" | "cancelled";

/** Contexts in which conditions are decided, as far as that can be done. */
export function deciding(
  { symbols, look }: Pick<Contexts, "symbols" | "look">,
  decide: (formula: Formula) => boolean | undefined,
  note: (when: string, formula: () => Formula) => void = () => undefined,
  status: JobStatus = "success",
): Contexts {
  const contexts: Contexts = {
    symbols,
    look,
    decide: (expression) => decide(formulaOf(expression, contexts, status)),
    name: (when, asked, holds) => {
      note(when, () => {
        const formula = typeof asked === "string" ? isSet(asked, symbols) : formulaOf(asked, contexts, status);
        return holds ? formula : not(formula);
      });
    },
  };
  return contexts;
}

/** What an expression asks where it is a condition, with the values that are known put in. */
export function formulaOf(expression: Expression, contexts: Contexts, status: JobStatus = "success"): Formula {
  switch (expression.kind) {
    case "not":
      return not(formulaOf(expression.operand, contexts, status));
    case "logical":
      return {
        kind: expression.operator === "&&" ? "all" : "any",
        formulas: expression.operands.map((operand) => formulaOf(operand, contexts, status)),
      };
    case "comparison":
      return comparisonFormula(expression, contexts);
    case "call":
      return callFormula(expression, contexts, status);
    default:
      return truthOf(expression, contexts);
  }
}

function truthOf(expression: Expression, contexts: Contexts): Formula {
  const formulas = evaluateExpression(expression, contexts).map(({ text, isTruthy }) =>
    isTruthy === undefined ? isSet(text, contexts.symbols) : isTruthy ? HOLDS : FAILS,
  );
  const [only, ...others] = formulas;
  return only === undefined || others.length > 0 ? open(expression, []) : only;
}

/** What is asked only here, or again in the same words of the same values. */
function open(expression: Expression, args: readonly Text[]): Formula {
  return { kind: "call", name: print(expression), args };
}

function comparisonFormula(expression: Comparison, contexts: Contexts): Formula {
  const known = constant(expression);
  if (known !== undefined) return known;
  const { operator } = expression;
  const [lefts, rights] = [valuesOf(expression.left, contexts), valuesOf(expression.right, contexts)];
  const [left, right] = [lefts[0], rights[0]];
  if (left === undefined || right === undefined) return open(expression, []);
  if (lefts.length + rights.length > 2) {
    const pairs = lefts.flatMap((a) => rights.map((b) => sameValue(a, b, contexts)));
    const isDecided = (operator === "==" || operator === "!=") && pairs[0]?.kind === "known";
    if (!isDecided || pairs.some((pair) => pair !== pairs[0]))
      return open(
        expression,
        [...lefts, ...rights].map(({ text }) => text),
      );
  }
  if (operator !== "==" && operator !== "!=") return open(expression, [left.text, right.text]);
  const same = sameValue(left, right, contexts) ?? open({ ...expression, operator: "==" }, [left.text, right.text]);
  return operator === "==" ? same : not(same);
}

interface Operand {
  readonly text: Text;
  /** `any`: it may be a text, a number or a truth value. */
  readonly type: "text" | "any" | "boolean" | "number" | "null";
}

function valuesOf(expression: Expression, contexts: Contexts): readonly Operand[] {
  const type = typeOf(expression);
  return evaluateExpression(expression, contexts).map(({ text }) => ({ text, type }));
}

function valueOf(expression: Expression, contexts: Contexts): Operand | undefined {
  const [only, ...others] = valuesOf(expression, contexts);
  return others.length > 0 ? undefined : only;
}

/** Contexts whose values are texts, whatever was put into them. */
const TEXTS = /^(?:env|secrets|vars|steps|needs|runner)\b|^github\.(?!event\b)/i;

function typeOf(expression: Expression): Operand["type"] {
  switch (expression.kind) {
    case "literal":
      if (expression.value === null) return "null";
      return typeof expression.value === "string"
        ? "text"
        : typeof expression.value === "number"
          ? "number"
          : "boolean";
    case "index":
      return TEXTS.test(print(expression)) ? "text" : "any";
    case "call":
      return /^(?:format|join|tojson|hashfiles)$/i.test(expression.name) ? "text" : "any";
    default:
      return "any";
  }
}

/** Values of different types are compared as numbers: docs.github.com, "Expressions", operators. `'true'` is none. */
function sameValue(a: Operand, b: Operand, contexts: Contexts): Formula | undefined {
  if (b.type === "text" || b.type === "any")
    return a.type === "text" || a.type === "any" ? equal(a.text, b.text) : sameValue(b, a, contexts);
  if (a.type !== "text" && a.type !== "any") return a.text === b.text ? HOLDS : undefined;
  if (b.type === "number") return equal(a.text, b.text);
  if (a.type === "any") {
    if (a.text === "true" || a.text === "false") return a.text === (b.text || "false") ? HOLDS : FAILS;
    return b.text === "true" ? isSet(a.text, contexts.symbols) : not(isSet(a.text, contexts.symbols));
  }
  if (b.text === "true") return equal(a.text, "1");
  return { kind: "any", formulas: [equal(a.text, ""), equal(a.text, "0")] };
}

function callFormula(call: FunctionCall, contexts: Contexts, status: JobStatus): Formula {
  const name = call.name.toLowerCase();
  if (name === "always" || name === "success" || name === "failure" || name === "cancelled") {
    if (call.args.length > 0) return open(call, []);
    return name === "always" || name === status ? HOLDS : FAILS;
  }
  const known = constant(call);
  if (known !== undefined) return known;
  const args = call.args.map((arg) => valueOf(arg, contexts));
  const [list, sought] = call.args;
  if (name === "contains" && list !== undefined && sought !== undefined) {
    const items = listIn(list);
    const item = args[1];
    if (items !== undefined && item !== undefined)
      return { kind: "any", formulas: items.map((text) => equal(item.text, text)) };
    // Of a list that is not written out nobody can tell what it holds.
    if (args[0]?.type !== "text")
      return open(
        call,
        args.map((arg) => arg?.text ?? ""),
      );
  }
  const [argument] = args;
  if (name === "fromjson" && argument !== undefined) return callOf(name, [argument.text]);
  const texts = args.flatMap((arg) => (arg === undefined ? [] : [arg.text]));
  if (texts.length < args.length) return open(call, []);
  return TEXT_FUNCTIONS.has(name) ? callOf(name, texts) : open(call, texts);
}

/** `fromJSON('["push", "schedule"]')` */
function listIn(expression: Expression): readonly string[] | undefined {
  const found = evaluate(expression);
  if (found.kind !== "value" || !Array.isArray(found.value)) return undefined;
  const items: readonly unknown[] = found.value;
  return items.every((item) => typeof item === "string") ? items : undefined;
}

/** What needs no context. */
function constant(expression: Expression): Formula | undefined {
  const found = evaluate(expression);
  if (found.kind === "value") return isTruthy(found.value) ? HOLDS : FAILS;
  return found.kind === "unknown" && found.truthy !== undefined ? (found.truthy ? HOLDS : FAILS) : undefined;
}

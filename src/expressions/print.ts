import type { Expression } from "./ast.ts";
import { isName } from "./ast.ts";

/** How tightly an expression binds; one in the place of a tighter one needs parentheses. */
const OR = 1;
const AND = 2;
const EQUALITY = 3;
const RELATION = 4;
const NOT = 5;
const ACCESS = 6;
const LITERAL = 7;

/**
 * The one text we write for an expression, with no more parentheses than it needs; parsing it gives the same expression.
 *
 * @example
 * print(expression); // "(a || b) && github.event['pull request']"
 */
export function print(expression: Expression): string {
  switch (expression.kind) {
    case "literal":
      return printLiteral(expression.value);
    case "context":
      return expression.name;
    case "index": {
      const object = printObject(expression.object);
      const { index } = expression;
      if (index.kind === "literal" && typeof index.value === "string" && isName(index.value))
        return `${object}.${index.value}`;
      return `${object}[${print(index)}]`;
    }
    case "filter":
      return `${printObject(expression.object)}.*`;
    case "call":
      return `${expression.name}(${expression.args.map(print).join(", ")})`;
    case "not":
      return `!${printAt(expression.operand, NOT)}`;
    case "comparison": {
      const level = levelOf(expression);
      // `a == b == c` is `(a == b) == c`: only the right side needs parentheses around its own level.
      return `${printAt(expression.left, level)} ${expression.operator} ${printAt(expression.right, level + 1)}`;
    }
    case "logical": {
      const level = levelOf(expression);
      return expression.operands.map((operand) => printAt(operand, level)).join(` ${expression.operator} `);
    }
  }
}

/** A value as GitHub's language writes it. */
export function printLiteral(value: null | boolean | number | string): string {
  if (typeof value === "string") return `'${value.replaceAll("'", "''")}'`;
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  return String(value);
}

function printAt(expression: Expression, level: number): string {
  return levelOf(expression) < level ? `(${print(expression)})` : print(expression);
}

/** Nothing may follow a literal: GitHub refuses `'text'.name`, and takes `('text').name`. */
function printObject(object: Expression): string {
  return levelOf(object) === ACCESS ? print(object) : `(${print(object)})`;
}

function levelOf(expression: Expression): number {
  switch (expression.kind) {
    case "literal":
      return LITERAL;
    case "context":
    case "index":
    case "filter":
    case "call":
      return ACCESS;
    case "not":
      return NOT;
    case "comparison":
      return expression.operator === "==" || expression.operator === "!=" ? EQUALITY : RELATION;
    case "logical":
      return expression.operator === "&&" ? AND : OR;
  }
}

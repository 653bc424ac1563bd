import type { ComparisonOperator, Expression } from "./ast.ts";
import { depthOf } from "./ast.ts";
import type { Arity } from "./function-names.ts";
import type { TokenKind } from "./lex.ts";
import { Lexer } from "./lex.ts";
import type { ExpressionProblem, ProblemCode } from "./problem.ts";
import { blameToken, SyntaxFailure } from "./syntax-failure.ts";
import { skipSpaces } from "./white-space.ts";

/** GitHub's limits. Source: `ExpressionConstants` of the runner. */
export const MOST_LEVELS = 50;
export const MOST_CHARACTERS = 21_000;

/** How deep brackets may nest before we stop: GitHub counts no brackets, but the stack does. */
const MOST_BRACKETS = 250;

/** The names that are known; with them, `parse` also reports what GitHub's parser says about names and arguments. */
export interface Names {
  /** In lower case. */
  readonly contexts: ReadonlySet<string>;
  /** By name in lower case. */
  readonly functions: ReadonlyMap<string, Arity>;
}

export interface ParseOptions {
  /** Parse only this part of the text; offsets stay those of the whole. */
  readonly start?: number;
  readonly end?: number;
  readonly names?: Names;
}

export type Parsed =
  | { readonly kind: "expression"; readonly expression: Expression }
  /** Nothing but spaces: null to GitHub's evaluator, an error between `${{` and `}}`. */
  | { readonly kind: "empty" }
  | { readonly kind: "error"; readonly problem: ExpressionProblem };

/**
 * Parses one expression, without its `${{` and `}}`. Errors have GitHub's own words.
 *
 * @example
 * parse("github.ref == 'refs/heads/main'"); // { kind: "expression", expression: { kind: "comparison", … } }
 * parse("1 <"); // "Unexpected end of expression: '<'. Located at position 3 within expression: 1 <"
 */
export function parse(text: string, options: ParseOptions = {}): Parsed {
  const { start = 0, end = text.length, names } = options;
  if (end - start > MOST_CHARACTERS) {
    const message = `Exceeded max expression length ${MOST_CHARACTERS}`;
    return { kind: "error", problem: { code: "too-long", message, start, end } };
  }
  if (skipSpaces(text, start, end) >= end) return { kind: "empty" };
  const parser = new Parser(text, start, end, names);
  try {
    return { kind: "expression", expression: parser.parse() };
  } catch (failure) {
    if (failure instanceof SyntaxFailure) return { kind: "error", problem: failure.problem };
    throw failure;
  }
}

const COMPARISONS: { readonly [kind in TokenKind]?: ComparisonOperator } = {
  "==": "==",
  "!=": "!=",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
};

class Parser {
  readonly #lexer: Lexer;
  readonly #text: string;
  readonly #start: number;
  readonly #end: number;
  readonly #names: Names | undefined;
  #brackets = 0;
  /** The token before the current one: GitHub blames it when the expression ends too early. */
  #lastStart = 0;
  #lastStop = 0;

  constructor(text: string, start: number, end: number, names: Names | undefined) {
    this.#text = text;
    this.#start = start;
    this.#end = end;
    this.#names = names;
    this.#lexer = new Lexer(text, start, end);
  }

  parse(): Expression {
    this.#advance();
    const expression = this.#expression();
    if (this.#lexer.kind !== "end") throw this.#unexpected();
    if (depthOf(expression) > MOST_LEVELS) throw this.#tooDeep();
    return expression;
  }

  #expression(): Expression {
    return this.#logical("||");
  }

  #logical(operator: "&&" | "||"): Expression {
    const start = this.#lexer.start;
    const first = this.#logicalOperand(operator);
    if (this.#lexer.kind !== operator) return first;
    const operands: Expression[] = [];
    addOperand(operands, first, operator);
    while (this.#lexer.kind === operator) {
      this.#advance();
      addOperand(operands, this.#logicalOperand(operator), operator);
    }
    return { kind: "logical", operator, operands, start, end: this.#lastStop };
  }

  #logicalOperand(operator: "&&" | "||"): Expression {
    return operator === "||" ? this.#logical("&&") : this.#equality();
  }

  #equality(): Expression {
    const start = this.#lexer.start;
    let left = this.#relation();
    while (this.#lexer.kind === "==" || this.#lexer.kind === "!=") {
      const operator = this.#lexer.kind;
      this.#advance();
      const right = this.#relation();
      left = { kind: "comparison", operator, left, right, start, end: this.#lastStop };
    }
    return left;
  }

  #relation(): Expression {
    const start = this.#lexer.start;
    let left = this.#unary();
    while (true) {
      const operator = COMPARISONS[this.#lexer.kind];
      if (operator === undefined || operator === "==" || operator === "!=") return left;
      this.#advance();
      const right = this.#unary();
      left = { kind: "comparison", operator, left, right, start, end: this.#lastStop };
    }
  }

  #unary(): Expression {
    if (this.#lexer.kind !== "!") return this.#access();
    const start = this.#lexer.start;
    this.#open();
    const operand = this.#unary();
    this.#brackets--;
    return { kind: "not", operand, start, end: this.#lastStop };
  }

  #access(): Expression {
    const start = this.#lexer.start;
    const isLiteral = isLiteralKind(this.#lexer.kind);
    let object = this.#primary();
    if (isLiteral) return object;
    while (true) {
      if (this.#lexer.kind === ".") {
        this.#advance();
        object = this.#property(object, start);
      } else if (this.#lexer.kind === "[") {
        this.#open();
        object = this.#index(object, start);
      } else {
        return object;
      }
    }
  }

  #property(object: Expression, start: number): Expression {
    const { kind, start: at, stop: end } = this.#lexer;
    if (kind === "*") {
      this.#advance();
      return { kind: "filter", object, start, end };
    }
    if (kind !== "property") throw this.#unexpected();
    const index: Expression = { kind: "literal", value: this.#text.slice(at, end), start: at, end };
    this.#advance();
    return { kind: "index", object, index, start, end };
  }

  #index(object: Expression, start: number): Expression {
    if (this.#lexer.kind === "*") {
      this.#advance();
      this.#close("]");
      return { kind: "filter", object, start, end: this.#lastStop };
    }
    const index = this.#expression();
    this.#close("]");
    return { kind: "index", object, index, start, end: this.#lastStop };
  }

  #primary(): Expression {
    const { kind, start, stop: end, value } = this.#lexer;
    if (isLiteralKind(kind)) {
      this.#advance();
      return { kind: "literal", value, start, end };
    }
    if (kind === "context") {
      const name = this.#text.slice(start, end);
      if (this.#names?.contexts.has(name.toLowerCase()) === false)
        throw this.#failure("unknown-context", "Unrecognized named-value", start, end);
      this.#advance();
      return { kind: "context", name, start, end };
    }
    if (kind === "function") return this.#call();
    if (kind !== "(") throw this.#unexpected();
    this.#open();
    const inner = this.#expression();
    this.#close(")");
    return inner;
  }

  #call(): Expression {
    const { start, stop } = this.#lexer;
    const name = this.#text.slice(start, stop);
    const arity = this.#names?.functions.get(name.toLowerCase());
    if (this.#names !== undefined && arity === undefined)
      throw this.#failure("unknown-function", "Unrecognized function", start, stop);
    this.#advance();
    const bracket = this.#lexer.start;
    this.#open();
    const args: Expression[] = [];
    if (this.#lexer.kind !== ")") {
      args.push(this.#expression());
      while (this.#lexer.kind === ",") {
        this.#advance();
        args.push(this.#expression());
      }
    }
    if (this.#lexer.kind !== ")") throw this.#unexpected();
    if (arity !== undefined) this.#checkArity(name, start, bracket, arity, args.length);
    this.#close(")");
    return { kind: "call", name, args, start, end: this.#lastStop };
  }

  /** GitHub blames the opening bracket for a wrong number of arguments. */
  #checkArity(name: string, start: number, bracket: number, arity: Arity, given: number): void {
    if (given < arity.min)
      throw this.#failure("too-few-arguments", "Too few parameters supplied", bracket, bracket + 1);
    if (given > arity.max)
      throw this.#failure("too-many-arguments", "Too many parameters supplied", bracket, bracket + 1);
    if (name.toLowerCase() === "case" && given % 2 === 0) {
      const description = "Even number of parameters supplied, requires an odd number of parameters";
      throw this.#failure("even-arguments", description, start, start + name.length);
    }
  }

  #advance(): void {
    this.#lastStart = this.#lexer.start;
    this.#lastStop = this.#lexer.stop;
    this.#lexer.next();
    if (this.#lexer.kind === "bad") throw this.#unexpected();
  }

  #open(): void {
    if (++this.#brackets > MOST_BRACKETS) throw this.#tooDeep();
    this.#advance();
  }

  #close(kind: ")" | "]"): void {
    if (this.#lexer.kind !== kind) throw this.#unexpected();
    this.#brackets--;
    this.#advance();
  }

  #unexpected(): SyntaxFailure {
    const { kind, start, stop } = this.#lexer;
    if (kind === "end")
      return this.#failure("unexpected-end", "Unexpected end of expression", this.#lastStart, this.#lastStop);
    return this.#failure("unexpected-symbol", "Unexpected symbol", start, stop);
  }

  #tooDeep(): SyntaxFailure {
    const message = `Exceeded max expression depth ${MOST_LEVELS}`;
    return new SyntaxFailure({ code: "too-deep", message, start: this.#start, end: this.#end });
  }

  #failure(code: ProblemCode, description: string, start: number, end: number): SyntaxFailure {
    const expression = this.#text.slice(this.#start, this.#end);
    return blameToken(
      code,
      description,
      expression,
      { start: start - this.#start, end: end - this.#start },
      this.#start,
    );
  }
}

function isLiteralKind(kind: TokenKind): boolean {
  return kind === "string" || kind === "number" || kind === "boolean" || kind === "null";
}

function addOperand(operands: Expression[], operand: Expression, operator: "&&" | "||"): void {
  if (operand.kind === "logical" && operand.operator === operator) operands.push(...operand.operands);
  else operands.push(operand);
}

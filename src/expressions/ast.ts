/** A place in the text that was parsed: UTF-16 offsets, `end` exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Literal extends Range {
  readonly kind: "literal";
  readonly value: null | boolean | number | string;
}

/** A context by its name, as it was written: `github`, `Matrix`. */
export interface ContextAccess extends Range {
  readonly kind: "context";
  readonly name: string;
}

/** `object.name`, `object['name']` and `object[index]`: GitHub makes no difference between the first two. */
export interface IndexAccess extends Range {
  readonly kind: "index";
  readonly object: Expression;
  readonly index: Expression;
}

/** `object.*` and `object[*]`. */
export interface Filter extends Range {
  readonly kind: "filter";
  readonly object: Expression;
}

export interface FunctionCall extends Range {
  readonly kind: "call";
  /** As it was written: the names of functions have no case. */
  readonly name: string;
  readonly args: readonly Expression[];
}

export interface Not extends Range {
  readonly kind: "not";
  readonly operand: Expression;
}

export type ComparisonOperator = "==" | "!=" | "<" | "<=" | ">" | ">=";

export interface Comparison extends Range {
  readonly kind: "comparison";
  readonly operator: ComparisonOperator;
  readonly left: Expression;
  readonly right: Expression;
}

/** `a && b && c`: one node, however it was grouped, as GitHub does; never directly in one of the same operator. */
export interface Logical extends Range {
  readonly kind: "logical";
  readonly operator: "&&" | "||";
  readonly operands: readonly Expression[];
}

/** What stands between `${{` and `}}`. Parentheses leave no node. */
export type Expression = Literal | ContextAccess | IndexAccess | Filter | FunctionCall | Not | Comparison | Logical;

const NONE: readonly Expression[] = [];

/** The expressions directly inside of one. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "literal":
    case "context":
      return NONE;
    case "index":
      return [expression.object, expression.index];
    case "filter":
      return [expression.object];
    case "call":
      return expression.args;
    case "not":
      return [expression.operand];
    case "comparison":
      return [expression.left, expression.right];
    case "logical":
      return expression.operands;
  }
}

/** Calls `visit` with the expression and everything in it, outer before inner. */
export function visitExpressions(expression: Expression, visit: (inner: Expression) => void): void {
  visit(expression);
  for (const child of childrenOf(expression)) visitExpressions(child, visit);
}

/** Levels of nodes, as GitHub counts them: parentheses are none. */
export function depthOf(expression: Expression): number {
  let deepest = 0;
  for (const child of childrenOf(expression)) deepest = Math.max(deepest, depthOf(child));
  return deepest + 1;
}

/** Whether two expressions say the same; offsets do not count. */
export function sameExpression(a: Expression, b: Expression): boolean {
  if (a.kind === "literal") return b.kind === "literal" && Object.is(a.value, b.value);
  if (a.kind === "context" || a.kind === "call") {
    if (a.kind !== b.kind || a.name !== b.name) return false;
  }
  if (a.kind === "comparison" || a.kind === "logical") {
    if (a.kind !== b.kind || a.operator !== b.operator) return false;
  }
  const [left, right] = [childrenOf(a), childrenOf(b)];
  if (a.kind !== b.kind || left.length !== right.length) return false;
  return left.every((child, at) => {
    const other = right[at];
    return other !== undefined && sameExpression(child, other);
  });
}

/** The name that an index access reads, where it is one fixed text. */
export function propertyName(access: IndexAccess): string | undefined {
  return access.index.kind === "literal" && typeof access.index.value === "string" ? access.index.value : undefined;
}

/** Whether a text can be written as a name: after a dot, as a context, as a function. */
export function isName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(text);
}

import type { Range } from "./ast.ts";
import type { ExpressionProblem, ProblemCode } from "./problem.ts";

/** Thrown inside of the parser. Not an `Error`: it never leaves, and a stack trace costs more than the parsing. */
export class SyntaxFailure {
  readonly problem: ExpressionProblem;
  constructor(problem: ExpressionProblem) {
    this.problem = problem;
  }
}

/** Puts the blame on a token, as GitHub words it. `token` counts in the expression, which begins at `offset` in the text. */
export function blameToken(
  code: ProblemCode,
  description: string,
  expression: string,
  token: Range,
  offset: number,
): SyntaxFailure {
  const symbol = expression.slice(token.start, token.end);
  const message = `${description}: '${symbol}'. Located at position ${token.start + 1} within expression: ${expression}`;
  const suggestion = code === "unexpected-symbol" ? repair(symbol) : undefined;
  return new SyntaxFailure({
    code,
    message,
    start: token.start + offset,
    end: token.end + offset,
    ...(suggestion === undefined ? {} : { suggestion }),
  });
}

/** What somebody who knows other languages most likely meant. */
function repair(symbol: string): string | undefined {
  if (/^"[^"']*"$/.test(symbol)) return `'${symbol.slice(1, -1)}'`;
  switch (symbol) {
    case "=":
      return "==";
    case "&":
    case "and":
      return "&&";
    case "|":
    case "or":
      return "||";
    default:
      return undefined;
  }
}

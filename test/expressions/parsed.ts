import type { Expression } from "../../src/expressions/ast.ts";
import { parse } from "../../src/expressions/parse.ts";

/** The expression of a text that must parse. */
export function parsed(text: string): Expression {
  const result = parse(text);
  if (result.kind === "expression") return result.expression;
  throw new Error(result.kind === "error" ? result.problem.message : "The expression is empty");
}

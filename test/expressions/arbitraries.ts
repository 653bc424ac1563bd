import fc from "fast-check";
import type { ComparisonOperator, Expression } from "../../src/expressions/ast.ts";
import type { Value } from "../../src/expressions/values.ts";

const place = { start: 0, end: 0 };

const name = fc.oneof(
  fc.constantFrom("ref", "event", "name", "true", "NaN", "outputs", "a-b", "_x", "os", "0"),
  fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_-]{0,6}$/),
);
const contextName = fc.constantFrom("github", "env", "matrix", "Inputs", "needs", "steps");
const number = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(0, -0, 1e21, 1e-7, 1e15, 123456789012345680, NaN, Infinity, -Infinity),
);
const text = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.constantFrom("", "it's", "''", "}}", "${{", "{0}", "{", "a b", "1", " 0x1F ", "true", "[1, 2]", '{"a": {"b": 1}}'),
);
const literalValue = fc.oneof(fc.constant(null), fc.boolean(), number, text);
const literal = literalValue.map((value): Expression => ({ kind: "literal", value, ...place }));
const context = contextName.map((each): Expression => ({ kind: "context", name: each, ...place }));

const FUNCTIONS = [
  "format",
  "join",
  "toJSON",
  "fromJSON",
  "contains",
  "startsWith",
  "endsWith",
  "case",
  "hashFiles",
  "success",
  "always",
  "unheardOf",
] as const;

/** Any expression that the parser can give: no `&&` directly in `&&`, no `||` directly in `||`, at most a few levels. */
export const anyExpression: fc.Arbitrary<Expression> = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 5, depthSize: "medium" },
    fc.oneof(literal, context),
    fc.record({
      kind: fc.constant("index" as const),
      object: tie("expression"),
      index: fc.oneof(
        name.map((value): Expression => ({ kind: "literal", value, ...place })),
        tie("expression"),
      ),
      start: fc.constant(0),
      end: fc.constant(0),
    }),
    tie("expression").map((object): Expression => ({ kind: "filter", object, ...place })),
    fc
      .tuple(fc.constantFrom(...FUNCTIONS), fc.array(tie("expression"), { maxLength: 4 }))
      .map(([called, args]): Expression => ({ kind: "call", name: called, args, ...place })),
    tie("expression").map((operand): Expression => ({ kind: "not", operand, ...place })),
    fc
      .tuple(
        fc.constantFrom<ComparisonOperator>("==", "!=", "<", "<=", ">", ">="),
        tie("expression"),
        tie("expression"),
      )
      .map(([operator, left, right]): Expression => ({ kind: "comparison", operator, left, right, ...place })),
    fc
      .tuple(fc.constantFrom("&&" as const, "||" as const), fc.array(tie("expression"), { minLength: 2, maxLength: 4 }))
      .map(([operator, operands]): Expression => {
        const flat = operands.flatMap((operand) =>
          operand.kind === "logical" && operand.operator === operator ? operand.operands : [operand],
        );
        return { kind: "logical", operator, operands: flat, ...place };
      }),
  ),
})).expression;

/** Whatever a context may hold. */
export const anyValue: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    literalValue,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("ref", "event", "name", "outputs", "a-b", "os", "0", "1"), tie("value"), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  ),
})).value;

export const anyContexts = fc.record({
  github: anyValue,
  env: anyValue,
  matrix: anyValue,
  inputs: anyValue,
  needs: anyValue,
  steps: anyValue,
});

import type { AnyExpr, Expr, Mixed, Text, ValueOf } from "./expression-types.ts";
import { makeNot, makeOperator } from "./make.ts";

// The expression comes first, the value second: the second is held against what the first can be. `b` is spelt out, not
// aliased, so that the error lists the values allowed.

/**
 * `==`. The expression stands first, the value second; a value that the expression cannot have does not compile.
 *
 * GitHub ignores upper and lower case in texts, and compares values of different types as numbers.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#operators
 *
 * @example
 * ```ts
 * run({ if: eq(runner.os, "Linux"), run: "sudo apt-get update" })
 * ```
 * ```yaml
 * - if: runner.os == 'Linux'
 *   run: sudo apt-get update
 * ```
 */
export function eq<A extends AnyExpr>(a: A, b: ValueOf<A> | AnyExpr<ValueOf<A>>): Expr<boolean> {
  return makeOperator("==", [a, b]);
}

/**
 * `!=`. The expression stands first, the value second.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#operators
 *
 * @example
 * ```ts
 * run({ if: ne(github.event_name, "schedule"), run: "make notify" })
 * ```
 * ```yaml
 * - if: github.event_name != 'schedule'
 *   run: make notify
 * ```
 */
export function ne<A extends AnyExpr>(a: A, b: ValueOf<A> | AnyExpr<ValueOf<A>>): Expr<boolean> {
  return makeOperator("!=", [a, b]);
}

/**
 * `<`, of numbers; texts are turned into numbers where the other side is one.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#operators
 *
 * @example
 * ```ts
 * run({ if: lt(github.run_attempt, 3), run: "make flaky" })
 * ```
 * ```yaml
 * - if: github.run_attempt < 3
 *   run: make flaky
 * ```
 */
export function lt(a: Text, b: Text): Expr<boolean> {
  return makeOperator("<", [a, b]);
}

/**
 * `<=`, as `lt`.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#operators
 *
 * @example
 * ```ts
 * run({ if: le(github.run_attempt, 3), run: "make flaky" })
 * ```
 * ```yaml
 * - if: github.run_attempt <= 3
 *   run: make flaky
 * ```
 */
export function le(a: Text, b: Text): Expr<boolean> {
  return makeOperator("<=", [a, b]);
}

/**
 * `>`, as `lt`.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#operators
 *
 * @example
 * ```ts
 * run({ if: gt(github.run_attempt, 1), run: "make clean" })
 * ```
 * ```yaml
 * - if: github.run_attempt > 1
 *   run: make clean
 * ```
 */
export function gt(a: Text, b: Text): Expr<boolean> {
  return makeOperator(">", [a, b]);
}

/**
 * `>=`, as `lt`.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#operators
 *
 * @example
 * ```ts
 * run({ if: ge(github.run_attempt, 2), run: "make clean" })
 * ```
 * ```yaml
 * - if: github.run_attempt >= 2
 *   run: make clean
 * ```
 */
export function ge(a: Text, b: Text): Expr<boolean> {
  return makeOperator(">=", [a, b]);
}

/**
 * `&&`: the first operand that is false or empty, else the last.
 *
 * @throws {DefinitionError} without operands
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#operators
 *
 * @example
 * ```ts
 * run({ if: and(failure(), eq(github.ref_name, "main")), run: "make alarm" })
 * ```
 * ```yaml
 * - if: failure() && github.ref_name == 'main'
 *   run: make alarm
 * ```
 */
export function and<const A extends readonly Text[]>(...all: A): Mixed<ValueOf<A[number]>, A[number]> {
  return makeOperator("&&", all);
}

/**
 * `||`: the first operand that is neither false nor empty, else the last.
 *
 * @throws {DefinitionError} without operands
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#operators
 *
 * @example
 * ```ts
 * run({ env: { REGION: or(vars.REGION, "eu-west-1") }, run: "make deploy" })
 * ```
 * ```yaml
 * - env:
 *     REGION: ${{ vars.REGION || 'eu-west-1' }}
 *   run: make deploy
 * ```
 */
export function or<const A extends readonly Text[]>(...any: A): Mixed<ValueOf<A[number]>, A[number]> {
  return makeOperator("||", any);
}

/**
 * `!`: true of what is false or empty.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#operators
 *
 * @example
 * ```ts
 * run({ if: not(cancelled()), run: "make report" })
 * ```
 * ```yaml
 * - if: ${{ !cancelled() }}
 *   run: make report
 * ```
 */
export function not(a: Text): Expr<boolean> {
  return makeNot(a);
}

import type { Expr } from "./expression-types.ts";
import { makeCall } from "./make.ts";

/**
 * True when no step before, and no job in `needs`, has failed or been cancelled.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#success
 *
 * @example
 * ```ts
 * run({ if: success(), run: "make publish" })
 * ```
 * ```yaml
 * - if: success()
 *   run: make publish
 * ```
 */
export function success(): Expr<boolean> {
  return makeCall("success", []);
}

/**
 * True when a step before, or a job in `needs`, has failed.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#failure
 *
 * @example
 * ```ts
 * run({ if: failure(), run: "cat build.log" })
 * ```
 * ```yaml
 * - if: failure()
 *   run: cat build.log
 * ```
 */
export function failure(): Expr<boolean> {
  return makeCall("failure", []);
}

/**
 * True even when the run was cancelled; `not(cancelled())` is for what should stop then.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#always
 *
 * @example
 * ```ts
 * run({ if: always(), run: "make clean" })
 * ```
 * ```yaml
 * - if: always()
 *   run: make clean
 * ```
 */
export function always(): Expr<boolean> {
  return makeCall("always", []);
}

/**
 * True when the run was cancelled.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#cancelled
 *
 * @example
 * ```ts
 * run({ if: cancelled(), run: "make abort" })
 * ```
 * ```yaml
 * - if: cancelled()
 *   run: make abort
 * ```
 */
export function cancelled(): Expr<boolean> {
  return makeCall("cancelled", []);
}

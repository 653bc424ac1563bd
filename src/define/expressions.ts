import type { AnyExpr, Expr, Mixed, Tainted, Text, Unchecked, Untrusted, ValueOf } from "./expression-types.ts";
import { makeCall, makeExpr, makeFormat, makeNot, makeOperator } from "./make.ts";

/** What `fromJSON` gives: an expression that one can look into, as far as `V` is known. */
type Parsed<V> = 0 extends 1 & V
  ? Expr<V>
  : V extends readonly (infer Item)[]
    ? Expr<V> & Readonly<Record<"*" | 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9, Parsed<Item>>>
    : V extends object
      ? Expr<V> & { readonly [K in keyof V]: Parsed<V[K]> }
      : Expr<V>;

/** What `toJSON` gives: untrusted of `github`, of a payload, and of whatever holds an untrusted value itself. */
type Json<A> = A extends Tainted<unknown> | { readonly event: unknown } | { readonly sender: unknown }
  ? Untrusted
  : [Extract<A[keyof A], Untrusted<unknown>>] extends [never]
    ? Expr<string>
    : Untrusted;

/**
 * An expression in GitHub's own syntax.
 *
 * @example
 * ```ts
 * run({ if: expr("github.ref == 'refs/heads/main' && github.run_attempt == 1"), run: "make publish" })
 * ```
 * ```yaml
 * - if: github.ref == 'refs/heads/main' && github.run_attempt == 1
 *   run: make publish
 * ```
 */
export function expr<V = Unchecked>(source: string): Expr<V> {
  return makeExpr(source);
}

// ── Operators. The expression comes first, the value second: the second is held against what the first can be. `b` is spelt
// out, not aliased, so that the error lists the values allowed ──────────────────────────────────────────────────

/**
 * `==`. The expression stands first, the value second; a value that the expression cannot have does not compile.
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
 * `<`.
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
 * `<=`.
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
 * `>`.
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
 * `>=`.
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
 * `!`.
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

// ── Functions ───────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Text with expressions in it: as a tag, or with GitHub's `{0}`. Takes untrusted values too, for names, groups and messages.
 *
 * @example
 * ```ts
 * run({ name: format`Build ${github.ref_name}`, run: "make" })
 * ```
 * ```yaml
 * - name: Build ${{ github.ref_name }}
 *   run: make
 * ```
 */
export function format<const A extends readonly Text[]>(
  text: string | TemplateStringsArray,
  ...parts: A
): Mixed<string, A[number]> {
  return makeFormat(text, parts);
}

/**
 * Whether a text holds another, or a list an item.
 *
 * @example
 * ```ts
 * run({ if: contains(github.event.head_commit.message, "[deploy]"), run: "make deploy" })
 * ```
 * ```yaml
 * - if: contains(github.event.head_commit.message, '[deploy]')
 *   run: make deploy
 * ```
 */
export function contains(search: Text, item: Text): Expr<boolean> {
  return makeCall("contains", [search, item]);
}

/**
 * Whether a text starts with another.
 *
 * @example
 * ```ts
 * run({ if: startsWith(github.ref, "refs/tags/v"), run: "make release" })
 * ```
 * ```yaml
 * - if: startsWith(github.ref, 'refs/tags/v')
 *   run: make release
 * ```
 */
export function startsWith(text: Text, start: Text): Expr<boolean> {
  return makeCall("startsWith", [text, start]);
}

/**
 * Whether a text ends with another.
 *
 * @example
 * ```ts
 * run({ if: endsWith(github.repository, "-mirror"), run: "make mirror" })
 * ```
 * ```yaml
 * - if: endsWith(github.repository, '-mirror')
 *   run: make mirror
 * ```
 */
export function endsWith(text: Text, end: Text): Expr<boolean> {
  return makeCall("endsWith", [text, end]);
}

/**
 * The items of a list as one text, with a comma or the separator between them.
 *
 * @example
 * ```ts
 * run({ env: { LABELS: join(github.event.issue.labels["*"].name, " ") }, run: "./triage" })
 * ```
 * ```yaml
 * - env:
 *     LABELS: ${{ join(github.event.issue.labels.*.name, ' ') }}
 *   run: ./triage
 * ```
 */
export function join<A extends AnyExpr>(list: A, separator?: string): Mixed<string, A> {
  return makeCall("join", separator === undefined ? [list] : [list, separator]);
}

/**
 * A context or value as JSON.
 *
 * @example
 * ```ts
 * run({ env: { EVENT: toJSON(github.event) }, run: 'jq . <<<"$EVENT"' })
 * ```
 * ```yaml
 * - env:
 *     EVENT: ${{ toJSON(github.event) }}
 *   run: jq . <<<"$EVENT"
 * ```
 */
export function toJSON<A extends object | symbol>(context: A): Json<A> {
  return makeCall("toJSON", [context]);
}

/**
 * A JSON text as a value; the type argument says what it holds.
 *
 * @example
 * ```ts
 * job({
 *   "runs-on": "ubuntu-latest",
 *   needs: [plan],
 *   strategy: { matrix: fromJSON<{ node: readonly (20 | 22)[] }>(plan.outputs.matrix) },
 *   steps: ({ matrix }) => [run({ run: sh`make test NODE=${matrix.node}` })],
 * })
 * ```
 * ```yaml
 * runs-on: ubuntu-latest
 * needs:
 *   - plan
 * strategy:
 *   matrix: ${{ fromJSON(needs.plan.outputs.matrix) }}
 * steps:
 *   - env:
 *       MATRIX_NODE: ${{ matrix.node }}
 *     run: make test NODE="$MATRIX_NODE"
 * ```
 */
export function fromJSON<V = Unchecked>(json: string | Expr): Parsed<V>;
export function fromJSON<V = Unchecked>(json: Untrusted<unknown>): Untrusted<V>;
export function fromJSON(json: unknown): unknown {
  return makeCall("fromJSON", [json]);
}

/**
 * A hash of the files that match.
 *
 * @example
 * ```ts
 * run({ env: { KEY: hashFiles("**\/package-lock.json") }, run: "./restore" })
 * ```
 * ```yaml
 * - env:
 *     KEY: ${{ hashFiles('**\/package-lock.json') }}
 *   run: ./restore
 * ```
 */
export function hashFiles(...globs: readonly Text[]): Expr<string> {
  return makeCall("hashFiles", globs);
}

// ── Status ──────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * True when no step before, and no job in `needs`, has failed or been cancelled.
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
 * True even when the run was cancelled.
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

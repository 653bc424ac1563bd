import type { AnyExpr, Expr, Mixed, Tainted, Text, Unchecked, Untrusted } from "./expression-types.ts";
import { makeCall, makeExpr, makeFormat } from "./make.ts";

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
 * @param source with or without `${{ }}`. `gen` parses it, and says at the call what GitHub would not take.
 * @throws {DefinitionError} for an empty text
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
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

/**
 * Text with expressions in it: as a tag, or with GitHub's `{0}`. Takes untrusted values too, for names, groups and messages.
 *
 * @param text with `{0}`, `{1}`, … for the parts; `{{` and `}}` are braces
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#format
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
 * Whether a text holds another, or a list an item. Upper and lower case do not matter.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#contains
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
 * Whether a text starts with another. Upper and lower case do not matter.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#startswith
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
 * Whether a text ends with another. Upper and lower case do not matter.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#endswith
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
 * @param separator `,` if left out
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#join
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
 * A context or value as JSON, laid out over several lines.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#tojson
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
 * @param json a text; what is no JSON fails the job when it runs
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#fromjson
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
 * A SHA-256, in hexadecimal, of the files that match; an empty text where none does.
 *
 * @param globs relative to `github.workspace`; files outside of it are not looked at
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#hashfiles
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

import type { kind } from "../brand.ts";
import type { Text } from "../expressions/expression-types.ts";
import { makeScript, makeUnsafeScript } from "../expressions/make.ts";

/** A script whose expressions travel as environment variables, or one that says why they do not. */
export interface Script {
  readonly [kind]: "script";
}

/**
 * A script in which every expression becomes an environment variable of the step, so that no value can become code.
 *
 * For `bash`, `sh` and `pwsh`. `gen` refuses an expression where the shell expands nothing: in a heredoc with a quoted delimiter.
 *
 * @see https://docs.github.com/en/actions/reference/security/secure-use
 *
 * @example
 * ```ts
 * run({ run: sh`gh issue comment ${github.event.issue.number} --body "Thanks for: ${github.event.issue.title}"` })
 * ```
 * ```yaml
 * - env:
 *     ISSUE_NUMBER: ${{ github.event.issue.number }}
 *     ISSUE_TITLE: ${{ github.event.issue.title }}
 *   run: 'gh issue comment "$ISSUE_NUMBER" --body "Thanks for: ${ISSUE_TITLE}"'
 * ```
 */
export function sh(text: TemplateStringsArray, ...parts: readonly NonNullable<Text>[]): Script {
  return makeScript(text, parts);
}

/**
 * A script that may hold `${{ }}` of untrusted values, with the reason why that is safe. `lint` lists it.
 *
 * @throws {DefinitionError} without a reason
 * @see https://docs.github.com/en/actions/reference/security/secure-use
 *
 * @example
 * ```ts
 * run({ run: unsafeScript("echo ${{ github.head_ref }}", { because: "only maintainers can start this workflow" }) })
 * ```
 * ```yaml
 * - run: echo ${{ github.head_ref }}
 * ```
 */
export function unsafeScript(text: string, reason: { readonly because: string }): Script {
  return makeUnsafeScript(text, reason);
}

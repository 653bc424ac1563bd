/**
 * What an action does to what decides a push, told as shell commands that do the same to git. A table of these ships with flowkeep;
 * a project adds its own in the config's `pushActions`.
 *
 * @example
 * ```ts
 * import type { PushAction } from "flowkeep";
 *
 * export const action: PushAction = {
 *   uses: "acme/release-action",
 *   from: "v2",
 *   inputs: { token: "${{ github.token }}" },
 *   env: { TOKEN: "inputs.token", REPOSITORY: "github.repository" },
 *   run: 'git push "https://x-access-token:$TOKEN@github.com/$REPOSITORY" HEAD:main',
 *   source: "https://github.com/acme/release-action, src/push.ts of v2.1.0",
 * };
 * ```
 */
export interface PushAction {
  /** `owner/name` or `owner/name/path`, without a version; upper and lower case do not matter. */
  readonly uses: string;
  /** The versions that it holds for: `from` is one of them, `before` is none of them. All, where neither is given. */
  readonly from?: string;
  readonly before?: string;
  /** What inputs hold that a workflow does not give, as `default` in `action.yml` has it. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** Variables that `run` works with: expressions over `inputs`, `env` and `github`, without `${{ }}`. */
  readonly env?: Readonly<Record<string, string>>;
  /** Commands of bash that do to git what the action does. Without any, it leaves git alone. */
  readonly run?: string;
  /** The outputs that hold an installation token which the action mints for an App. */
  readonly mints?: readonly string[];
  /** Where that is known from. */
  readonly source?: string;
}

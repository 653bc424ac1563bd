import type { PathOf, Upper } from "./checkout-types.ts";
import type { Credential } from "./credentials.ts";
import type { Amount, Condition, Flag, Text } from "./expression-types.ts";
import { makePush } from "./make.ts";
import type { PushStep } from "./step-types.ts";

interface Commit {
  /** What to commit, as `git add` takes it. */
  readonly paths: readonly Text[];
  readonly message: Text;
  /** Who wrote the commit, which is not who pushes it. `githubToken()` defaults to `github-actions[bot]`. */
  readonly author?: Author;
  /** `git commit --no-verify`: runs no hooks. */
  readonly noVerify?: boolean;
}
interface CommitWithAuthor extends Commit {
  readonly author: Author;
}
interface Author {
  readonly name: Text;
  readonly email: Text;
}
type CommitBy<Who> = "GITHUB_TOKEN" extends Who ? Commit : CommitWithAuthor;

interface PushOptions<Who extends string, Path, Reason> {
  /** The one credential that is sent. */
  readonly as: Credential<Who>;
  /** `owner/name`; this workflow's repository if left out. */
  readonly repository?: Text;
  /** The folder that a checkout wrote to; the workspace if left out. */
  readonly path?: Path;
  /** Commits before it pushes. Nothing to commit is a success. */
  readonly commit?: CommitBy<Who>;
  /** Overwrites what the server has, if it still has what was seen there. */
  readonly force?: "with-lease";
  /** How often a lost race is fetched, rebased and tried again: 3 times if left out, which is the most. */
  readonly retry?: boolean | 0 | 1 | 2 | 3;
  /** Why it does no harm that another credential lies where this push runs. `lint` lists it. */
  readonly allowPersisted?: Reason;
  readonly id?: string;
  readonly name?: Text;
  readonly if?: Condition;
  readonly "continue-on-error"?: Flag;
  readonly "timeout-minutes"?: Amount;
}

// Exactly one of three. The types of the other two are `undefined`, by which TypeScript tells the three apart.
interface ToBranch {
  readonly branch: Text;
  readonly refs?: undefined;
  readonly tag?: undefined;
}
interface ToRefs {
  readonly refs: readonly Text[];
  readonly branch?: undefined;
  readonly tag?: undefined;
}
interface ToTag {
  readonly tag: Text;
  readonly branch?: undefined;
  readonly refs?: undefined;
}

/**
 * A step that pushes as exactly this credential, whatever a checkout left behind; it may commit first. Its outputs are
 * `pushed` and `sha`.
 *
 * @example
 * ```ts
 * push({
 *   as: githubToken(),
 *   branch: "main",
 *   commit: { paths: ["CHANGELOG.md"], message: "Update the changelog [skip ci]" },
 * })
 * ```
 */
export function push<
  const Who extends string,
  const Path extends string = ".",
  Reason extends string | undefined = undefined,
>(
  options: PushOptions<Who, Path, Reason> & (ToBranch | ToRefs | ToTag),
): PushStep<[Reason] extends [undefined] ? Upper<Who> : unknown, PathOf<Path>> {
  return makePush(options);
}

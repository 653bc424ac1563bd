import type { PathOf, Upper } from "./checkout-types.ts";
import type { Credential } from "./credentials.ts";
import type { Amount, Condition, Flag, Problem, Text } from "./expressions/expression-types.ts";
import { makePush } from "./expressions/make.ts";
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
  readonly as?: Credential<Who>;
  /** A branch, pushed from `HEAD`. */
  readonly branch?: Text;
  /** Refspecs, as `git push` takes them; all land or none does. */
  readonly refs?: readonly Text[];
  /** A tag: as it is, or made at `HEAD` if there is none yet. */
  readonly tag?: Text;
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

// What is required stands apart: see `OnRunner` in jobs.ts.
interface AsSomebody {
  readonly as: unknown;
}

/** The types of what was given as the target, else unknown. Not literals: they would be other type arguments for each branch. */
interface Targets<Branch, Refs, Tag> {
  readonly branch?: Branch;
  readonly refs?: Refs;
  readonly tag?: Tag;
}
type IsGiven<T> = 0 extends 1 & T ? true : unknown extends T ? false : true;
type OneTarget<Branch, Refs, Tag> =
  IsGiven<Tag> extends true
    ? [IsGiven<Branch> | IsGiven<Refs>] extends [false]
      ? unknown
      : { readonly tag: Problem<"a push has one target: branch, refs or tag"> }
    : IsGiven<Refs> extends true
      ? IsGiven<Branch> extends true
        ? { readonly refs: Problem<"a push has one target: branch, refs or tag"> }
        : unknown
      : ToBranch;
interface ToBranch {
  readonly branch: Text;
}

/**
 * A step that pushes as exactly this credential, whatever a checkout left behind; it may commit first. Its outputs are
 * `pushed` and `sha`.
 *
 * It does not compile behind a checkout that keeps another credential where it pushes. `gen` says the same of sources without
 * types, and refuses an `as` that is no credential, or a target that is not exactly one of `branch`, `refs` and `tag`.
 *
 * The order in which git looks for credentials: gitcredentials(7); git-config(1), `http.<url>.extraHeader`.
 *
 * @example
 * ```ts
 * push({
 *   name: "Update the changelog",
 *   as: githubToken(),
 *   branch: "main",
 *   commit: { paths: ["CHANGELOG.md"], message: "Update the changelog [skip ci]" },
 * })
 * ```
 * ```yaml
 * - name: Update the changelog
 *   shell: bash
 *   env:
 *     PUSH_TOKEN: ${{ github.token }}
 *     # …
 *     PUSH_BRANCH: main
 *     PUSH_PATHS: CHANGELOG.md
 *     PUSH_MESSAGE: Update the changelog [skip ci]
 *     # …
 *   run: |
 *     # …
 * ```
 */
export function push<
  const Who extends string,
  const Path extends string = ".",
  Reason extends string | undefined = undefined,
  Branch = unknown,
  Refs = unknown,
  Tag = unknown,
>(
  options: PushOptions<Who, Path, Reason> & AsSomebody & Targets<Branch, Refs, Tag> & OneTarget<Branch, Refs, Tag>,
): PushStep<[Reason] extends [undefined] ? Upper<Who> : unknown, PathOf<Path>> {
  return makePush(options);
}

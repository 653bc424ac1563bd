import type { PushVerdict } from "../credentials/verdicts.ts";
import { UsageError } from "../ir/errors.ts";

/** Where the empty commit goes. */
export interface SmokeBranch {
  /** As the scripts say it: `refs/heads/master`, or `$GITHUB_REF` for the branch that the run is started for. */
  readonly ref: string;
  /** As `push({ branch })` says it. */
  readonly branch: string;
  /** For people; undefined where it is the one that the run is started for. */
  readonly name: string | undefined;
}

/**
 * The branch that the push goes to.
 *
 * @param given what the user says
 * @throws UsageError where it is no branch, or not to be seen
 */
export function chooseBranch({ updates, target, command }: PushVerdict, given: string | undefined): SmokeBranch {
  const said = given?.replace(/^refs\/heads\//, "");
  if (said !== undefined) {
    if (!/^[\w][\w./-]*$/.test(said)) throw new UsageError(`--branch ${given} is no name of a branch`);
    return named(said);
  }
  const refs = updates ?? [];
  const branches = refs.filter(({ kind, name }) => kind === "branch" || (kind === "ref" && name !== null));
  const [only, ...others] = branches;
  if (only === undefined && refs.some(({ kind }) => kind === "tag"))
    throw new UsageError(
      `\`${command}\` pushes a tag, and a smoke test pushes a commit to a branch: name one with --branch`,
    );
  if (others.length > 0) {
    const names = branches.map(({ shown }) => shown).join(", ");
    throw new UsageError(`\`${command}\` pushes several branches (${names}): name one of them with --branch`);
  }
  if (only?.isDeleted === true)
    throw new UsageError(`\`${command}\` deletes a branch: name one that can take an empty commit with --branch`);
  if (only?.isCurrent === true) return { ref: "$GITHUB_REF", branch: "${{ github.ref_name }}", name: undefined };
  const name = only?.name ?? (target.ref?.startsWith("refs/tags/") === true ? undefined : target.ref);
  if (name === undefined || name === null)
    throw new UsageError(`to which branch \`${command}\` pushes is not known before it runs: name one with --branch`);
  return named(name.replace(/^refs\/heads\//, ""));
}

function named(name: string): SmokeBranch {
  return { ref: `refs/heads/${name}`, branch: name, name };
}

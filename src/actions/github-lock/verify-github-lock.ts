import type { Path } from "../../ir/origin.ts";
import type { RemoteActions } from "../remote/remote-actions.ts";
import { RemoteError } from "../remote/remote-error.ts";
import { inParallel } from "../remote/in-parallel.ts";
import type { LockProblem } from "../verify-lock.ts";
import { parseTag } from "../version-tags.ts";
import type { GithubDependency, GithubLock } from "./github-lock.ts";
import { repositoryOfPin } from "./pin-of.ts";

type Asked = Pick<RemoteActions, "refs" | "reaches" | "isBelow">;

/**
 * Asks the repositories whether the commits of GitHub's lock are theirs, and still where the tags are. A branch or a line of versions
 * (`v5`) may have gone on, which is what the lock is for; but the commit must be in its history, or GitHub does not take it.
 * `isKnown`: verified already, in flowkeep's own lock.
 */
export async function verifyGithubLock(
  { dependencies }: GithubLock,
  remote: Asked & Pick<RemoteActions, "limits">,
  isKnown: (pin: string, commit: string) => boolean,
): Promise<readonly LockProblem[]> {
  const found = await inParallel([...dependencies], remote.limits.parallel, ([pin, dependency]) =>
    verifyDependency(pin, dependency, remote, isKnown(pin, dependency.commit)),
  );
  return found.flat();
}

async function verifyDependency(
  pin: string,
  { ref, commit }: GithubDependency,
  remote: Asked,
  isKnown: boolean,
): Promise<readonly LockProblem[]> {
  const name = repositoryOfPin(pin);
  const path: Path = ["dependencies", pin];
  try {
    const { tags, heads } = await remote.refs(name);
    const problems: LockProblem[] = [];
    const now = tags.get(ref) ?? heads.get(ref);
    const isRelease = (parseTag(ref)?.numbers.length ?? 0) > 2;
    if (!isRelease && now !== undefined && (await remote.isBelow(name, commit, ref)) === false) {
      const message = `${commit} is not in the history of ${ref}, which is at ${now}: GitHub does not take it for ${pin}. Run \`npx flowkeep actions update ${name}\``;
      return [{ code: "impostor-commit", message, path: [...path, "commit"] }];
    }
    if (isKnown) return [];
    if (now === undefined || (isRelease && now !== commit)) {
      const what = now === undefined ? `${name} has no ${ref} any more` : `the tag ${ref} of ${name} is at ${now} now`;
      const message = `${what}, and was at ${commit} when ${pin} was locked: find out why before you update`;
      problems.push({ code: "moved-tag", message, path: [...path, "ref"] });
    }
    const isOwn = await remote.reaches(name, commit);
    if (isOwn === false) {
      const message = `${commit} is on no branch and no tag of ${name}: it is somebody's fork's, or its tag was taken away`;
      problems.push({ code: "impostor-commit", message, path: [...path, "commit"] });
    } else if (isOwn === undefined) {
      const message = `whether ${commit} is on a branch or tag of ${name} could not be told: its history is too large`;
      problems.push({ code: "lock-unverified", severity: "note", message, path: [...path, "commit"] });
    }
    return problems;
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    return [{ code: "lock-unverified", message: `${pin} could not be verified: ${error.message}`, path }];
  }
}

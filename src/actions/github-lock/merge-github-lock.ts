import type { RepositoryIds } from "../lock.ts";
import { GITHUB_LOCK_VERSION, type GithubDependency, type GithubLock, type WantedDependency } from "./github-lock.ts";
import { repositoryOfPin } from "./pin-of.ts";
import type { WantedLock } from "./want-github-lock.ts";

export interface MergedLock {
  readonly lock: GithubLock;
  /** Pins of which GitHub's numbers are not known, or no tag or branch that has the commit: with them the lock cannot be written. */
  readonly incomplete: readonly string[];
}

/**
 * GitHub's lock as it should be: the wanted entries, the workflows that others keep (`isKept`), and what those use. Numbers that are
 * not known here are taken from the lock as it is: by repository, for they do not change.
 */
export function mergeGithubLock(
  before: GithubLock | undefined,
  wanted: Pick<WantedLock, "workflows" | "dependencies">,
  isKept: (workflow: string) => boolean,
): MergedLock {
  const others = [...(before?.workflows ?? [])].filter(([path]) => isKept(path));
  const workflows = new Map([...others, ...wanted.workflows]);
  const idsOf = new Map<string, RepositoryIds>(
    [...(before?.dependencies ?? [])].map(([pin, { owner_id, repo_id }]) => [
      repositoryOfPin(pin),
      { owner_id, repo_id },
    ]),
  );
  const dependencies = new Map<string, GithubDependency>();
  const incomplete: string[] = [];
  const add = (pin: string): void => {
    if (dependencies.has(pin) || incomplete.includes(pin)) return;
    const [want, now] = [wanted.dependencies.get(pin), before?.dependencies.get(pin)];
    const found = want === undefined ? now : complete(want, now, idsOf.get(repositoryOfPin(pin)));
    // What a workflow of others lacks is for those who keep it.
    if (found === undefined && want === undefined) return;
    if (found === undefined) incomplete.push(pin);
    else dependencies.set(pin, found);
    (found ?? want)?.uses.forEach(add);
  };
  for (const pins of workflows.values()) pins.forEach(add);
  return { lock: { version: before?.version ?? GITHUB_LOCK_VERSION, workflows, dependencies }, incomplete };
}

function complete(
  { ref: wantedRef, commit, uses, ids: wantedIds }: WantedDependency,
  now: GithubDependency | undefined,
  known: RepositoryIds | undefined,
): GithubDependency | undefined {
  const ref = wantedRef ?? (now?.commit === commit ? now.ref : undefined);
  const ids = wantedIds ?? known;
  return ref === undefined || ids === undefined ? undefined : { ref, commit, ...ids, uses };
}

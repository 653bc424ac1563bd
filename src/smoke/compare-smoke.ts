import { describeIdentity, sameIdentity } from "../credentials/identity.ts";
import type { PushVerdict } from "../credentials/verdicts.ts";
import type { SmokeBranch } from "./choose-branch.ts";

/**
 * Whether the pushes of a smoke test are the push that is tried: the analysis has to see the same identity, in the same repository.
 *
 * @returns why they are not; undefined where they are
 */
export function differenceOf(
  production: PushVerdict,
  smoke: readonly PushVerdict[],
  branch: SmokeBranch,
): string | undefined {
  const [landing, takingBack, ...others] = smoke;
  if (landing === undefined || takingBack === undefined || others.length > 0)
    return `it would make ${smoke.length} pushes that can be seen, and not two`;
  for (const push of [landing, takingBack]) {
    if (!sameIdentity(push.identity, production.identity))
      return `GitHub would see ${describeIdentity(push.identity)} in it, and sees ${describeIdentity(production.identity)} in production`;
    const others = production.alternatives.map(({ identity }) => identity);
    const other = push.alternatives.find(({ identity }) => !others.some((known) => sameIdentity(known, identity)));
    if (other !== undefined)
      return `GitHub would see ${describeIdentity(other.identity)} in it where ${other.when}, and does not in production`;
    const [here, there] = [push.target.repository, production.target.repository];
    if (there !== null && here !== there)
      return `it would push to ${here ?? "a repository that is not known"}, and production to ${there}`;
    const ref = push.updates?.[0];
    const isSameBranch = branch.name === undefined ? ref?.isCurrent === true : ref?.name === branch.name;
    if (!isSameBranch)
      return `it would push to ${ref?.shown ?? "no branch that is known"}, and not to ${branch.name ?? "its own branch"}`;
  }
  return undefined;
}

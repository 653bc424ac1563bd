import type { PushVerdict } from "../credentials/verdicts.ts";
import { sameIdentity } from "../credentials/identity.ts";
import type { RefUpdate } from "../credentials/programs/ref-updates.ts";
import type { Upgrade } from "./plan-upgrades.ts";

/** A step whose upgrade does not hold, and why; without a step: some other push has changed. */
export interface Changed {
  readonly upgrade: Upgrade | undefined;
  readonly reason: string;
}

/**
 * Compares what pushes come to before and after an upgrade: each must be the same identity on the same refs, and be seen as meant,
 * and all others must be what they were.
 *
 * @param only the one branch that every run of the workflow is for, where it has one: `github.ref_name` and that name are the same
 * @returns what has changed; none: the upgrade holds
 */
export function comparePushes(
  before: readonly PushVerdict[],
  after: readonly PushVerdict[],
  upgrades: readonly Upgrade[],
  only?: string,
): readonly Changed[] {
  const changed: Changed[] = [];
  const keyOf = ({ job, step }: { readonly job: string; readonly step: number }) => `${job}\0${step}`;
  const upgraded = new Map(upgrades.map((upgrade) => [keyOf(upgrade), upgrade]));
  const others = (pushes: readonly PushVerdict[]) => pushes.filter((push) => !upgraded.has(keyOf(push))).map(essenceOf);
  const [was, is] = [others(before), others(after)];
  if (JSON.stringify(was) !== JSON.stringify(is))
    changed.push({ upgrade: undefined, reason: "another push of the file would be somebody else's" });
  for (const [key, upgrade] of upgraded) {
    const [first] = before.filter((push) => keyOf(push) === key);
    const [second, ...more] = after.filter((push) => keyOf(push) === key);
    const reason =
      first === undefined ? "it was not there before" : differenceOf(first, second, { isMore: more.length > 0, only });
    if (reason !== undefined) changed.push({ upgrade, reason });
  }
  return changed;
}

function differenceOf(
  before: PushVerdict,
  after: PushVerdict | undefined,
  { isMore, only }: { readonly isMore: boolean; readonly only: string | undefined },
): string | undefined {
  if (after === undefined) return "the analysis sees no push in what it would become";
  if (isMore) return "the analysis sees several pushes in what it would become";
  if (
    !sameIdentity(before.identity, after.identity) ||
    after.verdict !== "as-intended" ||
    after.alternatives.length > 0
  )
    return "the analysis sees another identity in what it would become";
  if (before.target.repository !== after.target.repository) return "it would push to another repository";
  const refsOf = ({ target, updates }: PushVerdict): string =>
    JSON.stringify([target.ref === only ? null : target.ref, updates?.map((update) => shown(update, only))]);
  if (refsOf(before) !== refsOf(after)) return "it would push other refs";
  return undefined;
}

/** `git push` pushes the branch that is checked out, and so does `git push … HEAD`, or it fails. */
function shown(update: RefUpdate, only: string | undefined): RefUpdate {
  const isCurrent = update.isCurrent || (only !== undefined && update.name === only && update.kind !== "tag");
  return isCurrent ? { ...update, kind: "ref", name: null, shown: "…", isCurrent } : update;
}

function essenceOf({ job, step, command, target, updates, identity, alternatives, intended, verdict }: PushVerdict) {
  return { job, step, command, target, updates, identity, alternatives, intended, verdict };
}

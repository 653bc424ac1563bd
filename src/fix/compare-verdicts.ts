import { describeIdentity, sameIdentity, type Identity } from "../credentials/identity.ts";
import type { Aim } from "../rules/mend.ts";
import { ANOTHER_TIME, type PushVerdict } from "../credentials/verdicts.ts";

/** The pushes of files, and what else goes out with the same credentials. */
export interface Verdicts {
  readonly pushes: readonly PushVerdict[];
  readonly reads: readonly PushVerdict[];
}

/**
 * Whether a fix changes only what it is meant to: the pushes that it aims at come out as they should, all others as before.
 *
 * @returns why it may not be made; undefined where it may
 */
export function whyNot(before: Verdicts, after: Verdicts, aims: readonly Aim[]): string | undefined {
  const lost = whyOtherCount("push", before.pushes, after.pushes);
  if (lost !== undefined) return lost;
  for (const [at, push] of before.pushes.entries()) {
    const now = after.pushes[at];
    if (now === undefined || now.command.length === 0) continue;
    const aim = aims.find((each) => isSamePush(each.push, push));
    const called = aims.find((each) => isCalled(each.push, push));
    const reason = aim === undefined ? whyChanged(push, now) : whyMissed(push, now, aim);
    // What a caller gives may be another secret, or none: there it may stay as it is, too.
    if (reason !== undefined && (called === undefined || whyMissed(push, now, called) !== undefined)) return reason;
  }
  // What is cloned or fetched may be private: it must find the credential that it found.
  for (const [at, read] of before.reads.entries()) {
    const now = after.reads[at];
    if (now === undefined) return whyOtherCount("fetch", before.reads, after.reads);
    const isFound =
      now.identity.kind !== "none" && now.identity.kind !== "unknown" && now.identity.kind !== "duplicate";
    if (!isEqual(read, now) && !isFound) return `${name(now)} would go out as ${describeIdentity(now.identity)}`;
  }
  return undefined;
}

/** A change that makes the analysis see another job proves nothing. */
function whyOtherCount(
  what: "push" | "fetch",
  before: readonly PushVerdict[],
  after: readonly PushVerdict[],
): string | undefined {
  if (before.length === after.length) return undefined;
  const [more, fewer] = before.length > after.length ? [before, after] : [after, before];
  const left = [...fewer];
  const missing = more.find((push) => {
    const at = left.findIndex((other) => isSamePlace(other, push));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  const which = missing === undefined ? `a ${what}` : name(missing);
  return before.length > after.length
    ? `${which} would not happen any more, as far as can be seen`
    : `${which} would come in addition, as far as can be seen`;
}

/** The lines may have moved. */
function isSamePlace(a: PushVerdict, b: PushVerdict): boolean {
  return a.workflow === b.workflow && a.job === b.job && a.step === b.step && a.command === b.command;
}

function isSamePush(a: PushVerdict, b: PushVerdict): boolean {
  return (
    a.workflow === b.workflow &&
    a.job === b.job &&
    a.step === b.step &&
    a.command === b.command &&
    a.span?.startLine === b.span?.startLine &&
    a.span?.startColumn === b.span?.startColumn
  );
}

/** Whether a job is another's seen from a workflow that calls it: `release / publish` for `publish`, with the same steps. */
function isCalled(own: PushVerdict, push: PushVerdict): boolean {
  return (
    push.job.endsWith(` / ${own.job}`) &&
    push.step === own.step &&
    push.command === own.command &&
    (push.span?.file === own.workflow || push.span?.file === own.span?.file)
  );
}

function whyMissed(push: PushVerdict, now: PushVerdict, { verdicts }: Aim): string | undefined {
  const lost = otherTimes(push).find((was) => !otherTimes(now).some((is) => sameIdentity(is, was)));
  if (lost !== undefined && !sameIdentity(now.identity, lost))
    return `${name(now)} would not go out as ${describeIdentity(lost)} any more where ${ANOTHER_TIME}`;
  if (verdicts.includes(now.verdict)) return undefined;
  // Other ways that the job may go are what they were: they are not what the fix is for.
  const { identity, intended, alternatives } = now;
  const isMeant = intended !== null && sameIdentity(identity, intended);
  if (isMeant && verdicts.includes("as-intended") && alternatives.length > 0 && haveEqualAlternatives(push, now))
    return undefined;
  return `${name(now)} would still not come out as meant: ${describeIdentity(now.identity)} (${now.verdict})`;
}

/** Who else is seen, and is meant to be, where one way through the job comes to the push several times. */
function otherTimes({ alternatives }: PushVerdict): readonly Identity[] {
  const own = alternatives.filter(({ when, isProvided }) => isProvided && when.split(", or ").includes(ANOTHER_TIME));
  return own.map(({ identity }) => identity);
}

function whyChanged(push: PushVerdict, now: PushVerdict): string | undefined {
  if (isEqual(push, now)) return undefined;
  const [was, is] = [describeIdentity(push.identity), describeIdentity(now.identity)];
  return was === is
    ? `${name(push)} would be judged otherwise`
    : `${name(push)} would go out as ${is}, and not as ${was}`;
}

function name({ command, job, stepName, step }: PushVerdict): string {
  const [line = ""] = command.split("\n", 1);
  return `\`${line.length > 60 ? `${line.slice(0, 60)}…` : line}\` in job '${job}' (${stepName ?? `step ${step + 1}`})`;
}

function isEqual(a: PushVerdict, b: PushVerdict): boolean {
  return (
    a.verdict === b.verdict &&
    sameIdentity(a.identity, b.identity) &&
    (a.intended === null ? b.intended === null : b.intended !== null && sameIdentity(a.intended, b.intended)) &&
    a.target.repository === b.target.repository &&
    a.target.ref === b.target.ref &&
    haveEqualAlternatives(a, b)
  );
}

function haveEqualAlternatives(a: PushVerdict, b: PushVerdict): boolean {
  if (a.alternatives.length !== b.alternatives.length) return false;
  return a.alternatives.every(({ when, identity }, at) => {
    const other = b.alternatives[at];
    return other !== undefined && other.when === when && sameIdentity(other.identity, identity);
  });
}

import { locate, type Location } from "../ir/span.ts";
import type { MetPush } from "./analysis.ts";
import type { Hop } from "./evidence.ts";
import { hideTokens } from "./hide-tokens.ts";
import { describeIdentity, sameIdentity, unknownIdentity, type Identity } from "./identity.ts";
import type { RefUpdate } from "./programs/ref-updates.ts";
import type { StepPlace } from "./step-place.ts";
import { hasSymbol, type Text } from "./text.ts";
import type { PushedCommit } from "./work.ts";
import { describeFact, MISHAP } from "./world.ts";

export type Verdict =
  | "as-intended"
  | "hijacked"
  | "other-identity"
  | "undeclared"
  | "no-credential"
  | "duplicate-header"
  | "depends"
  | "unknown";

/** One push, as `flowkeep pushes --format json` prints it. */
export interface PushVerdict {
  readonly workflow: string;
  readonly job: string;
  readonly step: number;
  readonly stepName: string | undefined;
  readonly span: Location | undefined;
  readonly command: string;
  readonly target: { readonly repository: string | null; readonly ref: string | null };
  /** What it does to which refs; undefined where nobody can tell, or where the ways differ. */
  readonly updates: readonly RefUpdate[] | undefined;
  /** What the job has committed and pushes; undefined where that is not seen. */
  readonly commit: PushedCommit | undefined;
  /** It goes to the repository that the workflow runs for, as far as is known. */
  readonly isOwnRepository: boolean;
  /** The host it goes to, where that is another server than the workflow's own: GitHub has no say there. */
  readonly otherHost: string | undefined;
  /** It goes to a directory: no server sees it. */
  readonly isLocal: boolean;
  /** Why git ends before it asks for any credential; undefined where it does not. */
  readonly stop: string | undefined;
  readonly identity: Identity;
  readonly alternatives: readonly Alternative[];
  readonly intended: Identity | null;
  readonly verdict: Verdict;
  readonly evidence: readonly Evidence[];
  /** What pushes is out of sight, and may not push at all. */
  readonly isAssumed: boolean;
}

export interface Alternative {
  readonly when: string;
  readonly identity: Identity;
  /** Who was meant in this way. */
  readonly intended: Identity | undefined;
  /** What the push would be in this way alone. */
  readonly verdict: Verdict;
  /** Whether the author plainly provided for it: another value of the same `A || B`, or a secret that is not set. */
  readonly isProvided: boolean;
  /** Why git ends before it asks for any credential; undefined where it does not. */
  readonly stop: string | undefined;
}

export interface Evidence {
  readonly span: Location | undefined;
  readonly text: string;
}

/** A push as it was met, and in which step. */
export interface Met extends MetPush {
  readonly workflow: string;
  readonly place: StepPlace;
  readonly matrix: string | undefined;
}

/** Puts together what was met of each push, and says what it means. */
export function decidePushes(met: readonly Met[]): {
  readonly pushes: readonly PushVerdict[];
  readonly reads: readonly PushVerdict[];
} {
  const groups = new Map<string, Met[]>();
  for (const push of met) {
    const { place, site } = push;
    const key = `${push.isRead}\0${place.job}\0${place.step}\0${site.span?.file.path ?? ""}\0${site.span?.start ?? ""}\0${site.url ?? 0}\0${site.command}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [push]);
    else group.push(push);
  }
  const pushes: PushVerdict[] = [];
  const reads: PushVerdict[] = [];
  for (const group of groups.values()) {
    const [earliest] = group;
    if (earliest === undefined) continue;
    const first = firstToTell(earliest, group);
    (first.isRead ? reads : pushes).push(decide(first, group));
  }
  return { pushes, reads };
}

/** In a loop, and where a function is called again, one way through the job comes here several times: one that goes wrong is told. */
function firstToTell(earliest: Met, group: readonly Met[]): Met {
  if (isWrong(earliest)) return earliest;
  return group.find((push) => isWrong(push) && isAnotherTime(push, earliest)) ?? earliest;
}

function isWrong(push: Met): boolean {
  const verdict = verdictFor(push.identity, intentOf(push), push.isLocal);
  return verdict !== "as-intended" && verdict !== "undeclared" && verdict !== "unknown";
}

/** Neither happens instead of the other. */
function isAnotherTime(push: Met, other: Met): boolean {
  return push !== other && whenOf(push, other) === ANOTHER_TIME && whenOf(other, push) === ANOTHER_TIME;
}

function decide(first: Met, all: readonly Met[]): PushVerdict {
  // What is as it should be the other times goes out elsewhere, or was given something else.
  const well = isWrong(first) ? all.filter((push) => !isWrong(push) && isAnotherTime(push, first)) : [];
  const group = all.filter((push) => !well.includes(push));
  // Where somebody else is meant, the same identity may be wrong.
  const others = all.filter(
    (push) => well.includes(push) || !sameIdentity(push.identity, first.identity) || (isWrong(push) && !isWrong(first)),
  );
  const byVersion = others.find((push) => versionFact(push) !== undefined && versionFact(push) !== versionFact(first));
  const identity =
    byVersion === undefined
      ? first.identity
      : unknownIdentity(`${versionFact(byVersion) ?? "the version"} is not to be seen, and the versions differ`);
  const alternatives = alternativesOf(first, others);
  const intended = intentOf(first);
  const span = first.site.span === undefined ? undefined : locate(first.site.span);
  return {
    workflow: first.workflow,
    job: first.place.job,
    step: first.place.step,
    stepName: first.place.stepName,
    span,
    command: hideTokens(first.site.command),
    target: {
      repository: known(same(group.map(({ repository }) => repository))),
      ref: known(same(group.map(({ ref }) => ref))),
    },
    isOwnRepository: group.every((push) => push.isOwnRepository),
    otherHost: sameOf(group, ({ otherHost }) => otherHost),
    isLocal: group.every((push) => push.isLocal),
    stop: first.stop,
    updates: sameOf(group, ({ updates }) => updates),
    commit: sameOf(group, ({ commit }) => commit),
    identity,
    alternatives,
    intended: intended ?? null,
    verdict: verdictOf(identity, intended, first, others),
    isAssumed: first.hops.some((hop) => hop.isAssumed === true),
    evidence: evidenceOf(first.hops, identity, intended),
  };
}

/** Who was meant in this way through the job: what another way gives was not given here. */
function intentOf({ place, intended }: Met): Identity | undefined {
  return place.declared ?? intended;
}

function versionFact({ facts }: MetPush): string | undefined {
  for (const [condition, holds] of facts)
    if (holds && condition.startsWith("version: ")) return condition.slice("version: ".length);
  return undefined;
}

function alternativesOf(first: Met, others: readonly Met[]): readonly Alternative[] {
  const alternatives: Alternative[] = [];
  for (const push of others) {
    const { identity, isLocal } = push;
    const when = whenOf(push, first);
    const intended = intentOf(push);
    const verdict = verdictFor(identity, intended, isLocal);
    const at = alternatives.findIndex(
      (alternative) =>
        sameIdentity(alternative.identity, identity) &&
        (alternative.verdict === verdict || !sameIdentity(identity, first.identity)),
    );
    const known = alternatives[at];
    if (known === undefined)
      alternatives.push({ when, identity, intended, verdict, isProvided: isProvided(push, first), stop: push.stop });
    else alternatives[at] = { ...known, when: eitherOf(known.when, when) };
  }
  return alternatives;
}

/** More conditions than this say less than the first of them. */
const MOST_WHENS = 3;

function eitherOf(known: string, other: string): string {
  const parts = known.split(", or ");
  // Where more has to hold than what has been said already, nothing is added.
  const isSaid = parts.some((part) => part.split(", and ").every((one) => other.split(", and ").includes(one)));
  return isSaid || parts.length >= MOST_WHENS ? known : `${known}, or ${other}`;
}

/** When an alternative is none: the same way through the job comes to the push again. */
export const ANOTHER_TIME = "it runs another time, in a loop or a function";

/** What holds for this one and not for the first. */
function whenOf(push: Met, first: Met): string {
  const all = [...push.facts].filter(([condition, holds]) => first.facts.get(condition) !== holds);
  // That a step has failed goes without saying where `if: failure()` holds.
  const saysFailure = all.some(([condition, holds]) => holds && /\bfailure\(\)/.test(condition));
  const facts = saysFailure ? all.filter(([condition]) => condition !== MISHAP) : all;
  const parts = [
    push.matrix === first.matrix ? undefined : push.matrix,
    ...facts.map(([condition, holds]) => describeFact(condition.replace(/^version: /, ""), holds)),
    push.when === first.when ? undefined : push.when,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? ANOTHER_TIME : parts.join(", and ");
}

function verdictOf(identity: Identity, intended: Identity | undefined, first: Met, others: readonly Met[]): Verdict {
  const verdict = verdictFor(identity, intended, first.isLocal);
  if (verdict !== "as-intended" && verdict !== "undeclared") return verdict;
  return others.every((push) => isProvided(push, first)) ? verdict : "depends";
}

/** Another value of the same `A || B` is what the author provided for; another way through the job may not be. */
function isProvided(push: Met, first: Met): boolean {
  const other = verdictFor(push.identity, intentOf(push), push.isLocal);
  // That a secret may be missing goes without saying.
  return other === "as-intended" || other === "undeclared" || isOnlyEmpty(push, first);
}

function isOnlyEmpty(push: Met, first: Met): boolean {
  const parts = whenOf(push, first).split(", and ");
  return (
    parts.every((part) => part.endsWith(" is empty")) || parts.some((part) => /^secrets\.\w+ is empty$/.test(part))
  );
}

function verdictFor(identity: Identity, intended: Identity | undefined, isLocal: boolean): Verdict {
  switch (identity.kind) {
    case "unknown":
      return "unknown";
    case "duplicate":
      return "duplicate-header";
    case "none":
      return isLocal ? "undeclared" : "no-credential";
    default:
      if (intended === undefined) return "undeclared";
      if (sameIdentity(identity, intended)) return "as-intended";
      return intended.kind === "github-token" ? "other-identity" : "hijacked";
  }
}

function evidenceOf(hops: readonly Hop[], identity: Identity, intended: Identity | undefined): readonly Evidence[] {
  const evidence = hops.map(({ span, text }) => ({
    span: span === undefined ? undefined : locate(span),
    text: hideTokens(text),
  }));
  if (identity.kind === "unknown" && !hops.some(({ text }) => text === identity.reason))
    evidence.push({ span: undefined, text: hideTokens(identity.reason) });
  if (intended !== undefined && identity.kind !== "unknown" && !sameIdentity(identity, intended))
    evidence.push({ span: undefined, text: `${describeIdentity(intended)} was meant` });
  return evidence;
}

function same(texts: readonly (Text | undefined)[]): Text | undefined {
  const [first] = texts;
  return texts.every((text) => text === first) ? first : undefined;
}

/** What all have in common; undefined where they differ. */
function sameOf<T>(group: readonly Met[], find: (push: Met) => T): T | undefined {
  const [first, ...others] = group.map(find);
  return others.every((other) => JSON.stringify(other) === JSON.stringify(first)) ? first : undefined;
}

function known(text: Text | undefined): string | null {
  return text === undefined || text === "" || hasSymbol(text) ? null : text;
}

import { sameIdentity, type Identity } from "../credentials/identity.ts";
import type { PushVerdict } from "../credentials/verdicts.ts";
import { commandPattern, isCallOf } from "./command-pattern.ts";
import type { ObservedPush } from "./observed-push.ts";

/** A push beside what was said of it in advance. */
export interface ComparedPush {
  /** Undefined where the analysis did not see it coming. */
  readonly predicted: PushVerdict | undefined;
  /** Undefined where it did not come to it. */
  readonly observed: ObservedPush | undefined;
  /** Undefined where there is nothing to compare: the analysis does not know, or nothing was sent. */
  readonly agree: boolean | undefined;
}

/**
 * Finds for each push of a step the one that was predicted, and says whether the identities are the same. A push that runs several
 * times, in a loop or as a second try, is one as long as its identity stays the same, and so does what becomes of other calls.
 */
export function comparePushes(
  predicted: readonly PushVerdict[],
  observed: readonly ObservedPush[],
): readonly ComparedPush[] {
  const patterns = predicted.map(({ command }) => commandPattern(command));
  const found = new Map<number, ObservedPush[]>();
  const unforeseen: ObservedPush[] = [];
  for (const push of observed) {
    const fitting = patterns.flatMap((pattern, at) =>
      push.argv === undefined || [push.argv, push.alias ?? []].some((argv) => isCallOf(pattern, argv)) ? [at] : [],
    );
    const at = fitting.find((index) => !found.has(index)) ?? fitting.at(-1);
    if (at === undefined) unforeseen.push(push);
    else found.set(at, [...(found.get(at) ?? []), push]);
  }
  // What a list in Python says, or what git itself makes of `git subtree push`, reads otherwise: it is one that no other push was.
  for (const [at, { command }] of predicted.entries())
    if (/^["']git["']|\bsubtree\s+push\b/.test(command) && !found.has(at) && unforeseen.length > 0)
      found.set(at, unforeseen.splice(0, 1));
  // Nor does a program that pushes name git: each has one of those that are left, and the last the others.
  const programs = [...predicted.keys()].filter((at) => isProgram(predicted[at]) && !found.has(at));
  for (const at of programs) {
    const own = unforeseen.splice(0, at === programs.at(-1) ? unforeseen.length : 1);
    if (own.length > 0) found.set(at, own);
  }
  return [
    ...predicted.flatMap((verdict, at) => {
      const pushes = lastOfEach(found.get(at) ?? []);
      return (pushes.length === 0 ? [undefined] : pushes).map((push) => compare(verdict, push));
    }),
    ...unforeseen.map((push) => compare(undefined, push)),
  ];
}

function isProgram(push: PushVerdict | undefined): boolean {
  return push !== undefined && !/\bgit\b/.test(push.command);
}

function lastOfEach(pushes: readonly ObservedPush[]): readonly ObservedPush[] {
  return pushes.filter((push, at) => {
    const next = pushes[at + 1];
    return next === undefined || !sameIdentity(push.identity, next.identity) || isOtherPush(push, next);
  });
}

/** A second try is called as the first; `for branch in main dev; do git push origin "$branch"; done` is not. */
function isOtherPush(push: ObservedPush, next: ObservedPush): boolean {
  return push.outcome !== next.outcome && push.argv?.join("\0") !== next.argv?.join("\0");
}

function compare(predicted: PushVerdict | undefined, observed: ObservedPush | undefined): ComparedPush {
  return { predicted, observed, agree: agreement(predicted, observed) };
}

function agreement(predicted: PushVerdict | undefined, observed: ObservedPush | undefined): boolean | undefined {
  if (observed === undefined || observed.outcome === "not-sent") return undefined;
  if (predicted === undefined) return false;
  const said: readonly Identity[] = [predicted.identity, ...predicted.alternatives.map(({ identity }) => identity)];
  if (said.some((identity) => identity.kind !== "unknown" && sameIdentity(identity, observed.identity))) return true;
  return said.some(({ kind }) => kind === "unknown") ? undefined : false;
}

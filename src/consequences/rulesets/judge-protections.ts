import type { RefUpdate } from "../../credentials/programs/ref-updates.ts";
import type { Acceptance, Judgement, Reason } from "../judgement.ts";
import type { Pushed } from "../pushed.ts";
import { judgeApplying, type Destination } from "./applies.ts";
import { bypassEntry, judgeBypass } from "./bypass.ts";
import { judgeClassic } from "./judge-classic.ts";
import { judgeRule, type RuleCase } from "./judge-rule.ts";
import type { Protections, Rule, Ruleset } from "./ruleset.ts";

/** Whether rulesets and classic protection take a push; every ref is judged by itself (RS-040). */
export function judgeProtections(
  pushed: Pushed,
  protections: Protections,
  destination: Destination,
): Judgement<Acceptance> {
  const { updates } = pushed;
  if (updates === undefined) return unknown("which refs are pushed is not known");
  if (updates.length === 0) return { answer: "accepted", reasons: [{ text: "a dry run changes nothing", facts: [] }] };
  return all(updates.map((update) => judgeUpdate(update, pushed, protections, destination)));
}

/** Where it is not known whether the ref is there already, both are tried. */
function judgeUpdate(
  update: RefUpdate,
  pushed: Pushed,
  { rulesets, classic }: Protections,
  destination: Destination,
): Judgement<Acceptance> {
  const { commit, pusher } = pushed;
  const judge = (exists: boolean | undefined): Judgement<Acceptance> => {
    const at: RuleCase = { update, commit, exists };
    return all([
      ...rulesets.map((ruleset) => judgeRuleset(ruleset, pushed, at, destination)),
      ...classic.map((protection) => judgeClassic(protection, pusher, at, destination)),
    ]);
  };
  const exists = existsOf(update, destination);
  if (exists !== undefined) return judge(exists);
  const there = judge(true);
  return judge(false).answer === there.answer ? there : judge(undefined);
}

/** Each must accept it; where one rejects it, that is what counts. */
export function all(judgements: readonly Judgement<Acceptance>[]): Judgement<Acceptance> {
  const answers = judgements.map(({ answer }) => answer);
  const answer = answers.includes("rejected") ? "rejected" : answers.includes("unknown") ? "unknown" : "accepted";
  const reasons = judgements
    .filter((judgement) => judgement.answer === answer)
    .flatMap((judgement) => judgement.reasons);
  return { answer, reasons: once(reasons) };
}

function once(reasons: readonly Reason[]): readonly Reason[] {
  return [...new Map(reasons.map((reason) => [JSON.stringify([reason.text, reason.rule]), reason])).values()];
}

/** Whether a ref is there already. */
function existsOf(
  { kind, name, isCurrent, isForced, isDeleted }: RefUpdate,
  { defaultBranch }: Destination,
): boolean | undefined {
  if (isCurrent || isDeleted || (kind !== "tag" && name !== null && name === defaultBranch)) return true;
  // git refuses to move a tag that is not forced: git-push(1).
  return kind === "tag" && !isForced ? false : undefined;
}

function judgeRuleset(ruleset: Ruleset, pushed: Pushed, at: RuleCase, destination: Destination): Judgement<Acceptance> {
  const applies = judgeApplying(ruleset, at.update, destination);
  if (applies.answer === "no") return accepted([]);
  const answers = ruleset.rules.map((rule) => ({ rule, ...judgeRule(rule, at) }));
  const against = answers.filter(({ answer }) => answer !== "passes");
  if (against.length === 0) return accepted([]);
  const bypass = judgeBypass(pushed.pusher, ruleset);
  if (bypass.answer === "yes") return judgeAfterBypass(ruleset, pushed, bypass);
  const reasons = against.map(({ rule, text, facts }) => reasonOf(ruleset, rule, { text, facts }));
  const isCertain =
    applies.answer === "yes" && bypass.answer === "no" && against.some(({ answer }) => answer === "rejects");
  if (isCertain) {
    const rejecting = against.filter(({ answer }) => answer === "rejects");
    return {
      answer: "rejected",
      reasons: rejecting.map(({ rule, text, facts }) =>
        reasonOf(ruleset, rule, {
          text: `${text}, and ${bypass.reasons[0]?.text ?? ""}`,
          facts: [...facts, ...(bypass.reasons[0]?.facts ?? [])],
        }),
      ),
    };
  }
  const because = [applies, bypass]
    .filter(({ answer }) => answer === "unknown")
    .flatMap((judgement) => judgement.reasons);
  return { answer: "unknown", reasons: [...reasons, ...because] };
}

/**
 * One question is open: whether an App that is listed passes `pull_request` on a direct push. GitHub's documents exempt no rule for
 * Apps and users have watched it pass; one project holds that it does not.
 */
function judgeAfterBypass(ruleset: Ruleset, { pusher }: Pushed, bypass: Judgement): Judgement<Acceptance> {
  const entry = bypassEntry(pusher, ruleset);
  const rule = ruleset.rules.find(({ type }) => type === "pull_request");
  if (entry?.mode === "exempt")
    return accepted(bypass.reasons.map(({ facts, ...reason }) => ({ ...reason, facts: [...facts, "RS-007"] })));
  if (pusher.kind !== "app" || rule === undefined) return accepted(bypass.reasons);
  return {
    answer: "unknown",
    reasons: [
      reasonOf(ruleset, rule, {
        text: "sources contradict each other: an App on the bypass list was seen to pass on a direct push",
        facts: ["RS-016", "RS-018"],
      }),
      reasonOf(ruleset, rule, {
        text: "and one project holds that it does not (its own attempts were pushed as GITHUB_TOKEN)",
        facts: ["RS-017"],
      }),
    ],
  };
}

function reasonOf({ name }: Ruleset, { type }: Rule, { text, facts }: Omit<Reason, "rule">): Reason {
  return { text, facts, rule: { type, ruleset: name } };
}

function accepted(reasons: readonly Reason[]): Judgement<Acceptance> {
  return { answer: "accepted", reasons };
}

function unknown(text: string): Judgement<Acceptance> {
  return { answer: "unknown", reasons: [{ text, facts: [] }] };
}

import type { CredentialFacts } from "../define/credential-facts.ts";
import type { PushVerdict } from "../credentials/verdicts.ts";
import type { FileNode } from "../ir/any-node.ts";
import { judgeEditing } from "./edit-workflows.ts";
import { type Acceptance, judge, type Answer, type Judgement, type Reason } from "./judgement.ts";
import { findMintingInputs } from "./minting-step.ts";
import { pusherOf, type Pusher } from "./pusher.ts";
import type { Pushed } from "./pushed.ts";
import { judgeProtections } from "./rulesets/judge-protections.ts";
import type { Protections } from "./rulesets/ruleset.ts";
import { judgeStartingItself } from "./starts-itself.ts";
import { judgeTriggering } from "./triggers.ts";
import { judgeWriting } from "./write-contents.ts";

/** What GitHub makes of a push, as far as can be told. */
export interface Consequences {
  /** Whether rulesets and branch protection take it. */
  readonly ruleset: Acceptance;
  /** Whether it starts workflows on `push`. */
  readonly triggersWorkflows: Answer;
  /** Whether it may change files in `.github/workflows`. */
  readonly mayEditWorkflows: Answer;
  /** Whether it starts the workflow that it runs in once more. */
  readonly startsItself: Answer;
  /** Whether the credential may write to the repository's contents at all. */
  readonly mayWrite: Answer;
  readonly reasons: readonly (Reason & { readonly about: Question })[];
}

export type Question = Exclude<keyof Consequences, "reasons">;

/** What is known of the repository that workflows belong to. */
export interface Surroundings {
  /** `owner/name` */
  readonly repository: string | undefined;
  readonly defaultBranch: string | undefined;
  /** Undefined: nobody said what there is, which is not the same as none. */
  readonly protections: Protections | undefined;
  /** By secret. */
  readonly credentials: ReadonlyMap<string, CredentialFacts>;
}

/** Nothing is said about the repository or the credentials. */
export const NOTHING_DECLARED: Surroundings = {
  repository: undefined,
  defaultBranch: undefined,
  protections: undefined,
  credentials: new Map(),
};

/**
 * Judges a push from what is declared: the repository's rulesets and the credentials. What is not declared is unknown, and the
 * reasons say what to declare.
 *
 * @param file the workflow or the action that the push is in
 */
export function judgePush(push: PushVerdict, file: FileNode, around: Surroundings): Consequences {
  const { job } = push;
  const pusher = findPusher(push, file, around.credentials);
  const pushed: Pushed = { push, pusher, file, updates: push.updates, commit: push.commit };
  const isOther = goesElsewhere(push, around.repository);
  // Its own wiki is a repository of its own, which `contents: write` of the job's token reaches all the same.
  const isBeyond = isOther === true && !isWikiOf(push, around.repository);
  const writes = decidedElsewhere(pushed) ?? judgeWriting(pusher, isBeyond, file, job);
  const starts = judgeTriggering(pushed);
  const judgements = {
    ruleset: judgeRuleset(pushed, isOther, writes, around),
    triggersWorkflows: starts,
    mayEditWorkflows: decidedElsewhere(pushed) ?? judgeEditing(pusher),
    startsItself:
      isOther === true
        ? judge("no", `it goes to ${push.otherHost ?? "another repository"}`)
        : judgeLoop(pushed, starts, isOther),
    mayWrite: writes,
  } satisfies Record<Question, Judgement<string>>;
  return {
    ruleset: judgements.ruleset.answer,
    triggersWorkflows: judgements.triggersWorkflows.answer,
    mayEditWorkflows: judgements.mayEditWorkflows.answer,
    startsItself: judgements.startsItself.answer,
    mayWrite: judgements.mayWrite.answer,
    reasons: QUESTIONS.flatMap((about) => judgements[about].reasons.map((reason) => ({ about, ...reason }))),
  };
}

/** Whom GitHub sees pushing, with what is declared of them. */
export function findPusher(
  { identity, job, stop }: PushVerdict,
  file: FileNode,
  credentials: ReadonlyMap<string, CredentialFacts>,
): Pusher {
  if (identity.kind === "none" && stop !== undefined)
    return { kind: "nobody", why: "git stops before it speaks to GitHub" };
  const minting = identity.kind === "app" ? findMintingInputs(file, job, identity.name) : undefined;
  return pusherOf(identity, credentials, minting);
}

export const QUESTIONS: readonly Question[] = [
  "ruleset",
  "mayWrite",
  "triggersWorkflows",
  "startsItself",
  "mayEditWorkflows",
];

/** Undefined where nobody can tell. */
function goesElsewhere(
  { target, isOwnRepository, otherHost }: PushVerdict,
  repository: string | undefined,
): boolean | undefined {
  if (otherHost !== undefined) return true;
  if (isOwnRepository) return false;
  if (target.repository === null || repository === undefined) return undefined;
  return target.repository.toLowerCase() !== repository.toLowerCase();
}

/** What a server of somebody else's makes of a credential of theirs; the job's token is of no use to it. */
function decidedElsewhere({ push: { otherHost }, pusher }: Pushed): Judgement | undefined {
  if (otherHost === undefined || pusher.kind === "nobody" || pusher.kind === "github-token") return undefined;
  return judge("unknown", `it goes to ${otherHost}, where none of GitHub's rules hold`);
}

function isWikiOf({ target, otherHost }: PushVerdict, repository: string | undefined): boolean {
  return (
    otherHost === undefined &&
    repository !== undefined &&
    target.repository?.toLowerCase() === `${repository.toLowerCase()}.wiki`
  );
}

function judgeLoop(pushed: Pushed, starts: Judgement, isOther: boolean | undefined): Judgement {
  const found = judgeStartingItself(pushed, starts);
  if (isOther === undefined && found.answer === "yes")
    return judge("unknown", "whether it goes to the workflow's own repository is not known");
  return found;
}

function judgeRuleset(
  pushed: Pushed,
  isOther: boolean | undefined,
  writes: Judgement,
  { protections, ...destination }: Surroundings,
): Judgement<Acceptance> {
  const { pusher, push } = pushed;
  const unknown = (text: string): Judgement<Acceptance> => ({ answer: "unknown", reasons: [{ text, facts: [] }] });
  if (push.isLocal) return { answer: "accepted", reasons: [{ text: "it goes to a directory", facts: [] }] };
  if (pusher.kind === "nobody") return { answer: "rejected", reasons: [{ text: pusher.why, facts: [] }] };
  if (writes.answer === "no") return { answer: "rejected", reasons: writes.reasons };
  if (push.otherHost !== undefined) return unknown(`it goes to ${push.otherHost}, where none of GitHub's rules hold`);
  if (pusher.kind === "unknown" && protections !== undefined) return unknown(pusher.why);
  if (isOther === true) return unknown(`the rulesets of ${push.target.repository ?? "the other repository"} decide`);
  if (protections === undefined) return unknown(NO_RULESETS);
  if (isOther === undefined) return unknown("which repository it goes to is not known");
  return judgeProtections(pushed, protections, destination);
}

const NO_RULESETS = "no rulesets are declared: export them, and name the files in the config's `rulesets`";

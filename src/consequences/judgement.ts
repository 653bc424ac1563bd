import type { FactId } from "./facts/facts.ts";

export type Answer = "yes" | "no" | "unknown";

/** What becomes of a push at the server. */
export type Acceptance = "accepted" | "rejected" | "unknown";

/** Why an answer is what it is. */
export interface Reason {
  /** A sentence without a full stop. */
  readonly text: string;
  /** What it rests on. */
  readonly facts: readonly FactId[];
  /** The rule that has a say here. */
  readonly rule?: RuleNamed | undefined;
}

/** A rule of a ruleset, or of a branch's protection. */
export interface RuleNamed {
  /** As GitHub names it: `pull_request`. */
  readonly type: string;
  /** The ruleset's name. */
  readonly ruleset: string;
}

/** An answer with its reasons. */
export interface Judgement<A extends string = Answer> {
  readonly answer: A;
  readonly reasons: readonly Reason[];
}

export function judge<A extends string>(answer: A, text: string, ...facts: readonly FactId[]): Judgement<A> {
  return { answer, reasons: [{ text, facts }] };
}

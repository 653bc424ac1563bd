import type { Path } from "../ir/origin.ts";
import type { Span } from "../ir/span.ts";
import type { CheckedFile } from "./checked-file.ts";
import type { Mend } from "./mend.ts";
import type { Place } from "./place.ts";
import type { RuleContext } from "./rule-context.ts";
import type { Severity } from "./severity.ts";

/** What a rule is to those who run, list and explain it. */
export interface Rule {
  readonly id: string;
  /** Unless the config or the problem itself says another. */
  readonly severity: Severity;
  /** A sentence: what is wrong where it finds something. */
  readonly summary: string;
  /** Paragraphs of Markdown: what follows from it, what to write instead, and the source of the facts. */
  readonly why: string;
  /** All that it may say. `{name}` stands for a text that the problem brings. */
  readonly messages: Messages;
  /** Without what it finds, nothing else can be told of a file: it cannot be switched off or ignored. */
  readonly isBasic: boolean;
  /** Problems with the same message are one finding, at the first place. */
  readonly isSaidOnce: boolean;
  /** Undefined for what only those find who see all files and all findings: they call it by its id. */
  readonly check: ((file: CheckedFile, context: RuleContext) => Iterable<Problem>) | undefined;
}

type Messages = Readonly<Record<string, string>>;

/** Something that a rule has found. */
export interface Problem {
  readonly severity?: Severity | undefined;
  readonly message: string;
  readonly at: Place;
  /** Where a defined node stands in its file, if that is not the node's own path. */
  readonly path?: Path | undefined;
  readonly related?: readonly RelatedPlace[] | undefined;
  /** The push that it is about: others at its place, of other callers, may be as they should. */
  readonly push?: StepOfPush | undefined;
  readonly fixes?: readonly Fix[] | undefined;
  /** Ways to mend it that must be tried, the best first: `lint --fix` takes the first that changes no other push. */
  readonly mends?: readonly Mend[] | undefined;
}

/** The step of a job whose push it is: an action's push belongs to the step that uses the action. */
export interface StepOfPush {
  readonly workflow: string;
  readonly job: string;
  readonly step: number;
}

export interface RelatedPlace {
  readonly at: Place;
  readonly text: string;
}

/** A way to mend it: pieces of text and what to write instead of them. */
export interface Fix {
  /** What it does, as an order: "pin it to the commit of v5.0.1". */
  readonly description: string;
  /** Nobody could mean what stands there now: `lint --fix` carries it out. Others are suggestions. */
  readonly isCertain?: boolean | undefined;
  readonly edits: readonly { readonly span: Span; readonly text: string }[];
}

type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;

/** A problem as a rule tells it: which message, and the texts for its names. */
export type Told<M extends Messages> = {
  readonly [K in keyof M]: Omit<Problem, "message"> & {
    readonly message: K;
    readonly data: Readonly<Record<Names<M[K]>, string>>;
  };
}[keyof M];

interface RuleDefinition<M extends Messages> {
  readonly id: string;
  readonly severity: Severity;
  readonly summary: string;
  readonly why: string;
  readonly messages: M;
  readonly isBasic?: boolean;
  readonly isSaidOnce?: boolean;
  readonly check?: (file: CheckedFile, context: RuleContext) => Iterable<Told<M>>;
}

/**
 * Defines a rule. Its `check` is pure, and sees only the IR and what the earlier stages made of it; so it works on sources and
 * on YAML.
 *
 * @example
 * export const jobName = defineRule({
 *   id: "job-name",
 *   severity: "note",
 *   summary: "A job has no name.",
 *   why: "…",
 *   messages: { none: "the job `{id}` has no name" },
 *   *check({ node }) { … yield { message: "none", data: { id }, at: job }; },
 * });
 */
export function defineRule<const M extends Messages>(definition: RuleDefinition<M>): Rule {
  const { messages, check, isBasic = false, isSaidOnce = false } = definition;
  return {
    ...definition,
    isBasic,
    isSaidOnce,
    check:
      check &&
      function* (file, context) {
        for (const told of check(file, context))
          yield { ...told, message: fill(messages[told.message] ?? "", told.data) };
      },
  };
}

function fill(message: string, data: Readonly<Record<string, string>>): string {
  return message.replace(/\{(\w+)\}/g, (all, name: string) => data[name] ?? all);
}

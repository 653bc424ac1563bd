import type { at, kind } from "./brand.ts";
import type { KeptBy, PathOf } from "./checkout-types.ts";
import type { GithubToken } from "./credentials.ts";
import type { CheckoutStep, PushStep, StepsInput } from "./step-types.ts";

// A walk over the steps. The state is a union of [path, who], with "" for nobody and unknown for what cannot be known here:
// that passes, and is left to the compile step, which makes the same walk (`check-persisted.ts`).

type Get<W, K, Default> = K extends keyof W ? W[K] : Default;

type Next<State, H> =
  H extends CheckoutStep<infer Path, infer Kept>
    ? Keep<State, Path, Kept>
    : H extends { readonly uses: infer Ref extends `actions/checkout@${string}` }
      ? NextPlain<State, Ref, Get<H, "with", {}>, Get<H, "if", never>>
      : H extends { readonly parallel: infer Steps }
        ? NextParallel<State, Steps>
        : State;

type NextPlain<State, Ref, W, If> = Keep<
  State,
  PathOf<Get<W, "path", ".">>,
  KeptBy<Ref, Get<W, "persist-credentials", true>, Get<W, "token", GithubToken>, If>
>;

/** Which of the steps comes last is not known: a checkout among them leaves its path unknown. */
type NextParallel<State, Steps> = Steps extends readonly [infer H, ...infer Rest]
  ? NextParallel<Blur<State, Next<never, H>>, Rest>
  : State;
type Blur<State, Added> = [Added] extends [never]
  ? State
  : Added extends [infer Path, unknown]
    ? Keep<State, Path, unknown>
    : State;

/** A checkout of the root deletes what lay inside it. One whose path is not known changes nothing that is. */
type Keep<State, Path, Who> = unknown extends Path
  ? State
  : [Path] extends ["."]
    ? [Path, Who]
    : (State extends [Path, unknown] ? never : State) | [Path, Who];

type Parent<P> = P extends `${infer A}/${infer B}` ? (B extends `${string}/${string}` ? `${A}/${Parent<B>}` : A) : ".";

/** What is kept where git would look: the path itself, else the repository around it. */
type Kept<State, P> = unknown extends P
  ? never
  : [Extract<State, [P, unknown]>] extends [never]
    ? P extends "."
      ? never
      : Kept<State, Parent<P>>
    : Extract<State, [P, unknown]>;

/** The entries that a push as `Who` must not meet. */
type Foreign<Entry, Who> = unknown extends Who
  ? never
  : [Extract<Who, `deploy key ${string}`>] extends [never]
    ? Entry extends [unknown, infer Held]
      ? unknown extends Held
        ? never
        : Held extends "" | Who
          ? never
          : Entry
      : never
    : never; // ssh sends no HTTP header

type Sentence<Entry, Who extends string> = Entry extends [infer P extends string, infer Held extends string]
  ? `the checkout of '${P}' keeps ${Held} as an extraheader, and a push as ${Who} must not meet one: write 'persist-credentials': false there`
  : never;

/**
 * Whether a push meets someone else's header: all that a good job pays. Most steps are neither checkout nor push, so that is
 * asked first; `[H]` keeps `c ? a : b` from doubling the walk.
 */
type IsHijacked<Steps, State = never> = Steps extends readonly [infer H, ...infer Rest]
  ? [H] extends [Inert]
    ? IsHijacked<Rest, State>
    : [H] extends [readonly unknown[]]
      ? IsHijacked<readonly [...H, ...Rest], State>
      : [H] extends [PushStep<infer Who, infer Path>]
        ? [Foreign<Kept<State, Path>, Who>] extends [never]
          ? IsHijacked<Rest, State>
          : true
        : IsHijacked<Rest, Next<State, H>>
  : false;
type Inert = { readonly [kind]: "uses" | "run" } | { readonly run: unknown };

/** The steps, with a sentence in the place of each hijacked push. Never `S & …`: the native message would blur it. */
type Explained<
  Steps extends readonly unknown[],
  State = never,
  Done extends readonly unknown[] = [],
> = Steps extends readonly [infer H, ...infer Rest]
  ? [H] extends [readonly unknown[]]
    ? Explained<Rest, StateAfter<H, State>, [...Done, Explained<H, State>]>
    : Explained<Rest, Next<State, H>, [...Done, Verdict<State, H>]>
  : Steps extends readonly []
    ? readonly [...Done]
    : readonly [...Done, ...Steps[number][]];

type StateAfter<Steps, State> = Steps extends readonly [infer H, ...infer Rest]
  ? StateAfter<Rest, Next<State, H>>
  : Steps extends readonly []
    ? State
    : never;

type Verdict<State, H> = [H] extends [PushStep<infer Who extends string, infer Path>]
  ? [Foreign<Kept<State, Path>, Who>] extends [never]
    ? H
    : Sentence<Foreign<Kept<State, Path>, Who>, Who>
  : H;

type Leaf<Element> = Element extends readonly (infer Inner)[] ? Inner : Element;

type Pushes<Step> = Extract<Step, { readonly [kind]: "push" }>;
type Checkouts<Step> = Step extends { readonly [at]: infer Entry }
  ? Entry
  : Step extends { readonly uses: `actions/checkout@${string}` } | { readonly parallel: unknown }
    ? "plain"
    : never;
/** Whether a walk could find anything: whether some checkout, wherever it stands, keeps what some push must not meet. */
type MayMeet<Push, Entry> = "plain" extends Entry
  ? true
  : Push extends PushStep<infer Who, infer Path>
    ? [Foreign<KeptAround<Entry, Path>, Who>] extends [never]
      ? never
      : true
    : never;
type KeptAround<Entry, P> = unknown extends P
  ? never
  : Extract<Entry, [P, unknown]> | (P extends "." ? never : KeptAround<Entry, Parent<P>>);

/** The steps as they are, or with the sentences. */
export type Checked<Steps extends readonly unknown[]> = [Pushes<Leaf<Steps[number]>>] extends [never]
  ? Steps
  : [MayMeet<Pushes<Leaf<Steps[number]>>, Checkouts<Leaf<Steps[number]>>>] extends [never]
    ? Steps
    : [IsHijacked<Steps>] extends [false]
      ? Steps
      : Explained<Steps>;

/** Steps given as an array: `never` where a callback was given, which leaves no union to blur that callback's errors. */
export type StepList<Steps> = [Steps] extends [(...args: never) => unknown]
  ? never
  : [Steps] extends [StepsInput]
    ? Checked<Steps>
    : StepsInput;

import type { OutputsOf } from "./action-inputs.ts";
import type { as, at, kind } from "./brand.ts";
import type { Result } from "./expressions/contexts.ts";
import type { Amount, Condition, Env, Expr, Flag, OneOrMore, Text, Unchecked } from "./expressions/expression-types.ts";
import type { Script } from "./scripts/scripts.ts";

// ── Handles ─────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * All that `job` asks of a handle. What a generic handle adds hangs on a symbol that this base and the plain shapes lack:
 * else the contextual type of `steps: […]` is inferred back into the call that makes the handle, and its literals widen.
 */
export interface Step {
  readonly [kind]: "uses" | "checkout" | "run" | "push";
}

export type Outputs<Name extends string> = { readonly [K in Name]: string extends K ? Unchecked : Expr<string> };

export interface Handle<Output extends string> extends Step {
  /** What the step gives. The step needs an `id` for that. */
  readonly outputs: Outputs<Output>;
  /** What the step came to, before `continue-on-error` made the best of it. */
  readonly outcome: Expr<Result>;
  /** What the step came to, after `continue-on-error`. */
  readonly conclusion: Expr<Result>;
}

export interface UsesStep<Ref> extends Handle<OutputsOf<Ref>> {
  readonly [kind]: "uses";
  readonly [as]: Ref;
}

/** `Kept` names who stays in the git configuration of `Path`: `""` nobody, `unknown` not to be known here. */
export interface CheckoutStep<Path, Kept> extends Handle<"ref" | "commit"> {
  readonly [kind]: "checkout";
  readonly [at]: [Path, Kept];
}

export interface RunStep<Output extends string> extends Handle<Output> {
  readonly [kind]: "run";
}

/** `Who` is unknown where `allowPersisted` says that it does not matter who else is there. */
export interface PushStep<Who, Path> extends Handle<"pushed" | "sha"> {
  readonly [kind]: "push";
  readonly [as]: [Who, Path];
}

// ── Steps as plain objects ──────────────────────────────────────────────────────────────────────────────────

interface StepBase {
  /** The name by which expressions call the step. */
  readonly id?: string;
  readonly name?: Text;
  readonly "continue-on-error"?: Flag;
}

export interface StepOptions extends StepBase {
  readonly if?: Condition;
  readonly env?: Env;
  readonly "timeout-minutes"?: Amount;
  /** Starts the step and goes on with the next one; `wait`, `wait-all` and `cancel` end it. */
  readonly background?: boolean;
}

type Shell = "bash" | "sh" | "pwsh" | "powershell" | "cmd" | "python" | (string & {});

export interface RunOptions extends StepOptions {
  readonly shell?: Shell;
  readonly "working-directory"?: Text;
}
/** Expressions that an outsider cannot change may stand in a script as they are; `` sh`…` `` takes all. */
export interface Runs {
  readonly run: string | number | boolean | Script | Expr;
}

interface PlainRun extends RunOptions, Runs {
  readonly uses?: undefined;
}
interface PlainUses extends StepOptions {
  readonly uses: string;
  readonly with?: Env;
}
/** Waits for background steps, by id. */
interface StepThatWaits extends StepBase {
  readonly wait: OneOrMore<string>;
}
/** Waits for every background step. */
interface StepThatWaitsForAll extends StepBase {
  readonly "wait-all": true | null;
}
/** Stops a background step, by id. */
interface StepThatCancels extends StepBase {
  readonly cancel: string;
}
/** Runs its steps at the same time, and waits for them. */
interface StepsInParallel {
  readonly parallel: readonly (StepInput | readonly StepInput[])[];
}

// Of alternatives that fit equally badly the compiler names the first by alphabet: most steps want to be a `PlainRun`.
export type StepInput =
  PlainRun | PlainUses | Step | StepThatCancels | StepThatWaits | StepThatWaitsForAll | StepsInParallel;
/** A helper's steps may stand in the list as an array of their own: behind a spread the compiler miscounts the lines. */
export type StepsInput = readonly (StepInput | readonly StepInput[])[];

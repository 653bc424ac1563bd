import type { Mapping, RecordBase, Scalar, Sequence, Value } from "./node.ts";

/** A `${{ … }}` in the place of a whole mapping or sequence. */
export type OrExpression<T> = T | Scalar;
export type Scalars = Scalar | Sequence<Scalar>;
export type Env = OrExpression<Mapping<Scalar>>;

/** `.github/workflows/*.yml` */
export interface Workflow extends RecordBase {
  readonly kind: "workflow";
  readonly name?: Scalar;
  readonly description?: Scalar;
  readonly runName?: Scalar;
  readonly on?: On;
  readonly permissions?: Permissions;
  readonly env?: Env;
  readonly defaults?: Defaults;
  readonly concurrency?: Scalar | Concurrency;
  readonly jobs?: Mapping<AnyJob>;
}

// ── Triggers ────────────────────────────────────────────────────────────────────────────────────────────────

/** `on: push`, `on: [push, pull_request]`, or a mapping from event to its filters. */
export type On = Scalar | Sequence<Scalar> | Mapping<Trigger>;

/** A trigger without filters is a null scalar: `push:`. */
export type Trigger = Scalar | Filters | Sequence<Schedule>;

export interface Filters extends RecordBase {
  readonly kind: "filters";
  readonly types?: Scalars;
  readonly branches?: Scalars;
  readonly branchesIgnore?: Scalars;
  readonly tags?: Scalars;
  readonly tagsIgnore?: Scalars;
  readonly paths?: Scalars;
  readonly pathsIgnore?: Scalars;
  /** `workflow_run` */
  readonly workflows?: Scalars;
  /** `image_version` */
  readonly names?: Scalars;
  readonly versions?: Scalars;
  /** `workflow_dispatch`, `workflow_call` */
  readonly inputs?: Scalar | Mapping<InputDefinition | Scalar>;
  /** `workflow_call` */
  readonly secrets?: Scalar | Mapping<SecretDefinition | Scalar>;
  readonly outputs?: Scalar | Mapping<OutputDefinition>;
}

export interface Schedule extends RecordBase {
  readonly kind: "schedule";
  readonly cron?: Scalar;
  readonly timezone?: Scalar;
}

export interface InputDefinition extends RecordBase {
  readonly kind: "input-definition";
  readonly description?: Scalar;
  readonly type?: Scalar;
  readonly required?: Scalar;
  readonly default?: Scalar;
  readonly options?: Sequence<Scalar>;
  readonly deprecationMessage?: Scalar;
}

export interface SecretDefinition extends RecordBase {
  readonly kind: "secret-definition";
  readonly description?: Scalar;
  readonly required?: Scalar;
}

export interface OutputDefinition extends RecordBase {
  readonly kind: "output-definition";
  readonly description?: Scalar;
  readonly value?: Scalar;
}

// ── Settings of workflows and jobs ──────────────────────────────────────────────────────────────────────────

/** `read-all`, `write-all`, or scope → level; `{}` takes everything away. */
export type Permissions = Scalar | Mapping<Scalar>;

export interface Defaults extends RecordBase {
  readonly kind: "defaults";
  readonly run?: OrExpression<RunDefaults>;
}

export interface RunDefaults extends RecordBase {
  readonly kind: "run-defaults";
  readonly shell?: Scalar;
  readonly workingDirectory?: Scalar;
}

export interface Concurrency extends RecordBase {
  readonly kind: "concurrency";
  readonly group?: Scalar;
  readonly cancelInProgress?: Scalar;
  /** `single` (the default) or `max`. */
  readonly queue?: Scalar;
}

// ── Jobs ────────────────────────────────────────────────────────────────────────────────────────────────────

export type AnyJob = Job | CallJob;

interface JobBase extends RecordBase {
  readonly name?: Scalar;
  readonly needs?: Scalars;
  readonly if?: Scalar;
  readonly permissions?: Permissions;
  readonly concurrency?: Scalar | Concurrency;
  readonly strategy?: OrExpression<Strategy>;
}

/** A job of steps. */
export interface Job extends JobBase {
  readonly kind: "job";
  readonly runsOn?: Scalars | RunnerGroup;
  readonly environment?: Scalar | Environment;
  readonly outputs?: OrExpression<Mapping<Scalar>>;
  readonly env?: Env;
  readonly defaults?: Defaults;
  readonly timeoutMinutes?: Scalar;
  readonly cancelTimeoutMinutes?: Scalar;
  readonly continueOnError?: Scalar;
  readonly container?: Scalar | Container;
  readonly services?: OrExpression<Mapping<Scalar | Container>>;
  readonly snapshot?: Scalar | Snapshot;
  readonly cacheMode?: Scalar;
  readonly steps?: Sequence<Step>;
}

/** A job that calls a reusable workflow. */
export interface CallJob extends JobBase {
  readonly kind: "call-job";
  readonly uses?: Scalar;
  readonly with?: OrExpression<Mapping<Scalar>>;
  /** `inherit`, or name → value. */
  readonly secrets?: OrExpression<Mapping<Scalar>>;
}

export interface RunnerGroup extends RecordBase {
  readonly kind: "runner-group";
  readonly group?: Scalar;
  readonly labels?: Scalars;
}

export interface Environment extends RecordBase {
  readonly kind: "environment";
  readonly name?: Scalar;
  readonly url?: Scalar;
  readonly deployment?: Scalar;
}

export interface Strategy extends RecordBase {
  readonly kind: "strategy";
  readonly matrix?: OrExpression<Matrix>;
  readonly failFast?: Scalar;
  readonly maxParallel?: Scalar;
}

/** Axes are `entries`; `include` and `exclude` are among them, with the other axes, in the author's order. */
export type Matrix = Mapping<Value>;

export interface Container extends RecordBase {
  readonly kind: "container";
  readonly image?: Scalar;
  readonly credentials?: OrExpression<RegistryCredentials>;
  readonly env?: Env;
  readonly ports?: OrExpression<Sequence<Scalar>>;
  readonly volumes?: OrExpression<Sequence<Scalar>>;
  readonly options?: Scalar;
  /** Services only. */
  readonly entrypoint?: Scalar;
  readonly command?: Scalar;
}

export interface RegistryCredentials extends RecordBase {
  readonly kind: "registry-credentials";
  readonly username?: Scalar;
  readonly password?: Scalar;
}

export interface Snapshot extends RecordBase {
  readonly kind: "snapshot";
  readonly imageName?: Scalar;
  readonly version?: Scalar;
  readonly if?: Scalar;
}

// ── Steps ───────────────────────────────────────────────────────────────────────────────────────────────────

export type Step = RunStep | UsesStep | WaitStep | WaitAllStep | CancelStep | ParallelStep | OtherStep;

interface StepBase extends RecordBase {
  readonly id?: Scalar;
  readonly name?: Scalar;
  readonly continueOnError?: Scalar;
}

interface ActingStep extends StepBase {
  readonly if?: Scalar;
  readonly env?: Env;
  readonly timeoutMinutes?: Scalar;
  /** Starts the step and goes on with the next one. */
  readonly background?: Scalar;
}

export interface RunStep extends ActingStep {
  readonly kind: "run-step";
  readonly run: Scalar;
  readonly shell?: Scalar;
  readonly workingDirectory?: Scalar;
}

export interface UsesStep extends ActingStep {
  readonly kind: "uses-step";
  readonly uses: Scalar;
  readonly with?: OrExpression<Mapping<Scalar>>;
}

/** Waits for background steps by id. */
export interface WaitStep extends StepBase {
  readonly kind: "wait-step";
  readonly wait: Scalars;
}

/** Waits for every background step. */
export interface WaitAllStep extends StepBase {
  readonly kind: "wait-all-step";
  readonly waitAll: Scalar;
}

/** Stops a background step. */
export interface CancelStep extends StepBase {
  readonly kind: "cancel-step";
  readonly cancel: Scalar;
}

/** Runs its steps at the same time, then waits for them. */
export interface ParallelStep extends RecordBase {
  readonly kind: "parallel-step";
  readonly parallel: Sequence<Step>;
}

/**
 * A step that has none of `run`, `uses`, `wait`, `wait-all`, `cancel`, `parallel`, or has it in another shape: GitHub refuses it,
 * or does not yet know it.
 */
export interface OtherStep extends ActingStep {
  readonly kind: "other-step";
  readonly shell?: Scalar;
  readonly workingDirectory?: Scalar;
  readonly with?: OrExpression<Mapping<Scalar>>;
}

import type { kind } from "./brand.ts";
import type { AnyWorkflow, Workflow } from "./callable.ts";
import type {
  NamedTexts,
  Result,
  Runner as RunnerContext,
  RunningJob,
  StrategyContext,
} from "./expressions/contexts.ts";
import type { Checked, StepList } from "./credential-state.ts";
import type {
  Amount,
  AnyExpr,
  Condition,
  Env,
  Expr,
  Flag,
  Interpolation,
  OneOrMore,
  Problem,
  Text,
  Unchecked,
} from "./expressions/expression-types.ts";
import type {
  Concurrency,
  Container,
  Defaults,
  Environment,
  Permissions,
  Runner,
  Services,
  Snapshot,
  Strategy,
} from "./job-settings.ts";
import { makeJob } from "./expressions/make.ts";
import type { Axes, MatrixContext } from "./matrix.ts";
import type { Outputs, StepsInput } from "./step-types.ts";

export interface AnyJob {
  readonly [kind]: "job";
  /** What the job came to; for a job that has this one in its `needs`. */
  readonly result: Expr<Result>;
}
/** A job's handle: goes into `needs`. */
export interface Job<out Output = {}> extends AnyJob {
  readonly outputs: { readonly [K in keyof Output]: Output[K] extends AnyExpr ? Output[K] : Expr<string> };
}

interface JobContext<M> {
  readonly matrix: MatrixContext<M>;
  readonly strategy: StrategyContext;
  readonly runner: RunnerContext;
  readonly job: RunningJob;
  readonly env: NamedTexts;
  readonly steps: { readonly [id: string]: Unchecked };
}
/** A value that depends on the matrix. */
interface Per<M, T> {
  (context: JobContext<M>): T;
}

interface JobCommon<M> {
  readonly name?: Text | Per<M, Text>;
  readonly needs?: OneOrMore<string | AnyJob>;
  readonly if?: Condition;
  readonly permissions?: Permissions;
  readonly concurrency?: Concurrency | Per<M, Concurrency>;
  readonly strategy?: Strategy<M> | AnyExpr | Interpolation;
}

interface StepsJob<Steps, PerSteps extends readonly unknown[], M, Output> extends JobCommon<M> {
  readonly "runs-on"?: Runner | Per<M, Runner>;
  readonly steps: StepList<Steps> | ((context: JobContext<M>) => Checked<PerSteps>);
  readonly outputs?: Output;
  readonly env?: Env | Per<M, Env>;
  readonly environment?: Environment | Per<M, Environment>;
  readonly defaults?: Defaults;
  readonly container?: Container | Per<M, Container>;
  readonly services?: Services | Per<M, Services>;
  readonly "timeout-minutes"?: Amount | Per<M, Amount>;
  readonly "cancel-timeout-minutes"?: Amount | Per<M, Amount>;
  readonly "continue-on-error"?: Flag | Per<M, Flag>;
  /** Makes an image of the runner when the job is done. */
  readonly snapshot?: Snapshot;
  readonly "cache-mode"?: Text;
  readonly uses?: undefined;
}

/**
 * What is required stands apart, in a type without type parameters: of an object that lacks a required property and has one
 * too many (a misspelt `runs-on`) the compiler infers nothing, and then finds fault with the steps.
 */
interface OnRunner {
  readonly "runs-on": unknown;
}

interface CallJob<Called, M> extends JobCommon<M> {
  readonly uses: Called;
  readonly steps?: undefined;
}

/** Not a conditional around the whole of `options`: that would fix `PerSteps` before the callback's array is seen. */
type Unless<Called> = [Called] extends [never] ? unknown : never;
type CallArguments<Called, M> = Called extends string
  ? { readonly with?: Env | Per<M, Env>; readonly secrets?: "inherit" | Env }
  : Called extends Workflow<infer Call extends { with: object; secrets: object }>
    ? [Call] extends [never]
      ? { readonly uses: Problem<"this workflow has no on.workflow_call"> }
      : Need<"with", Call["with"], Call["with"] | Per<M, Call["with"]>> &
          Need<"secrets", Call["secrets"], "inherit" | Call["secrets"]>
    : never;
type Need<Key extends string, T, V> = {} extends T ? { readonly [P in Key]?: V } : { readonly [P in Key]: V };
type CallOutputs<Called> = Called extends string
  ? Outputs<string>
  : Called extends Workflow<infer Call extends { outputs: string }>
    ? Outputs<Call["outputs"]>
    : {};

/**
 * A job: of steps, or with `uses` a call of a workflow. Its handle has `outputs` and `result`, and goes into `needs`.
 *
 * `gen` refuses a handle where it is out of scope, such as the output of a job that is not in `needs`.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobs
 *
 * @example
 * ```ts
 * job({
 *   "runs-on": ({ matrix }) => matrix.os,
 *   strategy: { matrix: { os: ["ubuntu-latest", "macos-latest"] } },
 *   steps: [uses("actions/checkout@v5"), run({ run: "make test" })],
 * })
 * ```
 * ```yaml
 * runs-on: ${{ matrix.os }}
 * strategy:
 *   matrix:
 *     os:
 *       - ubuntu-latest
 *       - macos-latest
 * steps:
 *   - uses: actions/checkout@v5
 *   - run: make test
 * ```
 */
export function job<
  // Steps as an array and steps from a callback are parameters of their own: a union of the two would blur the error.
  const Steps = never,
  const PerSteps extends StepsInput = StepsInput,
  const M extends AnyExpr | Interpolation | Axes = {},
  const Output extends Readonly<Record<string, Text>> = {},
  const Called extends AnyWorkflow | string = never,
>(
  options:
    | (StepsJob<Steps, PerSteps, M, Output> & OnRunner & Unless<Called>)
    | (CallJob<Called, M> & CallArguments<Called, M>),
): Job<[Called] extends [never] ? Output : CallOutputs<Called>> {
  return makeJob(options);
}

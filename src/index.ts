// What a workflow source imports.

// A star, because what `generated/actions.d.ts` adds is merged through a star only.
export * from "./define/action-registry.ts";

export { untyped, type Untyped } from "./define/action-inputs.ts";
export { action } from "./define/action.ts";
export type { Action, AnyAction, AnyWorkflow, Workflow } from "./define/callable.ts";
export { comment } from "./define/comment.ts";
export { env, github, runner, vars, type Github, type Result } from "./define/expressions/contexts.ts";
export {
  appToken,
  deployKey,
  githubToken,
  pat,
  secret,
  type AppToken,
  type Credential,
  type DeployKey,
  type GithubToken,
  type MintingStep,
  type Pat,
  type PatOptions,
  type Secret,
} from "./define/credentials.ts";
export { defineConfig, type Config } from "./define/define-config.ts";
export type {
  Amount,
  AnyExpr,
  Condition,
  Env,
  Expr,
  Flag,
  Problem,
  Text,
  Untrusted,
} from "./define/expressions/expression-types.ts";
export {
  contains,
  endsWith,
  expr,
  format,
  fromJSON,
  hashFiles,
  join,
  startsWith,
  toJSON,
} from "./define/expressions/expressions.ts";
export type { Concurrency, Container, Environment, Permissions, Runner } from "./define/job-settings.ts";
export { job, type AnyJob, type Job } from "./define/jobs.ts";
export { and, eq, ge, gt, le, lt, ne, not, or } from "./define/expressions/operators.ts";
export type { PushAction } from "./define/push/push-action.ts";
export { push } from "./define/push.ts";
export { sh, unsafeScript, type Script } from "./define/scripts/scripts.ts";
export { always, cancelled, failure, success } from "./define/expressions/status-functions.ts";
export type { CheckoutStep, PushStep, RunStep, Step, StepInput, StepsInput, UsesStep } from "./define/step-types.ts";
export { run, uses } from "./define/steps.ts";
export type { EventName } from "./ir/events.ts";
export type { On, Triggers } from "./define/triggers.ts";
export { workflow } from "./define/workflow.ts";

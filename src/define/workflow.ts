import type { CallOf, Workflow } from "./callable.ts";
import type { Github, NamedTexts } from "./expressions/contexts.ts";
import type { Env, Flat, Text, Untrusted } from "./expressions/expression-types.ts";
import type { Concurrency, Defaults, Permissions } from "./job-settings.ts";
import type { AnyJob } from "./jobs.ts";
import { makeWorkflow } from "./expressions/make.ts";
import type { EventsOf, ExactOn } from "./triggers.ts";

type InputValue<I> = I extends { readonly options: readonly (infer Choice)[] }
  ? Choice
  : I extends { readonly type: "boolean" }
    ? boolean
    : I extends { readonly type: "number" }
      ? number
      : string;
type InputMap<T, E extends string> = T extends { readonly [K in E]: { readonly inputs: infer I extends object } }
  ? I
  : {};
type ValueIn<I, K> = K extends keyof I ? InputValue<I[K]> : never;

/** `inputs`, of both ways to give them. */
export type Inputs<T> = Flat<InputsOfBoth<InputMap<T, "workflow_dispatch">, InputMap<T, "workflow_call">>>;
type InputsOfBoth<D, C> = { readonly [K in keyof D | keyof C]: Untrusted<ValueIn<D, K> | ValueIn<C, K>> };

interface WorkflowContext<T> {
  readonly github: Github<EventsOf<T>>;
  readonly inputs: Inputs<T>;
  readonly vars: NamedTexts;
}

interface Jobs {
  readonly [id: string]: AnyJob;
}

interface WorkflowOptions<T> {
  readonly name?: string;
  readonly description?: string;
  readonly "run-name"?: Text;
  readonly on: ExactOn<T>;
  readonly permissions?: Permissions;
  readonly env?: Env;
  readonly defaults?: Defaults;
  readonly concurrency?: Concurrency;
  readonly jobs: Jobs | ((context: WorkflowContext<T>) => Jobs);
}

/**
 * A workflow; as the default export of `workflows-src/<name>.ts` it becomes `.github/workflows/<name>.yml`. With
 * `on.workflow_call` a job can call it: `job({ uses: release, with: { … } })`.
 *
 * Nothing is written by the call itself: `flowkeep gen` compiles the value, and reports what GitHub would not take at its line.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
 *
 * @example
 * ```ts
 * workflow({
 *   name: "CI",
 *   on: { push: { branches: ["main"] }, pull_request: null },
 *   permissions: { contents: "read" },
 *   jobs: { test: job({ "runs-on": "ubuntu-latest", steps: [{ run: "make test" }] }) },
 * })
 * ```
 * ```yaml
 * name: CI
 *
 * on:
 *   push:
 *     branches:
 *       - main
 *   pull_request:
 *
 * permissions:
 *   contents: read
 *
 * jobs:
 *   test:
 *     runs-on: ubuntu-latest
 *     steps:
 *       - run: make test
 * ```
 */
export function workflow<const T extends object | string>(options: WorkflowOptions<T>): Workflow<CallOf<T>> {
  return makeWorkflow(options);
}

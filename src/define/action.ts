import type { Action, RequiredKeys } from "./callable.ts";
import type { Github, Runner } from "./expressions/contexts.ts";
import type { Checked, StepList } from "./credential-state.ts";
import type { Flat, Text, Untrusted } from "./expressions/expression-types.ts";
import { makeAction } from "./expressions/make.ts";
import type { StepsInput } from "./step-types.ts";

interface ActionInput {
  readonly description?: string;
  readonly required?: boolean;
  readonly default?: Text;
  readonly deprecationMessage?: string;
}
interface ActionOutput {
  readonly description?: string;
  readonly value: Text;
}
interface Branding {
  /** A name from feathericons.com. */
  readonly icon?: string;
  readonly color?: "white" | "black" | "yellow" | "blue" | "green" | "orange" | "red" | "purple" | "gray-dark";
}

/** Inputs of an action are texts, always. */
type InputsOfAction<Declared> = Flat<
  { [K in RequiredKeys<Declared>]: Text } & { [K in Exclude<keyof Declared, RequiredKeys<Declared>>]?: Text }
>;
interface ActionContext<Declared> {
  readonly inputs: { readonly [K in keyof Declared]: Untrusted };
  readonly github: Github;
  readonly runner: Runner;
}

interface ActionOptions<Declared, Given, Steps, PerSteps extends readonly unknown[]> {
  readonly name?: string;
  readonly author?: string;
  readonly description?: string;
  readonly inputs?: Declared;
  readonly outputs?: Given;
  readonly runs?: CompositeRuns<Declared, Steps, PerSteps> & Composite;
  readonly branding?: Branding;
}
interface CompositeRuns<Declared, Steps, PerSteps extends readonly unknown[]> {
  readonly using?: "composite";
  readonly steps: StepList<Steps> | ((context: ActionContext<Declared>) => Checked<PerSteps>);
}
interface Composite {
  readonly using: "composite";
}

/**
 * A composite action; as the default export of `workflows-src/actions/<name>.ts` it becomes
 * `.github/actions/<name>/action.yml`, and `uses(it, { with })` is typed from its inputs.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax
 *
 * @example
 * ```ts
 * action({
 *   name: "Greet",
 *   description: "Greets somebody.",
 *   inputs: { name: { description: "Whom to greet.", required: true } },
 *   runs: {
 *     using: "composite",
 *     steps: ({ inputs }) => [run({ shell: "bash", run: sh`echo "Hello, ${inputs.name}"` })],
 *   },
 * })
 * ```
 * ```yaml
 * name: Greet
 * description: Greets somebody.
 *
 * inputs:
 *   name:
 *     description: Whom to greet.
 *     required: true
 *
 * runs:
 *   using: composite
 *   steps:
 *     - shell: bash
 *       env:
 *         INPUTS_NAME: ${{ inputs.name }}
 *       run: echo "Hello, ${INPUTS_NAME}"
 * ```
 */
export function action<
  const Declared extends Readonly<Record<string, ActionInput>> = {},
  const Given extends Readonly<Record<string, ActionOutput>> = {},
  const Steps = never,
  const PerSteps extends StepsInput = StepsInput,
>(options: ActionOptions<Declared, Given, Steps, PerSteps>): Action<InputsOfAction<Declared>, keyof Given & string> {
  return makeAction(options);
}

import type { InputsOf, Known, Untyped } from "./action-inputs.ts";
import type { Actions } from "./action-registry.ts";
import type { AnyAction } from "./action.ts";
import type { IsCheckout, KeptBy, PathOf } from "./checkout-types.ts";
import type { GithubToken } from "./credentials.ts";
import type { Condition, Flag, Text } from "./expression-types.ts";
import { makeRun, makeUses } from "./make.ts";
import type { CheckoutStep, RunOptions, RunStep, StepOptions, UsesStep } from "./step-types.ts";

// A type parameter captures only what a later check needs: equal calls then have equal type arguments, and caches hit. So not
// the whole of `with` is one, only those inputs of a checkout whose literals matter.
interface TrackedInputs<Path, Persist, Token> {
  readonly path?: Path;
  readonly "persist-credentials"?: Persist;
  readonly token?: Token;
}
interface Tracked<Path, Persist, Token, If> {
  readonly if?: If;
  readonly with?: TrackedInputs<Path, Persist, Token>;
}

type UsesArguments<Ref, Path, Persist, Token, If> = {} extends InputsOf<Ref>
  ? [
      options?: StepOptions & { readonly with?: InputsOf<Ref> } & (IsCheckout<Ref> extends true
          ? Tracked<Path, Persist, Token, If>
          : {}),
    ]
  : [options: StepOptions & { readonly with: InputsOf<Ref> }];

type StepOf<Ref, Path, Persist, Token, If> =
  IsCheckout<Ref> extends true ? CheckoutStep<PathOf<Path>, KeptBy<Ref, Persist, Token, If>> : UsesStep<Ref>;

/**
 * A step that uses an action, typed from the action's manifest. Inputs take expressions too.
 *
 * @example
 * ```ts
 * uses("actions/setup-node@v4", { with: { "node-version": 22, cache: "npm" } })
 * ```
 * ```yaml
 * - uses: actions/setup-node@v4
 *   with:
 *     node-version: 22
 *     cache: npm
 * ```
 */
export function uses<
  const Ref extends keyof Actions | Untyped | AnyAction | (string & {}),
  const Path extends Text = ".",
  const Persist extends Flag | "true" | "false" | "" = true,
  const Token extends Text = GithubToken,
  If extends Condition = never,
>(
  ref: Known<Ref>,
  ...options: UsesArguments<Ref, Path, Persist, Token, If>
): StepOf<Ref, Path, Persist, Token, If> {
  return makeUses(ref, options[0]);
}

/**
 * A step that runs a script. `outputs` names what the script writes to `$GITHUB_OUTPUT`; it is for the types and is not emitted.
 *
 * @example
 * ```ts
 * run({ id: "version", run: 'echo "tag=$(git describe)" >> "$GITHUB_OUTPUT"', outputs: ["tag"] })
 * ```
 * ```yaml
 * - id: version
 *   run: echo "tag=$(git describe)" >> "$GITHUB_OUTPUT"
 * ```
 */
export function run<const Output extends string = never>(
  options: RunOptions & { readonly outputs?: readonly Output[] },
): RunStep<Output> {
  return makeRun(options);
}

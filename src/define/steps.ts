import type { InputsOf, Known, Untyped } from "./action-inputs.ts";
import type { Actions } from "./action-registry.ts";
import type { AnyAction } from "./callable.ts";
import type { IsCheckout, KeptBy, PathOf } from "./checkout-types.ts";
import type { GithubToken } from "./credentials.ts";
import type { Condition, Flag, Text } from "./expressions/expression-types.ts";
import { makeRun, makeUses } from "./expressions/make.ts";
import type { CheckoutStep, RunOptions, RunStep, Runs, StepOptions, UsesStep } from "./step-types.ts";

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

interface UsesOptions<Inputs> extends StepOptions {
  readonly with?: Inputs;
}
interface UsesRequired<Inputs> extends StepOptions {
  readonly with: Inputs;
}

type UsesArguments<Ref, Path, Persist, Token, If> =
  {} extends InputsOf<Ref>
    ? [options?: UsesOptions<InputsOf<Ref>> & (IsCheckout<Ref> extends true ? Tracked<Path, Persist, Token, If> : {})]
    : [options: UsesRequired<InputsOf<Ref>>];

type StepOf<Ref, Path, Persist, Token, If> =
  IsCheckout<Ref> extends true ? CheckoutStep<PathOf<Path>, KeptBy<Ref, Persist, Token, If>> : UsesStep<Ref>;

/**
 * A step that uses an action, typed from the action's manifest. Inputs take expressions too.
 *
 * What is written with `./`, `$/` or `docker://` needs no bindings; other refs do: `npx flowkeep actions add owner/name@ref`.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsuses
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
>(ref: Known<Ref>, ...options: UsesArguments<Ref, Path, Persist, Token, If>): StepOf<Ref, Path, Persist, Token, If> {
  return makeUses(ref, options[0]);
}

// `run` stands apart: see `OnRunner` in jobs.ts.
interface RunStepOptions<Output> extends RunOptions {
  /** Names of what the script writes to `$GITHUB_OUTPUT`, for the types. */
  readonly outputs?: readonly Output[];
}

/**
 * A step that runs a script. `outputs` names what the script writes to `$GITHUB_OUTPUT`; it is for the types and is not emitted.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsrun
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
export function run<const Output extends string = never>(options: RunStepOptions<Output> & Runs): RunStep<Output> {
  return makeRun(options);
}

import type { Actions } from "./action-registry.ts";
import type { Action, AnyAction } from "./callable.ts";
import type { kind, value } from "./brand.ts";
import type { Problem, Texts } from "./expressions/expression-types.ts";
import { makeUntyped } from "./expressions/make.ts";

/** An action whose inputs nobody checks. */
export interface Untyped<out Output extends string = string> {
  readonly [kind]: "untyped";
  readonly [value]: Output;
}

/**
 * An action without bindings: its inputs go unchecked, and `lint` notes it. `flowkeep actions add` is the better way.
 *
 * @example
 * ```ts
 * uses(untyped("octo/sign@v1", { outputs: ["digest"] }), { id: "sign", with: { file: "app.tar" } })
 * ```
 * ```yaml
 * - id: sign
 *   uses: octo/sign@v1
 *   with:
 *     file: app.tar
 * ```
 */
export function untyped<const Output extends string = never>(
  ref: `${string}@${string}`,
  names?: { readonly outputs: readonly Output[] },
): Untyped<Output> {
  void names; // for the types alone
  return makeUntyped(ref);
}

/** What needs no bindings: an action in this repository (`./path`, `$/path`) and a container image. */
type PathRef = `./${string}` | `$/${string}` | `docker://${string}`;
type KnownRef = keyof Actions | PathRef | Untyped | AnyAction;

/** The ref, or for a ref without bindings the sentence that says what to run. */
export type Known<Ref> = Ref extends KnownRef
  ? Ref
  : Problem<`no bindings for ${Ref & string}: run \`npx flowkeep actions add ${Ref & string}\``>;

// Never `Actions[Ref]["inputs"]`, nor a test of `Ref` first: while `Ref` is being inferred, either stands for the union of the
// inputs of all actions, and every object literal would be typed against that. This doubles the speed with 300 actions.
export type InputsOf<Ref> = Actions extends { [K in Ref & string]: { inputs: infer Inputs extends object } }
  ? Inputs
  : Ref extends Action<infer Inputs, infer _>
    ? Inputs
    : Texts;
export type OutputsOf<Ref> = Actions extends { [K in Ref & string]: { outputs: infer Output extends string } }
  ? Output
  : Ref extends Action<infer _, infer Output> | Untyped<infer Output>
    ? Output
    : string;

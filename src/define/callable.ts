import type { as, kind } from "./brand.ts";
import type { Amount, Flag, Flat, Text } from "./expressions/expression-types.ts";
import type { EventsOf } from "./triggers.ts";

export interface AnyWorkflow {
  readonly [kind]: "workflow";
}
/** `Call` is what a caller may give and get back: `never` without `on.workflow_call`. */
export interface Workflow<Call = unknown> extends AnyWorkflow {
  readonly [as]: Call;
}

export interface AnyAction {
  readonly [kind]: "action";
}
/** A composite action, with what a caller may give and gets back. */
export interface Action<Inputs extends object = object, Output extends string = string> extends AnyAction {
  readonly [as]: { inputs: Inputs; outputs: Output };
}

/** What `on.workflow_call` takes and gives. */
export type CallOf<On> = On extends { readonly workflow_call: infer Call }
  ? {
      with: Given<Part<Call, "inputs">>;
      secrets: Given<Part<Call, "secrets">>;
      outputs: keyof Part<Call, "outputs"> & string;
    }
  : "workflow_call" extends EventsOf<On>
    ? { with: {}; secrets: {}; outputs: never }
    : never;

type Part<Call, K extends string> = Call extends { readonly [P in K]: infer X extends object } ? X : {};

/** What must be given, and what may be, of declared inputs or secrets. */
export type Given<Declared> = Flat<
  { [K in RequiredKeys<Declared>]: Taken<Declared[K]> } & {
    [K in Exclude<keyof Declared, RequiredKeys<Declared>>]?: Taken<Declared[K]>;
  }
>;
export type RequiredKeys<Declared> = {
  [K in keyof Declared]: IsRequired<Declared[K]> extends true ? K : never;
}[keyof Declared];
type IsRequired<D> = D extends { readonly default: unknown }
  ? false
  : D extends { readonly required: true }
    ? true
    : false;
type Taken<D> = D extends { readonly type: "boolean" } ? Flag : D extends { readonly type: "number" } ? Amount : Text;

import type { trust, value } from "../brand.ts";

/** A GitHub expression that a script may contain. `V` is what it evaluates to; it exists only in the types. */
export interface Expr<out V = unknown> {
  readonly [value]: V;
  readonly [trust]: "trusted";
}

/** As `Untrusted`, of an object or a list: one can look into it, which the `symbol` half would spoil. */
export interface Tainted<out V> {
  readonly [value]: V;
  /** A sentence: it stands at the end of the error where such a value meets `Expr`. */
  readonly [trust]: "an outsider chooses this text: in a script write sh`…${value}…`";
}

/** An expression whose text an outsider chooses. The `symbol` half makes `${x}` in a plain template a type error. */
export type Untrusted<V = string> = Tainted<V> & symbol;

export type AnyExpr<V = unknown> = Expr<V> | Untrusted<V> | Tainted<V>;

/** A string that holds `${{ … }}`. */
export type Interpolation = `${string}\${{${string}`;
/** What a key that wants a text takes. Null is an empty text, as in YAML. */
export type Text = string | number | boolean | null | AnyExpr;
export type Flag = boolean | Interpolation | AnyExpr;
export type Amount = number | Interpolation | AnyExpr;
export type Condition = string | number | boolean | null | AnyExpr;

/** Texts by name: `env`, the `with` of an action without bindings. */
export type Texts = Readonly<Record<string, Text>>;
export type Env = Texts | AnyExpr | Interpolation;
export type OneOrMore<T> = T | readonly T[];

/**
 * A value that is not known before the run, of a name that is not known here. `Expr` would be `Expr | undefined` under
 * noUncheckedIndexedAccess, and no user could write `vars.REGION` without a `!`.
 */
export type Unchecked = any;

export type ValueOf<A> = A extends { readonly [value]: infer V } ? V : A extends Interpolation ? Unchecked : A;

/** An expression made of parts: untrusted as soon as one of them is. */
export type Mixed<V, Parts> = [Parts] extends [Expr | string | number | boolean | null] ? Expr<V> : Untrusted<V>;

/** Shows the members of an intersection in errors and hovers: the conditional drops the alias's name. */
export type Flat<T> = T extends infer U ? { [K in keyof U]: U[K] } : never;

/** A sentence in the place of a type. Not the bare string: the editor would offer it as a completion. */
export interface Problem<out Sentence extends string> {
  readonly [trust]: Sentence;
}

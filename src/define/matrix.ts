import type { value } from "./brand.ts";
import type { AnyExpr, Expr, Interpolation, Unchecked } from "./expressions/expression-types.ts";

/** Axis → values; `include` and `exclude` are among them. An expression may stand for an axis. */
export interface Axes {
  readonly [axis: string]: readonly unknown[] | AnyExpr | Interpolation;
}

export type Keys<U> = U extends unknown ? keyof U : never;
export type Prop<U, K> = U extends unknown ? (K extends keyof U ? U[K] : null) : never;

type Item<A> = A extends { readonly [value]: infer List }
  ? List extends readonly (infer V)[]
    ? V
    : Unchecked
  : A extends readonly (infer V)[]
    ? V
    : Unchecked;

/** A value as a context: objects stay navigable, everything else is an expression. A key that some lack may be null. */
type ContextOf<V> = [V] extends [AnyExpr]
  ? V
  : [V] extends [string | number | boolean | null]
    ? Expr<V>
    : { readonly [K in Keys<V>]: ContextOf<Prop<V, K>> };

type Included<M> = M extends { readonly include: infer I } ? Item<I> : never;
type AxisNames<M> = Exclude<keyof M, "include" | "exclude"> | Keys<Included<M>>;
type AxisValue<M, K> = Plain<(K extends keyof M ? Item<M[K]> : null) | Given<Included<M>, K>>;
type Given<I, K> = I extends unknown ? (K extends keyof I ? I[K] : never) : never;
/** Drops the alias's name from hovers and errors. */
type Plain<V> = [V] extends [infer U] ? U : never;

/** `matrix`, of what `strategy.matrix` says. */
export type MatrixContext<M> = M extends { readonly [value]: infer V }
  ? MatrixContext<V>
  : M extends Axes
    ? { readonly [K in AxisNames<M>]: ContextOf<AxisValue<M, K>> }
    : Unchecked;

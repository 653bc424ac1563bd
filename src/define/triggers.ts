import type { EVENTS, EventName } from "../ir/events.ts";
import type { AnyExpr, Interpolation, OneOrMore, Text } from "./expression-types.ts";
import type { Keys, Prop } from "./matrix.ts";

interface InputBase {
  readonly description?: string;
  readonly required?: boolean;
  readonly deprecationMessage?: string;
}
interface TextInput extends InputBase {
  readonly type: "string";
  readonly default?: Text | null;
}
interface FlagInput extends InputBase {
  readonly type: "boolean";
  readonly default?: boolean | Interpolation | AnyExpr;
}
interface NumberInput extends InputBase {
  readonly type: "number";
  readonly default?: number | Interpolation | AnyExpr;
}
interface UntypedInput extends InputBase {
  readonly type?: undefined;
  readonly default?: string | number | boolean | null;
}
interface ChoiceInput extends InputBase {
  readonly type: "choice";
  readonly options: readonly string[];
  readonly default?: string;
}
interface EnvironmentInput extends InputBase {
  readonly type: "environment";
  readonly default?: string;
}
/** The type is required. */
type CallInput = TextInput | FlagInput | NumberInput;
type DispatchInput = CallInput | UntypedInput | ChoiceInput | EnvironmentInput;

interface CallSecret {
  readonly description?: string;
  readonly required?: boolean;
}
interface CallOutput {
  readonly description?: string;
  readonly value: Text;
}

/** Everything that some event's mapping may hold beside `types`. */
interface AllFilters {
  readonly branches?: OneOrMore<string>;
  readonly "branches-ignore"?: OneOrMore<string>;
  readonly tags?: OneOrMore<string>;
  readonly "tags-ignore"?: OneOrMore<string>;
  readonly paths?: OneOrMore<string>;
  readonly "paths-ignore"?: OneOrMore<string>;
  /** Names of workflows. */
  readonly workflows?: OneOrMore<string>;
  readonly names?: OneOrMore<string>;
  readonly versions?: OneOrMore<string>;
}
interface Schedule {
  readonly cron: string;
  /** An IANA name, `Europe/Berlin`; UTC if left out. */
  readonly timezone?: string;
}
interface Dispatch {
  readonly inputs?: Readonly<Record<string, DispatchInput | null>> | null;
}
interface Call {
  readonly inputs?: Readonly<Record<string, CallInput>> | null;
  readonly secrets?: Readonly<Record<string, CallSecret | null>> | null;
  readonly outputs?: Readonly<Record<string, CallOutput>> | null;
}

type Syntax<E extends EventName> = (typeof EVENTS)[E];
type ActivityType<E extends EventName> =
  Syntax<E> extends { readonly types: infer T } ? (T extends readonly (infer Name)[] ? Name : string) : never;
type FilterName<E extends EventName> =
  Syntax<E> extends { readonly filters: readonly (infer Name extends keyof AllFilters)[] } ? Name : never;

/** What an event's mapping may hold, of the table of events. */
type FiltersOf<E extends EventName> = Pick<AllFilters, FilterName<E>> &
  ([ActivityType<E>] extends [never] ? {} : { readonly types?: OneOrMore<ActivityType<E>> });

/** Event → its filters, or null for none. */
export type Triggers = {
  readonly [E in Exclude<EventName, "schedule" | "workflow_dispatch" | "workflow_call">]?: FiltersOf<E> | null;
} & SpecialTriggers;
interface SpecialTriggers {
  readonly schedule?: readonly Schedule[];
  readonly workflow_dispatch?: Dispatch | null;
  readonly workflow_call?: Call | null;
}

export type On = EventName | readonly EventName[] | Triggers;

/** The events that start a workflow. */
export type EventsOf<T> = (T extends string ? T : T extends readonly (infer E)[] ? E : keyof T) & EventName;

/** Keys of `T`, at any depth, that the shape does not know. */
type Excess<T, Shape> = T extends AnyExpr | readonly unknown[]
  ? never
  : T extends object
    ? { [K in keyof T]: K extends Keys<Shape> ? Excess<T[K], Prop<Shape, K>> : K }[keyof T]
    : never;

/**
 * `T` where it fits, else the plain shape, so that the compiler's own message lands on the property that is wrong. Not
 * distributive: `const` would be lost.
 */
export type ExactOn<T> = [T] extends [On]
  ? [Excess<T, Triggers>] extends [never]
    ? T
    : Triggers
  : T extends string | readonly string[]
    ? On
    : Triggers;

import type { EVENTS, EventName } from "../ir/events.ts";
import type { AnyExpr, Interpolation, OneOrMore, Text } from "./expressions/expression-types.ts";
import type { Keys } from "./matrix.ts";

interface InputBase {
  readonly description?: string;
  readonly required?: boolean;
}
interface TextInput extends InputBase {
  readonly type: "string";
  readonly default?: Text;
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

/** Everything that some event's mapping may hold, but for what inputs need. */
interface AllFilters {
  readonly types?: OneOrMore<string>;
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
  | (Syntax<E> extends { readonly filters: readonly (infer Name extends keyof AllFilters)[] } ? Name : never)
  | (Syntax<E> extends { readonly types: unknown } ? "types" : never);

/** What an event's mapping may hold, of the table of events. */
type FiltersOf<E extends EventName> = {
  readonly [K in FilterName<E>]?: K extends "types" ? OneOrMore<ActivityType<E>> : AllFilters[K];
};

type SpecialEvent = "schedule" | "workflow_dispatch" | "workflow_call";

/** Event → its filters, or null for none. */
export type Triggers = {
  readonly [E in Exclude<EventName, SpecialEvent>]?: FiltersOf<E> | null;
} & SpecialTriggers;
interface SpecialTriggers {
  readonly schedule?: readonly Schedule[];
  readonly workflow_dispatch?: Dispatch | null;
  readonly workflow_call?: Call | null;
}

export type On = EventName | readonly EventName[] | Triggers;

/** The events that start a workflow. */
export type EventsOf<T> = (T extends string ? T : T extends readonly (infer E)[] ? E : keyof T) & EventName;

/** What no mapping of an event knows, at any depth. Looked up by name, not read off `Triggers`: that is twice as fast. */
type Excess<T> = T extends string | readonly unknown[]
  ? never
  : Exclude<keyof T, EventName> | { [E in keyof T & EventName]: ExcessIn<E, T[E]> }[keyof T & EventName];
type ExcessIn<E extends EventName, Given> = Given extends readonly unknown[] | null | undefined
  ? never
  : | Exclude<keyof Given, KnownKeys[E]>
    | (E extends "workflow_dispatch" | "workflow_call" ? ExcessDeclared<Given> : never);
type ExcessDeclared<Given> =
  | ExcessField<Given, "inputs", Keys<DispatchInput>>
  | ExcessField<Given, "secrets", keyof CallSecret>
  | ExcessField<Given, "outputs", keyof CallOutput>;
type ExcessField<Given, Field extends string, Known> = Given extends { readonly [P in Field]: infer Declared }
  ? { [Name in keyof Declared]: Exclude<keyof Declared[Name], Known> }[keyof Declared]
  : never;
type KnownKeys = { [E in Exclude<EventName, SpecialEvent>]: FilterName<E> } & {
  schedule: never;
  workflow_dispatch: keyof Dispatch;
  workflow_call: keyof Call;
};

/**
 * `T` where it fits, else the plain shape, so that the compiler's own message lands on the property that is wrong. Not
 * distributive: `const` would be lost.
 */
export type ExactOn<T> = [T] extends [On]
  ? [Excess<T>] extends [never]
    ? T
    : Triggers
  : T extends string | readonly string[]
    ? On
    : Triggers;

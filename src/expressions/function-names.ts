/** How many arguments a function takes. */
export interface Arity {
  readonly min: number;
  readonly max: number;
}

/** GitHub keeps the count of a call's arguments in a byte. */
export const MOST_ARGUMENTS = 255;

/** Functions that every expression has, under GitHub's spelling. Source: `ExpressionConstants` of the runner. */
export const BUILT_IN_FUNCTIONS = {
  case: { min: 3, max: MOST_ARGUMENTS },
  contains: { min: 2, max: 2 },
  endsWith: { min: 2, max: 2 },
  format: { min: 1, max: MOST_ARGUMENTS },
  fromJSON: { min: 1, max: 1 },
  join: { min: 1, max: 2 },
  startsWith: { min: 2, max: 2 },
  toJSON: { min: 1, max: 1 },
} as const satisfies Record<string, Arity>;

/** Functions that only some keys have. A job's `success` and `failure` may name jobs; a step's take nothing. */
const SITUATIONAL_FUNCTIONS = {
  always: { min: 0, max: 0 },
  cancelled: { min: 0, max: 0 },
  failure: { min: 0, max: MOST_ARGUMENTS },
  hashFiles: { min: 1, max: MOST_ARGUMENTS },
  success: { min: 0, max: MOST_ARGUMENTS },
} as const satisfies Record<string, Arity>;

export interface KnownFunction extends Arity {
  /** GitHub's spelling. */
  readonly name: string;
  readonly isBuiltIn: boolean;
}

const ALL = [
  ...Object.entries(BUILT_IN_FUNCTIONS).map(([name, arity]) => ({ name, ...arity, isBuiltIn: true })),
  ...Object.entries(SITUATIONAL_FUNCTIONS).map(([name, arity]) => ({ name, ...arity, isBuiltIn: false })),
];

/** Every function by its name in lower case. */
export const FUNCTIONS: ReadonlyMap<string, KnownFunction> = new Map(
  ALL.map((known) => [known.name.toLowerCase(), known]),
);

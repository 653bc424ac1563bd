import { ANY_EVENT, githubContext, jobContext, jobResult, RUNNER, stepResult, STRATEGY, texts } from "./contexts.ts";
import { EVENTS } from "../ir/events.ts";
import type { MatrixFacts } from "./matrix-type.ts";
import { matrixType } from "./matrix-type.ts";
import type { Type } from "./types.ts";
import { ANY, BOOLEAN, literals, NUMBER, objectOf, orNull, STRING, union } from "./types.ts";

/** The type of every context, by name, where an expression stands. */
export interface Scope {
  readonly contexts: Pick<ReadonlyMap<string, Type>, "get" | "keys">;
}

/** An input of `workflow_dispatch`, `workflow_call` or an action. */
export interface InputFacts {
  readonly type?: "string" | "boolean" | "number" | "choice" | "environment";
  /** Of a `choice`. */
  readonly options?: readonly string[];
}

/** A step or a job: leave out `outputs` where their names are not known. */
export interface OutputFacts {
  readonly outputs?: readonly string[];
}

/** What is known about the place of an expression. Whatever is left out may be anything. */
export interface ScopeFacts {
  /** The names under `on`. */
  readonly events?: readonly string[];
  /** The type of `github.event`. */
  readonly payload?: Type;
  /** All inputs; of one that two events declare in different ways, a list. */
  readonly inputs?: { readonly [name: string]: InputFacts | readonly InputFacts[] };
  /** The secrets that there can be; `GITHUB_TOKEN` is always one. */
  readonly secrets?: readonly string[];
  readonly vars?: readonly string[];
  /** The steps that have run before, by id. */
  readonly steps?: { readonly [id: string]: OutputFacts };
  readonly needs?: { readonly [job: string]: OutputFacts };
  /** The jobs of a workflow, for the outputs of `workflow_call`. */
  readonly jobs?: { readonly [job: string]: OutputFacts };
  readonly matrix?: MatrixFacts;
  readonly services?: readonly string[];
}

/**
 * The types of the contexts, as narrow as the facts allow.
 *
 * @example
 * makeScope({ events: ["push"], needs: { build: { outputs: ["version"] } } });
 */
export function makeScope(facts: ScopeFacts = {}): Scope {
  return scopeOf(facts, () => undefined);
}

/** The same scope where more is known: only the contexts that the facts speak of are made anew. */
export function narrowScope(scope: Scope, facts: ScopeFacts): Scope {
  return scopeOf(facts, ({ name, from }) =>
    from.some((fact) => facts[fact] !== undefined) ? undefined : scope.contexts.get(name),
  );
}

/**
 * Makes the type of a context when it is first asked for: most files speak of two or three, and `github` alone has 50 properties.
 *
 * @param known gives a type that need not be made
 */
function scopeOf(facts: ScopeFacts, known: (context: Context) => Type | undefined): Scope {
  const made = new Map<string, Type>();
  const get = (name: string): Type | undefined => {
    const before = made.get(name);
    const context = before === undefined ? CONTEXTS_BY_NAME.get(name) : undefined;
    if (context === undefined) return before;
    const type = known(context) ?? context.type(facts);
    made.set(name, type);
    return type;
  };
  return { contexts: { get, keys: () => CONTEXTS_BY_NAME.keys() } };
}

interface Context {
  readonly name: string;
  /** The facts that its type is made from. */
  readonly from: readonly (keyof ScopeFacts)[];
  readonly type: (facts: ScopeFacts) => Type;
}

const CONTEXTS: readonly Context[] = [
  {
    name: "github",
    from: ["events", "payload"],
    type: ({ events, payload }) => githubContext(eventNames(events), payload),
  },
  { name: "env", from: [], type: () => texts() },
  { name: "vars", from: ["vars"], type: ({ vars }) => (vars === undefined ? texts() : texts(vars)) },
  { name: "job", from: ["services"], type: ({ services }) => jobContext(services) },
  { name: "jobs", from: ["jobs"], type: ({ jobs }) => results(jobs, jobResult) },
  { name: "steps", from: ["steps"], type: ({ steps }) => results(steps, stepResult) },
  { name: "runner", from: [], type: () => RUNNER },
  {
    name: "secrets",
    from: ["secrets"],
    type: ({ secrets }) => (secrets === undefined ? texts() : texts(["GITHUB_TOKEN", ...secrets])),
  },
  { name: "strategy", from: [], type: () => STRATEGY },
  { name: "matrix", from: ["matrix"], type: ({ matrix }) => (matrix === undefined ? ANY : matrixType(matrix)) },
  { name: "needs", from: ["needs"], type: ({ needs }) => results(needs, jobResult) },
  {
    name: "inputs",
    from: ["inputs"],
    type: ({ inputs, events }) => (inputs === undefined ? ANY : inputsType(inputs, events)),
  },
];

const CONTEXTS_BY_NAME = new Map(CONTEXTS.map((context) => [context.name, context]));

function eventNames(events: readonly string[] | undefined): Type {
  if (events === undefined) return ANY_EVENT;
  // A workflow that is called runs under its caller's event; GitHub may know events that we do not.
  const isOpen = events.some((event) => event === "workflow_call" || !Object.hasOwn(EVENTS, event));
  const own = literals(...events.filter((event) => event !== "workflow_call"));
  return isOpen ? union(ANY_EVENT, own) : own;
}

function results(
  facts: { readonly [id: string]: OutputFacts } | undefined,
  result: (outputs?: readonly string[]) => Type,
): Type {
  if (facts === undefined) return objectOf({}, result());
  return objectOf(Object.fromEntries(Object.entries(facts).map(([id, { outputs }]) => [id, result(outputs)])));
}

function inputsType(inputs: NonNullable<ScopeFacts["inputs"]>, events: readonly string[] | undefined): Type {
  // Other events have no inputs, and then each of them is null.
  const isSure = events?.every((event) => event === "workflow_dispatch" || event === "workflow_call") ?? false;
  const entries = Object.entries(inputs).map(([name, facts]) => {
    const type = union(...[facts].flat().map(inputType));
    return [name, isSure ? type : orNull(type)] as const;
  });
  return objectOf(Object.fromEntries(entries));
}

function inputType({ type, options }: InputFacts): Type {
  switch (type) {
    case "boolean":
      return BOOLEAN;
    case "number":
      return NUMBER;
    case "choice":
      // A choice without a default may be left empty when a run is started by the API.
      return options === undefined ? STRING : literals(...options, "");
    default:
      return STRING;
  }
}

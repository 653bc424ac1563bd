import { ANY_EVENT, githubContext, jobContext, jobResult, RUNNER, stepResult, STRATEGY, texts } from "./contexts.ts";
import { EVENTS } from "../ir/events.ts";
import type { MatrixFacts } from "./matrix-type.ts";
import { matrixType } from "./matrix-type.ts";
import type { Type } from "./types.ts";
import { ANY, BOOLEAN, literals, NUMBER, objectOf, orNull, STRING, union } from "./types.ts";

/** The type of every context, by name, where an expression stands. */
export interface Scope {
  readonly contexts: ReadonlyMap<string, Type>;
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
  const { events, payload, inputs, secrets, vars, steps, needs, jobs, matrix, services } = facts;
  return {
    contexts: new Map<string, Type>([
      ["github", githubContext(eventNames(events), payload)],
      ["env", texts()],
      ["vars", vars === undefined ? texts() : texts(vars)],
      ["job", jobContext(services)],
      ["jobs", results(jobs, jobResult)],
      ["steps", results(steps, stepResult)],
      ["runner", RUNNER],
      ["secrets", secrets === undefined ? texts() : texts(["GITHUB_TOKEN", ...secrets])],
      ["strategy", STRATEGY],
      ["matrix", matrix === undefined ? ANY : matrixType(matrix)],
      ["needs", results(needs, jobResult)],
      ["inputs", inputs === undefined ? ANY : inputsType(inputs, events)],
    ]),
  };
}

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

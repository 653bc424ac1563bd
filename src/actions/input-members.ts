import { actionName, parseUses } from "../ir/uses-ref.ts";
import { compareText, mustBeGiven, type ActionInput, type ActionInterface } from "./action-interface.ts";
import type { BoundAction } from "./bound-actions.ts";
import { DOCKER_INPUTS, hasOpenOutputs, inputValues } from "./input-values.ts";

/** A property of an interface of inputs. */
export interface Member {
  readonly name: string;
  readonly optional: boolean;
  readonly types: readonly string[];
  readonly docs: readonly string[];
}

/** The inputs of some versions of an action. */
export interface InputsInterface {
  /** The ref that the interface is named after: the shortest, so rather a major than a commit. */
  readonly namesake: string;
  readonly refs: readonly BoundAction[];
  readonly members: readonly Member[];
}

/** The versions of one action whose inputs are written alike go together. */
export function groupInterfaces(actions: readonly BoundAction[]): readonly InputsInterface[] {
  const groups = new Map<string, { refs: BoundAction[]; members: readonly Member[] }>();
  for (const action of actions) {
    const name = nameOfAction(action.ref);
    const members = membersOf(name, action.interface);
    const key = JSON.stringify([name.toLowerCase(), members]);
    const group = groups.get(key) ?? { refs: [], members };
    group.refs.push(action);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ refs, members }) => ({
    namesake: refs.map(({ ref }) => ref).reduce((best, ref) => (ref.length < best.length ? ref : best)),
    refs,
    members,
  }));
}

/** What stands in the interface of an action's inputs, sorted. */
export function membersOf(action: string, { using, inputs }: ActionInterface): readonly Member[] {
  return [...inputs, ...(using === "docker" ? DOCKER_INPUTS : [])]
    .filter(([name, input]) => (inputs.get(name) ?? input) === input)
    .map(([name, input]) => ({
      name,
      optional: !mustBeGiven(input),
      types: typesOf(action, name),
      docs: docsOf(input),
    }))
    .sort((a, b) => compareText(a.name, b.name));
}

/** `Flag` takes booleans and expressions, `Text` also strings and numbers: both are flowkeep's own types. */
function typesOf(action: string, name: string): readonly string[] {
  const values = inputValues(action, name);
  switch (values.kind) {
    case "text":
      return ["Text"];
    case "flag":
      return ["Flag", ...["true", "false", ...values.also].map((value) => JSON.stringify(value))];
    case "choice":
      // What a matrix or an expression gives is no literal.
      return ["Flag", ...values.words.map((value) => JSON.stringify(value))];
  }
}

function docsOf({ description, default: fallback, deprecated }: ActionInput): readonly string[] {
  return [
    ...(description === undefined ? [] : description.split("\n")),
    ...(fallback === undefined || fallback === "" ? [] : [`Default: ${code(fallback)}`]),
    ...(deprecated === undefined ? [] : [deprecated === true ? "@deprecated" : `@deprecated ${oneLine(deprecated)}`]),
  ];
}

/** The type of an action's outputs: their names, or any. */
export function outputTypes(action: string, outputs: readonly string[]): readonly string[] {
  if (hasOpenOutputs(action)) return ["string"];
  return outputs.length === 0 ? ["never"] : outputs.map((output) => JSON.stringify(output));
}

/** `owner/name[/path]`, or a local action's path. */
export function nameOfAction(ref: string): string {
  const uses = parseUses(ref);
  return uses.kind === "repository" ? actionName(uses) : ref;
}

function code(text: string): string {
  const short = oneLine(text).slice(0, 100);
  const marks = short.includes("`") ? "``" : "`";
  return `${marks}${short}${short.length < oneLine(text).length ? "…" : ""}${marks}`;
}

function oneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, " ");
}

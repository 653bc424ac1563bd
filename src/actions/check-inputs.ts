import type { FileNode, Node } from "../ir/any-node.ts";
import { hasExpression } from "../ir/expression-text.ts";
import type { Scalar } from "../ir/node.ts";
import type { Path } from "../ir/origin.ts";
import { nearestName } from "../ir/suggest.ts";
import type { UsesStep } from "../ir/workflow.ts";
import { visitParts } from "../ir/parts.ts";
import { mustBeGiven, type ActionInput, type ActionInterface } from "./action-interface.ts";
import { nameOfAction } from "./input-members.ts";
import { DOCKER_INPUTS, inputValues, type InputValues } from "./input-values.ts";
import { resolveInterface, type KnownActions } from "./resolve-interface.ts";

/** A `with:` that does not fit the action's manifest. */
export interface InputProblem {
  readonly code: "unknown-input" | "missing-input" | "bad-input-value" | "deprecated-input";
  readonly severity: "error" | "warning";
  readonly message: string;
  /** The action, as it is used. */
  readonly ref: string;
  readonly node: Node;
  readonly path: Path;
}

/**
 * Checks the inputs of every `uses` step against what is known of its action. These are the checks that the bindings make in
 * types, made again for plain steps, JavaScript and YAML; a step whose action is not known has no problems.
 */
export function checkInputs(file: FileNode, known: KnownActions): readonly InputProblem[] {
  const problems: InputProblem[] = [];
  visitParts(file, (node, path) => {
    if (node.kind !== "uses-step") return;
    const found = resolveInterface(node.uses.text, known);
    if (found.kind === "resolved") problems.push(...checkStep(node, found.interface, path));
  });
  return problems;
}

function checkStep(step: UsesStep, action: ActionInterface, path: Path): readonly InputProblem[] {
  // A whole `with: ${{ … }}` cannot be seen through.
  if (step.with?.kind === "scalar") return [];
  const ref = step.uses.text;
  const inputs = foldNames(action);
  const given = step.with?.entries ?? [];
  const problems = given.flatMap(({ key, value }) => {
    const below = [...path, "with", key.text];
    const input = inputs.get(key.text.toLowerCase());
    return input === undefined
      ? [unknownInput(ref, key, inputs, below)]
      : checkValue(ref, input.name, input.input, value, below);
  });
  const names = new Set(given.map(({ key }) => key.text.toLowerCase()));
  for (const [folded, { name, input }] of inputs) {
    if (!mustBeGiven(input) || names.has(folded)) continue;
    problems.push({
      code: "missing-input",
      severity: "error",
      ref,
      message: `${ref} needs the input \`${name}\``,
      node: step.with ?? step.uses,
      path: [...path, step.with === undefined ? "uses" : "with"],
    });
  }
  return problems;
}

interface NamedInput {
  readonly name: string;
  readonly input: ActionInput;
}

// A project uses few actions in many steps.
const foldedNames = new WeakMap<ActionInterface, ReadonlyMap<string, NamedInput>>();

/** GitHub compares the names of inputs without regard to case. */
function foldNames(action: ActionInterface): ReadonlyMap<string, NamedInput> {
  const known = foldedNames.get(action);
  if (known !== undefined) return known;
  const all = action.using === "docker" ? [...DOCKER_INPUTS, ...action.inputs] : [...action.inputs];
  const folded = new Map(all.map(([name, input]) => [name.toLowerCase(), { name, input }]));
  foldedNames.set(action, folded);
  return folded;
}

function unknownInput(ref: string, key: Scalar, inputs: ReadonlyMap<string, NamedInput>, path: Path): InputProblem {
  const names = [...inputs.values()].map(({ name }) => name);
  const near = nearestName(key.text, names);
  const hint =
    near !== undefined ? `did you mean \`${near}\`?` : names.length > 0 ? `it has ${names.join(", ")}` : "it has none";
  const message = `${ref} has no input \`${key.text}\`; ${hint}`;
  return { code: "unknown-input", severity: "error", ref, message, node: key, path };
}

function checkValue(ref: string, name: string, input: ActionInput, value: Scalar, path: Path): readonly InputProblem[] {
  const problems: InputProblem[] = [];
  if (input.deprecated !== undefined) {
    const why = input.deprecated === true ? "" : `: ${input.deprecated}`;
    const message = `the input \`${name}\` of ${ref} is deprecated${why}`;
    problems.push({ code: "deprecated-input", severity: "warning", ref, message, node: value, path });
  }
  const values = inputValues(nameOfAction(ref), name);
  if (values.kind !== "text" && !hasExpression(value.text) && !isTaken(value.text, values)) {
    const texts = values.kind === "flag" ? values.also : values.words;
    const words = [...(values.kind === "flag" ? ["true", "false"] : []), ...texts.map((word) => JSON.stringify(word))];
    const list = `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
    const message = `the input \`${name}\` of ${ref} takes ${list}, not ${JSON.stringify(value.text)}`;
    problems.push({ code: "bad-input-value", severity: "error", ref, message, node: value, path });
  }
  return problems;
}

/** `True` and `TRUE` are true too: actions read flags by YAML's rules (`getBooleanInput` of @actions/core). */
function isTaken(text: string, values: Exclude<InputValues, { readonly kind: "text" }>): boolean {
  if (values.kind === "choice") return values.words.includes(text);
  return /^(?:true|false)$/i.test(text) || values.also.includes(text);
}

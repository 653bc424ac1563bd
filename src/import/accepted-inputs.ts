import { mustBeGiven, type ActionInterface } from "../actions/action-interface.ts";
import { nameOfAction } from "../actions/input-members.ts";
import { DOCKER_INPUTS, inputValues } from "../actions/input-values.ts";
import { either, flag, oneOf, record, text, type Accepted } from "./type-model.ts";

/** What the bindings take as the `with` of an action. */
export function acceptedInputs(ref: string, { using, inputs }: ActionInterface): Accepted {
  const all = using === "docker" ? [...DOCKER_INPUTS, ...inputs] : [...inputs];
  const fields = all.map(([name]) => {
    const values = inputValues(nameOfAction(ref), name);
    if (values.kind === "text") return [name, text] as const;
    const words = values.kind === "flag" ? ["true", "false", ...values.also] : values.words;
    return [name, either(flag, oneOf(...words))] as const;
  });
  const required = all.filter(([, input]) => mustBeGiven(input)).map(([name]) => name);
  return record(Object.fromEntries(fields), ...required);
}

import type { Mapping, Value } from "../ir/node.ts";
import type { ImportedFile } from "./imported-file.ts";
import { entryOf } from "./needed-jobs.ts";
import { amount, flag, record, text, type Accepted } from "./type-model.ts";

/** A source of the same import, which other sources can use by its handle. */
export interface HandleTarget {
  readonly kind: "workflow" | "action";
  /** `workflows-src/release.ts` */
  readonly source: string;
  /** What its types take from a caller. */
  readonly inputs: Accepted;
  readonly secrets: Accepted;
  readonly outputs: ReadonlySet<string>;
}

/** How `uses` names the file, and what it takes; undefined where nobody can use it, or its types are not to be relied on. */
export function handleTarget(imported: ImportedFile, root: Value): readonly [string, HandleTarget] | undefined {
  const { file, source, notes } = imported;
  // A cast may hide what the handle's type is made of.
  if (root.kind !== "mapping" || notes.some(({ code }) => code === "cast")) return undefined;
  const action = /^(\.github\/actions\/[^/]+)\/action\.ya?ml$/.exec(file)?.[1];
  if (action !== undefined) return [`./${action}`, { kind: "action", source, ...signature(root, () => text) }];
  if (!/^\.github\/workflows\/[^/]+$/.test(file)) return undefined;
  const call = workflowCall(entryOf(root, "on"));
  return call && [`./${file}`, { kind: "workflow", source, ...signature(call, typeOfInput) }];
}

/** The mapping below `on.workflow_call`; an empty one where nothing is said of it. */
function workflowCall(on: Value | undefined): Mapping | undefined {
  if (on === undefined) return undefined;
  const nothing: Mapping = { kind: "mapping", entries: [] };
  if (on.kind === "mapping") {
    const call = entryOf(on, "workflow_call");
    return call?.kind === "mapping" ? call : call && nothing;
  }
  const names = on.kind === "scalar" ? [on] : on.items;
  return names.some((name) => name.kind === "scalar" && name.text === "workflow_call") ? nothing : undefined;
}

function signature(declared: Mapping, typeOf: (definition: Value) => Accepted) {
  const outputs = entriesOf(entryOf(declared, "outputs")).map(({ key }) => key.text);
  return {
    inputs: given(entryOf(declared, "inputs"), typeOf),
    secrets: given(entryOf(declared, "secrets"), () => text),
    outputs: new Set(outputs),
  };
}

/** `Given` of src/define/callable.ts: required is what says so and has no default. */
function given(declared: Value | undefined, typeOf: (definition: Value) => Accepted): Accepted {
  const entries = entriesOf(declared);
  const required = entries.filter(({ value }) => {
    const says = entryOf(value, "required");
    return says?.kind === "scalar" && says.value === true && entryOf(value, "default") === undefined;
  });
  return record(
    Object.fromEntries(entries.map(({ key, value }) => [key.text, typeOf(value)])),
    ...required.map(({ key }) => key.text),
  );
}

function typeOfInput(definition: Value): Accepted {
  const type = entryOf(definition, "type");
  const name = type?.kind === "scalar" ? type.text : undefined;
  return name === "boolean" ? flag : name === "number" ? amount : text;
}

function entriesOf(value: Value | undefined): Mapping["entries"] {
  return value?.kind === "mapping" ? value.entries : [];
}

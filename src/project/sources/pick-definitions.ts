import type { ActionDefinition, WorkflowDefinition } from "../../define/model.ts";
import { describe, isPlainObject } from "../../define/convert/convert-value.ts";
import { fileDefinition } from "../../define/convert/to-ir.ts";
import { DefinitionError } from "../../ir/errors.ts";
import type { Source } from "../../load/find-sources.ts";
import type { LoadedSource, LoadResult } from "../../load/load-sources.ts";
import { pointAt } from "../../load/source-errors.ts";

/** A source that defines a workflow or an action. */
export interface DefinedSource {
  readonly source: Source;
  readonly definition: WorkflowDefinition | ActionDefinition;
}

export interface PickedDefinitions {
  readonly defined: readonly DefinedSource[];
  readonly errors: readonly DefinitionError[];
}

/** Tells the sources that define something from helper modules, and both from mistakes. */
export function pickDefinitions(
  sources: readonly Source[],
  { loaded, imports }: Pick<LoadResult, "loaded" | "imports">,
): PickedDefinitions {
  const defined: DefinedSource[] = [];
  const errors: DefinitionError[] = [];
  const imported = new Set([...imports.values()].flat());
  const byFile = new Map(sources.map((source) => [source.file, source]));
  for (const file of loaded) {
    const source = byFile.get(file.file);
    if (source === undefined) continue;
    const definition = fileDefinition(file.value);
    const wrong =
      definition === undefined ? notDefined(source, file, imported.has(file.file)) : wrongFolder(source, definition);
    if (wrong !== undefined) errors.push(new DefinitionError(wrong, pointAt({ file: source.file })));
    else if (definition !== undefined) defined.push({ source, definition });
  }
  const twins = sharedOutputs(defined);
  // esbuild takes `ci.ts` and `CI.ts` for one file: there is nothing more to say of them.
  const told = new Set(twins.map(({ location }) => location?.file));
  const shared = sharedDefinitions(defined).filter(({ location }) => !told.has(location?.file));
  return { defined, errors: [...errors, ...twins, ...shared] };
}

/** Why a source without a definition is no helper module either. */
function notDefined({ kind }: Source, { value, exports }: LoadedSource, isImported: boolean): string | undefined {
  const wanted = `export default ${kind}({ … })`;
  if (isNothing(value, exports) && !isImported)
    return `this source exports nothing: write \`${wanted}\`, or move it out of the folder`;
  // What another source imports is useful to it, whatever it is.
  if (!exports.includes("default") || isImported) return undefined;
  if (value instanceof Promise) return "the default export is a promise: write `export default await …`";
  if (typeof value === "object" && value !== null && ("jobs" in value || "runs" in value))
    return `the default export is a plain object: write \`${wanted}\` around it`;
  return `the default export is ${describe(value)}, and no other source imports it: write \`${wanted}\``;
}

/** A file without imports and exports is a CommonJS module, whose default export is an empty object. */
function isNothing(value: unknown, exports: readonly string[]): boolean {
  if (exports.length === 0) return true;
  return exports.join() === "default" && isPlainObject(value) && Object.keys(value).length === 0;
}

function wrongFolder({ kind, file }: Source, { is }: DefinedSource["definition"]): string | undefined {
  if (is === kind) return undefined;
  const name = file.slice(file.lastIndexOf("/") + 1);
  return is === "action"
    ? `this defines an action: move it to workflows-src/actions/${name}`
    : `this defines a workflow, and this folder is for actions: move it to workflows-src/${name}`;
}

/** Two sources with one output. macOS and Windows do not tell `CI.yml` from `ci.yml`. */
function sharedOutputs(defined: readonly DefinedSource[]): readonly DefinitionError[] {
  const first = new Map<string, Source>();
  return defined.flatMap(({ source }) => {
    const key = source.output.toLowerCase();
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, source);
      return [];
    }
    const message = `${other.file} becomes ${other.output} too: remove one of the two sources, or rename it`;
    return [new DefinitionError(message, pointAt({ file: source.file }))];
  });
}

/** `export { default } from "./ci.ts"`: handles would not know which of the two files they name. */
function sharedDefinitions(defined: readonly DefinedSource[]): readonly DefinitionError[] {
  const first = new Map<unknown, Source>();
  return defined.flatMap(({ source, definition }) => {
    const other = first.get(definition.call);
    if (other === undefined) {
      first.set(definition.call, source);
      return [];
    }
    const message = `this exports the ${source.kind} of ${other.file} again: write one of its own, or none`;
    return [new DefinitionError(message, pointAt({ file: source.file }))];
  });
}

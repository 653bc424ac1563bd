import { DefinitionError } from "../ir/errors.ts";
import type { BuilderCall } from "../ir/origin.ts";
import type { Location } from "../ir/span.ts";

/** A mistake in a definition, at the builder call that is nearest. */
export function definitionError(message: string, call?: BuilderCall): DefinitionError {
  return new DefinitionError(message, call && locationOf(call));
}

/** Where a builder call stands, or undefined where the runtime could not tell. */
export function locationOf(call: BuilderCall): Location | undefined {
  const place = call.place();
  if (place === undefined) return undefined;
  const { file, line, column } = place;
  return { file, startLine: line, startColumn: column, endLine: line, endColumn: column };
}

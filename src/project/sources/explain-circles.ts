import { DefinitionError, type UserError } from "../../ir/errors.ts";

/**
 * Says of values that are undefined where modules import each other in a circle: one of them runs first, and finds nothing of the
 * other yet.
 *
 * @param imports by file: the files that it imports
 */
export function explainCircles(
  errors: readonly UserError[],
  imports: ReadonlyMap<string, readonly string[]>,
): readonly UserError[] {
  return errors.map((error) => {
    const { message, location } = error;
    if (location === undefined || !UNDEFINED.test(message)) return error;
    const other = neighbourInCircle(location.file, imports);
    if (other === undefined) return error;
    const hint = `${location.file} and ${other} import each other, so one of them runs before the other has said anything: move what both use into a module of its own`;
    return new DefinitionError(`${message}; ${hint}`, location);
  });
}

/** In our own words, and in V8's: bundled modules that wait for each other see `undefined`, or what may not be touched yet. */
const UNDEFINED = / found undefined\b|\bof undefined\b|\bis not (?:iterable|a function)\b|before initialization\b/;

/** A file that this one imports and that leads back to it. */
function neighbourInCircle(file: string, imports: ReadonlyMap<string, readonly string[]>): string | undefined {
  return imports.get(file)?.find((other) => other !== file && leadsTo(other, file, imports, new Set()));
}

function leadsTo(
  from: string,
  to: string,
  imports: ReadonlyMap<string, readonly string[]>,
  seen: Set<string>,
): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  return (imports.get(from) ?? []).some((next) => leadsTo(next, to, imports, seen));
}

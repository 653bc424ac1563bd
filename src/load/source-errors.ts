import type { Message } from "esbuild";
import { inspect } from "node:util";
import { DefinitionError, UserError } from "../ir/errors.ts";
import type { SourcePlace } from "../ir/origin.ts";
import type { Location } from "../ir/span.ts";
import type { SourcePositions } from "./source-positions.ts";

/** What esbuild found, as our error: its columns are bytes from 0, ours UTF-16 code units from 1. */
export function buildError({ text, location }: Message): DefinitionError {
  if (location === null) return new DefinitionError(text);
  const { file, line, lineText } = location;
  const units = (bytes: number): number => Buffer.from(lineText).subarray(0, bytes).toString().length;
  const start = units(location.column) + 1;
  const end = units(location.column + location.length) + 1;
  return new DefinitionError(sentence(text), {
    file,
    startLine: line,
    startColumn: start,
    endLine: line,
    endColumn: end,
  });
}

function sentence(text: string): string {
  const resolve = /^Could not resolve (".*")$/.exec(text);
  if (resolve !== null) return `cannot find ${resolve[1]}`;
  // Control characters, and what is no UTF-8: esbuild shows it so.
  const hint = /"\\x[0-9a-f]{2}"/i.test(text) ? ": is this a text, in UTF-8?" : "";
  return text.charAt(0).toLowerCase() + text.slice(1) + hint;
}

/** What a source threw while it ran; `otherwise` is its place where the stack does not lead into a source. */
export function thrownError(thrown: unknown, otherwise: Location | undefined, positions: SourcePositions): UserError {
  const location = thrownAt(thrown, positions) ?? otherwise;
  return new DefinitionError(positions.mapText(describeThrown(thrown)), location);
}

/** `TypeError: a is no function`, `threw "a"`, `threw { code: 1 }` */
export function describeThrown(thrown: unknown): string {
  if (!(thrown instanceof Error)) return `threw ${describe(thrown)}`;
  if (isUserError(thrown)) return thrown.message;
  // `require` of what only `import` loads; the bundle names flowkeep by its address.
  if (/^Cannot find module '(?:file:[^']*|flowkeep)'/.test(thrown.message)) return NO_REQUIRE;
  return `${thrown.name}: ${thrown.message}`;
}

const NO_REQUIRE =
  '`require` cannot load flowkeep, which is an ES module: write `import { job, run, workflow } from "flowkeep"`, and `export default` in place of `module.exports`';

/** The same where a source may not be to blame: then undefined, and the error is flowkeep's own. */
export function sourceError(thrown: unknown, positions: SourcePositions): UserError | undefined {
  const location = thrownAt(thrown, positions);
  const isTheirs = location !== undefined || !(thrown instanceof Error) || isUserError(thrown);
  return isTheirs ? thrownError(thrown, location, positions) : undefined;
}

function thrownAt(thrown: unknown, positions: SourcePositions): Location | undefined {
  if (!(thrown instanceof Error)) return undefined;
  if (isUserError(thrown) && thrown.location !== undefined) {
    const { file, startLine, startColumn } = thrown.location;
    return pointAt(positions.mapPlace({ file, line: startLine, column: startColumn }));
  }
  const place = positions.mapStack(thrown.stack ?? "");
  return place && pointAt(place);
}

/** A place as a location of no length; a file alone is its beginning. */
export function pointAt({ file, line = 1, column = 1 }: Partial<SourcePlace> & Pick<SourcePlace, "file">): Location {
  return { file, startLine: line, startColumn: column, endLine: line, endColumn: column };
}

// By name too: a package that sources import may bring a flowkeep of its own.
function isUserError(error: Error): error is UserError {
  return error instanceof UserError || error.name === "DefinitionError" || error.name === "UsageError";
}

function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  try {
    return inspect(value, { depth: 2, breakLength: Infinity, customInspect: false }).slice(0, 300);
  } catch {
    // A proxy may refuse to be looked at.
    return `a ${typeof value}`;
  }
}

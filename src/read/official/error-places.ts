import type { Scalar, Value } from "../../ir/node.ts";
import { positionAt, type Position, type SourceFile } from "../../ir/span.ts";
import type { OfficialError } from "./run-parser.ts";

/** Where an error of GitHub's parser is. */
interface OfficialPlace {
  readonly start: number;
  readonly end: number;
  /** It is about an expression whose quotes or escapes the parser took for a part of it. */
  readonly isReadRaw: boolean;
}

/**
 * Makes offsets of the parser's lines and columns. It counts lines by `\n` alone, and ends blocks behind their last line break.
 * In texts of several lines that are no blocks it miscounts: see `miscountedPlaces`.
 */
export function officialPlaces(
  { path, text }: SourceFile,
  value: Value | undefined,
): (error: OfficialError) => OfficialPlace {
  const lineStarts = lineStartsOf(text);
  const file = { path, text, lineStarts: () => lineStarts };
  const offsetOf = ({ line, column }: Position) =>
    Math.min((lineStarts[line - 1] ?? text.length) + column - 1, text.length);
  const miscounted = new Map(scalarsIn(value).flatMap((scalar) => miscountedPlaces(file, scalar)));
  return ({ start, end }) => {
    if (start === undefined) return { start: 0, end: 0, isReadRaw: false };
    const known = miscounted.get(keyOf(start));
    if (known !== undefined) return known;
    const from = offsetOf(start);
    const to = end === undefined ? from : offsetOf(end);
    return { start: from, end: from + text.slice(from, to).trimEnd().length, isReadRaw: false };
  };
}

/**
 * By the place that the parser gives for it, where each expression of a text of several lines really is: the parser takes the
 * text as it is written, quotes included, counts its lines as if it were a block, whose content begins a line below its header,
 * and the columns of its first line from its beginning (`parseScalar` in its templates/template-reader.js).
 */
function miscountedPlaces(file: SourceFile, { span, style, alias }: Scalar): [string, OfficialPlace][] {
  if (span === undefined || alias !== undefined || style === "literal" || style === "folded") return [];
  const written = file.text.slice(span.start, span.end);
  if (!written.includes("\n")) return [];
  const { line } = positionAt(file, span.start);
  const isReadRaw =
    style === "single" ? written.slice(1, -1).includes("''") : style === "double" && written.includes("\\");
  return [...written.matchAll(/\$\{\{[^]*?\}\}/g)].map(({ 0: { length }, index }) => {
    const above = written.slice(0, index).split("\n");
    const given = { line: line + above.length, column: (above.at(-1)?.length ?? 0) + 1 };
    const start = span.start + index;
    return [keyOf(given), { start, end: start + length, isReadRaw }];
  });
}

function keyOf({ line, column }: Position): string {
  return `${line}:${column}`;
}

function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function scalarsIn(value: Value | undefined): readonly Scalar[] {
  const found: Scalar[] = [];
  const collect = (value: Value): void => {
    if (value.kind === "scalar") found.push(value);
    else if (value.alias !== undefined) return;
    else if (value.kind === "sequence") value.items.forEach(collect);
    else value.entries.forEach((entry) => collect(entry.value));
  };
  if (value !== undefined) collect(value);
  return found;
}

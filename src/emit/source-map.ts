import { createHash } from "node:crypto";
import { ReadError } from "../ir/errors.ts";
import type { BuilderCall, SourcePlace } from "../ir/origin.ts";
import type { Place } from "./print-value.ts";

/** A generated file and where its nodes were defined. */
export interface MappedFile {
  /** The generated file: `.github/workflows/ci.yml`. */
  readonly path: string;
  /** The source that it was compiled from: `workflows-src/ci.ts`. */
  readonly source: string;
  readonly text: string;
  readonly places: readonly Place[];
}

/**
 * The YAML line from which on a place of the source counts, until the next entry; then line and column in the source, counted
 * from 1 (0: nobody knows), and the index in `helpers` plus 1 where it is not the file's own source.
 */
type MappedLine = readonly [yamlLine: number, line: number, column: number, helper?: number];

interface FileMap {
  readonly source: string;
  /** Of the text as it was written: a file with another digest was edited by hand. */
  readonly digest: string;
  /** Other sources whose builder calls ended up in the file. */
  readonly helpers?: readonly string[];
  readonly lines: readonly MappedLine[];
}

/** `generated/source-map.json` */
export interface SourceMap {
  readonly version: 1;
  readonly files: Readonly<Record<string, FileMap>>;
}

/**
 * The text of `generated/source-map.json`: one generated file a line, by path.
 *
 * @param mapPlace leads a place as the runtime tells it to the source, with a path from the root
 */
export function sourceMapText(files: readonly MappedFile[], mapPlace: (place: SourcePlace) => SourcePlace): string {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const lines = sorted.map((file) => `    ${JSON.stringify(file.path)}: ${JSON.stringify(mapFile(file, mapPlace))}`);
  const body = lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n  }`;
  return `{\n  "version": 1,\n  "files": ${body}\n}\n`;
}

function mapFile({ source, text, places }: MappedFile, mapPlace: (place: SourcePlace) => SourcePlace): FileMap {
  const helpers: string[] = [];
  const lines: MappedLine[] = [];
  let previous: BuilderCall | undefined;
  let lastLine = 0;
  for (const { line, node } of places) {
    const call = node.origin?.call;
    // The outermost node that begins on a line stands for it; what the same call made needs no entry of its own.
    if (call === undefined || line === lastLine || call === previous) continue;
    lines.push(mapLine(line, call.place(), source, helpers, mapPlace));
    previous = call;
    lastLine = line;
  }
  const digest = digestText(text);
  return helpers.length === 0 ? { source, digest, lines } : { source, digest, helpers, lines };
}

function digestText(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

function mapLine(
  yamlLine: number,
  place: SourcePlace | undefined,
  source: string,
  helpers: string[],
  mapPlace: (place: SourcePlace) => SourcePlace,
): MappedLine {
  if (place === undefined) return [yamlLine, 0, 0];
  const { file, line, column } = mapPlace(place);
  if (file === source) return [yamlLine, line, column];
  let helper = helpers.indexOf(file) + 1;
  if (helper === 0) helper = helpers.push(file);
  return [yamlLine, line, column, helper];
}

/** Reads `generated/source-map.json`. */
export function readSourceMap(path: string, text: string): SourceMap {
  let map: unknown;
  try {
    map = JSON.parse(text);
  } catch {
    map = undefined;
  }
  if (isSourceMap(map)) return map;
  throw new ReadError(`${path} is no source map of flowkeep: run \`npx flowkeep gen\` to write it again`);
}

/** Whether a generated file is as flowkeep wrote it; undefined where the map does not know it. */
export function isAsWritten(map: SourceMap, file: string, text: string): boolean | undefined {
  const found = Object.hasOwn(map.files, file) ? map.files[file] : undefined;
  return found && found.digest === digestText(text);
}

/** The place in the source that a line of a generated file comes from; undefined where the map does not say. */
export function findSource(map: SourceMap, file: string, line: number): SourcePlace | undefined {
  const found = Object.hasOwn(map.files, file) ? map.files[file] : undefined;
  const entry = found?.lines.findLast(([yamlLine]) => yamlLine <= line);
  if (found === undefined || entry === undefined || entry[1] === 0) return undefined;
  const [, sourceLine, column, helper] = entry;
  const source = helper === undefined ? found.source : found.helpers?.[helper - 1];
  return source === undefined ? undefined : { file: source, line: sourceLine, column };
}

function isSourceMap(value: unknown): value is SourceMap {
  if (!isObject(value) || value["version"] !== 1 || !isObject(value["files"])) return false;
  return Object.values(value["files"]).every(
    (file) =>
      isObject(file) &&
      typeof file["source"] === "string" &&
      typeof file["digest"] === "string" &&
      (file["helpers"] === undefined || isListOf(file["helpers"], (helper) => typeof helper === "string")) &&
      isListOf(file["lines"], (line) => isListOf(line, Number.isInteger) && line.length >= 3),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isListOf(value: unknown, is: (item: unknown) => boolean): value is readonly unknown[] {
  return Array.isArray(value) && value.every(is);
}

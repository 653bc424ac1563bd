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

interface FileMap {
  readonly source: string;
  /** Of the text as it was written: a file with another digest was edited by hand. */
  readonly digest: string;
  /**
   * `4:3:16 8:5:12`: from line 4 of the YAML on counts line 3, column 16 of the source, until the next entry. A fourth number is
   * the key in `helpers` of the source that it is then; a line 0 of the source: nobody knows.
   */
  readonly lines: string;
  /** Other sources whose builder calls ended up in the file. */
  readonly helpers?: Readonly<Record<string, string>>;
}

/** `generated/source-map.json` */
export interface SourceMap {
  readonly version: 1;
  readonly files: Readonly<Record<string, FileMap>>;
}

/**
 * The text of `generated/source-map.json`, by path, as prettier leaves it. The lines of a file are one text, so that a change
 * to the source is a short diff.
 *
 * @param mapPlace leads a place as the runtime tells it to the source, with a path from the root
 */
export function sourceMapText(files: readonly MappedFile[], mapPlace: (place: SourcePlace) => SourcePlace): string {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const map: SourceMap = {
    version: 1,
    files: Object.fromEntries(sorted.map((file) => [file.path, mapFile(file, mapPlace)])),
  };
  return `${JSON.stringify(map, undefined, 2)}\n`;
}

function mapFile({ source, text, places }: MappedFile, mapPlace: (place: SourcePlace) => SourcePlace): FileMap {
  const helpers: string[] = [];
  const lines: string[] = [];
  let previous: BuilderCall | undefined;
  let lastLine = 0;
  for (const { line, node } of places) {
    const call = node.origin?.call;
    // The outermost node that begins on a line stands for it; what the same call made needs no entry of its own.
    if (call === undefined || line === lastLine || call === previous) continue;
    const place = call.place();
    lines.push(`${line}:${place === undefined ? "0:0" : printPlace(mapPlace(place), source, helpers)}`);
    previous = call;
    lastLine = line;
  }
  const map = { source, digest: digestText(text), lines: lines.join(" ") };
  return helpers.length === 0
    ? map
    : { ...map, helpers: Object.fromEntries(helpers.map((helper, at) => [at + 1, helper])) };
}

function printPlace({ file, line, column }: SourcePlace, source: string, helpers: string[]): string {
  if (file === source) return `${line}:${column}`;
  let helper = helpers.indexOf(file) + 1;
  if (helper === 0) helper = helpers.push(file);
  return `${line}:${column}:${helper}`;
}

function digestText(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
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
  const entry = found?.lines
    .split(" ")
    .map((text) => text.split(":").map(Number))
    .findLast(([yamlLine = 0]) => yamlLine <= line);
  const [, sourceLine = 0, column = 0, helper] = entry ?? [];
  if (found === undefined || sourceLine === 0) return undefined;
  const source = helper === undefined ? found.source : found.helpers?.[helper];
  return source === undefined ? undefined : { file: source, line: sourceLine, column };
}

function isSourceMap(value: unknown): value is SourceMap {
  if (!isObject(value) || value["version"] !== 1 || !isObject(value["files"])) return false;
  return Object.values(value["files"]).every(
    (file) =>
      isObject(file) &&
      typeof file["source"] === "string" &&
      typeof file["digest"] === "string" &&
      (file["helpers"] === undefined ||
        (isObject(file["helpers"]) && Object.values(file["helpers"]).every((helper) => typeof helper === "string"))) &&
      typeof file["lines"] === "string" &&
      LINES.test(file["lines"]),
  );
}

const LINES = /^(?:\d+:\d+:\d+(?::\d+)?(?: |$))*$/;

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

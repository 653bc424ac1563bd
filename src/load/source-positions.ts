import type { TraceMap } from "@jridgewell/trace-mapping";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseFrame } from "../define/call-site.ts";
import type { SourcePlace } from "../ir/origin.ts";

/** Leads from positions in a bundle, which is what the runtime knows, to the TypeScript that was written. */
export interface SourcePositions {
  /** A place as the runtime tells it, as a path from the root with TypeScript's line and column. */
  readonly mapPlace: (place: SourcePlace) => SourcePlace;
  /** The source of a position in the bundle. */
  readonly original: (line: number, column: number) => SourcePlace | undefined;
  /** A message in which positions of the bundle are named. */
  readonly mapText: (message: string) => string;
  /** The first place of a V8 stack that lies in a source. */
  readonly mapStack: (stack: string) => SourcePlace | undefined;
}

type TraceMapping = typeof import("@jridgewell/trace-mapping");

/** Positions in the bundle at `url`. The map is decoded when a position is first asked for. */
export function sourcePositions(root: string, url: string, map: string, tracing: TraceMapping): SourcePositions {
  let trace: TraceMap | undefined;
  const original = (line: number, column: number): SourcePlace | undefined => {
    trace ??= new tracing.TraceMap(map);
    const found = tracing.originalPositionFor(trace, { line, column: column - 1 });
    if (found.source === null) return undefined;
    return { file: decodeURIComponent(found.source), line: found.line, column: found.column + 1 };
  };
  const mapPlace = (place: SourcePlace): SourcePlace => {
    if (isBundle(place.file)) return original(place.line, place.column) ?? place;
    return { ...place, file: fromRoot(place.file) };
  };
  const path = fileURLToPath(url);
  const inText = new RegExp(`${escapeRegExp(url)}:(\\d+)(?::(\\d+))?`, "g");
  // A frame's file may have a function's name before it when that name holds brackets; test runners report a path for the URL.
  const isBundle = (file: string): boolean => file.endsWith(url) || file.endsWith(path);
  const fromRoot = (file: string): string =>
    file.startsWith("file:") ? relative(root, fileURLToPath(file)).replaceAll("\\", "/") : file;
  return {
    mapPlace,
    original,
    mapText: (message) =>
      message.includes(url)
        ? message.replace(inText, (_, line: string, column?: string) => {
            // Without a column, the end of the line: what comes before it maps to the same line of the source.
            const place = original(Number(line), column === undefined ? Number.MAX_SAFE_INTEGER : Number(column));
            return place === undefined ? "a source" : `${place.file}:${place.line}`;
          })
        : message,
    mapStack(stack) {
      for (const line of stack.split("\n")) {
        const place = parseFrame(line);
        if (place !== undefined && isBundle(place.file)) {
          const found = original(place.line, place.column);
          if (found !== undefined) return found;
        }
      }
      return undefined;
    },
  };
}

export function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

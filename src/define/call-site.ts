import type { BuilderCall, SourcePlace } from "../ir/origin.ts";

/**
 * Remembers where a builder was called. Must be called by the factory that the public builder calls: the frame looked for is
 * the caller of the caller of `factory`.
 *
 * V8 formats a captured stack only when it is read, so this costs about a microsecond.
 */
export function captureCall(builder: string, factory: (...args: never) => unknown): BuilderCall {
  const captured: { stack?: string } = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 2;
  Error.captureStackTrace(captured, factory);
  Error.stackTraceLimit = limit;
  let place: SourcePlace | undefined | null = null;
  return {
    builder,
    place() {
      if (place === null) place = parseFrame(captured.stack?.split("\n").at(-1) ?? "");
      return place;
    },
  };
}

// "    at name (file:///a/b.ts:1:2)", "    at file:///a/b.ts:1:2", "    at async /a/b.ts:1:2"
const FRAME = /^\s+at (?:.*? \()?(?:async )?(.+?):(\d+):(\d+)\)?$/;

/** The place that one line of a V8 stack names. */
export function parseFrame(line: string): SourcePlace | undefined {
  const parts = FRAME.exec(line);
  if (parts === null) return undefined;
  const [, file = "", row, column] = parts;
  return { file, line: Number(row), column: Number(column) };
}

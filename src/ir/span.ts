/** A text that was read: its path as users know it, and where its lines begin. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** Offsets at which lines begin; made when a position is first asked for. */
  readonly lineStarts: () => readonly number[];
}

/** A piece of a source: offsets are UTF-16 code units, `end` is exclusive. */
export interface Span {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** A place as people read it: line and column count from 1, columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A span as it is printed in reports. */
export interface Location {
  readonly file: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/**
 * Makes the file that spans point into.
 *
 * @example
 * const file = sourceFile(".github/workflows/ci.yml", "on: push\n");
 * positionAt(file, 4); // { line: 1, column: 5 }
 */
export function sourceFile(path: string, text: string): SourceFile {
  let starts: readonly number[] | undefined;
  return { path, text, lineStarts: () => (starts ??= findLineStarts(text)) };
}

/** The position of an offset; an offset past the end is the end. */
export function positionAt(file: SourceFile, offset: number): Position {
  const starts = file.lineStarts();
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

/** The span's lines and columns. */
export function locate(span: Span): Location {
  const start = positionAt(span.file, span.start);
  const end = positionAt(span.file, span.end);
  return {
    file: span.file.path,
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
}

function findLineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) starts.push(at + 1);
    // YAML counts a lone carriage return as a line break, and CRLF as one: yaml.org/spec/1.2.2 §5.4
    else if (code === 13 && text.charCodeAt(at + 1) !== 10) starts.push(at + 1);
  }
  return starts;
}

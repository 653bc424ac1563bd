import type { Scalar } from "./node.ts";
import type { Span } from "./span.ts";

/** A run of a scalar's text and the source that it was read from. They are equal, unless their lengths differ. */
interface Piece {
  /** Offset in the text. */
  readonly at: number;
  readonly length: number;
  readonly source: number;
  readonly sourceLength: number;
}

/** Memory only: a scalar never changes. */
const known = new WeakMap<Scalar, readonly Piece[]>();

/**
 * Where a part of a scalar's text stands in its file: the inverse of what YAML does with quotes, escapes, folded lines and the
 * indentation of blocks. An alias has one place, its `*name`.
 *
 * @returns undefined for a scalar that was not read
 * @example
 * // run: |
 * //   echo ${{ github.actor }}
 * spanInScalar(run, 5, 24); // the place of `${{ github.actor }}`
 */
export function spanInScalar(scalar: Scalar, from: number, to: number): Span | undefined {
  const { span } = scalar;
  if (span === undefined) return undefined;
  const pieces = piecesOf(scalar, span);
  const first = pieceAt(pieces, from);
  const last = pieceAt(pieces, Math.max(from, to - 1));
  if (first === undefined || last === undefined)
    return pieces.length > 0 && from >= lengthOf(pieces) ? endOf(span) : span;
  const start = isEqual(first) ? first.source + (from - first.at) : first.source;
  if (to <= from) return { file: span.file, start, end: start };
  const end = isEqual(last) ? last.source + (to - last.at) : last.source + last.sourceLength;
  return { file: span.file, start, end };
}

function piecesOf(scalar: Scalar, span: Span): readonly Piece[] {
  let pieces = known.get(scalar);
  if (pieces === undefined) {
    pieces = scalar.alias === undefined ? new Decoder(span).decode(scalar) : [];
    known.set(scalar, pieces);
  }
  return pieces;
}

function pieceAt(pieces: readonly Piece[], offset: number): Piece | undefined {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle]?.at ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const piece = pieces[low];
  return piece !== undefined && offset < piece.at + piece.length ? piece : undefined;
}

function isEqual({ length, sourceLength }: Piece): boolean {
  return length === sourceLength;
}

function lengthOf(pieces: readonly Piece[]): number {
  const last = pieces.at(-1);
  return last === undefined ? 0 : last.at + last.length;
}

function endOf({ file, end }: Span): Span {
  return { file, start: end, end };
}

const ESCAPES: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  e: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  N: "\u0085",
  _: "\u00a0",
  L: "\u2028",
  P: "\u2029",
  " ": " ",
  '"': '"',
  "/": "/",
  "\\": "\\",
  "\t": "\t",
};
const HEX_LENGTH: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Reads a scalar's source once more, this time for the places. Source of the rules: yaml.org/spec/1.2.2, chapters 7 and 8. */
class Decoder {
  readonly #pieces: Piece[] = [];
  readonly #source: string;
  readonly #start: number;
  readonly #end: number;
  #text = "";

  constructor({ file, start, end }: Span) {
    this.#source = file.text;
    this.#start = start;
    this.#end = end;
  }

  /** Empty where the source does not say what the text says, as in `3.10`, whose text is `3.1`. */
  decode({ text, style }: Scalar): readonly Piece[] {
    switch (style) {
      case "double":
        this.#double(this.#start + 1, this.#end - 1);
        break;
      case "single":
        this.#lines(this.#start + 1, this.#end - 1, true);
        break;
      case "literal":
      case "folded":
        this.#block(text);
        break;
      default:
        this.#lines(this.#start, this.#end, false);
    }
    return this.#text === text ? this.#pieces : [];
  }

  /** Plain and single-quoted: line breaks and the spaces around them are folded. */
  #lines(from: number, to: number, isQuoted: boolean): void {
    let at = from;
    while (at < to) {
      const found = this.#source.indexOf("\n", at);
      const lineEnd = found < 0 || found >= to ? to : found;
      const contentEnd = lineEnd === to ? to : this.#trimBack(at, lineEnd);
      this.#unquoted(at, contentEnd, isQuoted);
      if (lineEnd === to) return;
      at = this.#fold(contentEnd, lineEnd, to);
    }
  }

  #unquoted(from: number, to: number, isQuoted: boolean): void {
    let at = from;
    for (let quote = isQuoted ? this.#source.indexOf("''", at) : -1; quote >= 0 && quote < to;) {
      this.#copy(at, quote);
      this.#replace("'", quote, quote + 2);
      at = quote + 2;
      quote = this.#source.indexOf("''", at);
    }
    this.#copy(at, to);
  }

  #double(from: number, to: number): void {
    let at = from;
    let copied = from;
    while (at < to) {
      const code = this.#source.charCodeAt(at);
      if (code === BACKSLASH) {
        this.#copy(copied, at);
        at = copied = this.#escape(at, to);
      } else if (code === NEWLINE) {
        const contentEnd = this.#trimBack(copied, at);
        this.#copy(copied, contentEnd);
        at = copied = this.#fold(contentEnd, at, to);
      } else at++;
    }
    this.#copy(copied, to);
  }

  /** @returns where the source goes on */
  #escape(at: number, to: number): number {
    const letter = this.#source[at + 1] ?? "";
    const hex = HEX_LENGTH[letter];
    if (hex !== undefined) {
      const end = at + 2 + hex;
      const code = parseInt(this.#source.slice(at + 2, end), 16);
      this.#replace(code <= 0x10ffff ? String.fromCodePoint(code) : "", at, end);
      return end;
    }
    if (letter === "\n" || letter === "\r") {
      let next = at + (letter === "\r" ? 3 : 2);
      while (next < to && isBlank(this.#source.charCodeAt(next))) next++;
      return next;
    }
    this.#replace(ESCAPES[letter] ?? `\\${letter}`, at, at + 2);
    return at + 2;
  }

  #trimBack(from: number, lineEnd: number): number {
    let at = lineEnd;
    if (at > from && this.#source[at - 1] === "\r") at--;
    while (at > from && isBlank(this.#source.charCodeAt(at - 1))) at--;
    return at;
  }

  /** One line break is a space, each further one a line break. @returns where the next line's content begins */
  #fold(contentEnd: number, lineEnd: number, to: number): number {
    let breaks = 0;
    let at = lineEnd;
    for (; at < to; at++) {
      const code = this.#source.charCodeAt(at);
      if (code === NEWLINE) breaks++;
      else if (!isBlank(code) && !(code === RETURN && this.#source.charCodeAt(at + 1) === NEWLINE)) break;
    }
    this.#replace(breaks === 1 ? " " : "\n".repeat(breaks - 1), contentEnd, at);
    return at;
  }

  /** Lines up the block's lines with those of the text: what stands between them is indentation, breaks and folding. */
  #block(text: string): void {
    let line = this.#source.indexOf("\n", this.#start) + 1;
    if (line === 0 || text === "") return;
    const indent = this.#indentOf(text, line);
    let contentEnd = line;
    while (this.#text.length < text.length) {
      const found = this.#source.indexOf("\n", line);
      const lineEnd = found < 0 ? this.#source.length : found;
      const end = this.#source[lineEnd - 1] === "\r" && lineEnd > line ? lineEnd - 1 : lineEnd;
      const start = Math.min(line + indent, end);
      const gap = gapBefore(text, this.#text.length, this.#source.slice(start, end));
      if (gap !== undefined && start < end) {
        if (gap > 0) this.#replace(text.slice(this.#text.length, this.#text.length + gap), contentEnd, start);
        this.#copy(start, end);
        contentEnd = end;
      }
      if (found < 0 || lineEnd >= this.#end) {
        this.#replace(text.slice(this.#text.length), contentEnd, found < 0 ? lineEnd : lineEnd + 1);
        return;
      }
      line = lineEnd + 1;
    }
  }

  /** How many spaces YAML takes off: what the first line with content has more of them than the text. */
  #indentOf(text: string, firstLine: number): number {
    const content = /[^ \r\n]/g;
    content.lastIndex = firstLine;
    const at = content.exec(this.#source)?.index ?? firstLine;
    const inText = text.search(/[^ \r\n]/);
    const spacesInText = inText < 0 ? 0 : inText - (text.lastIndexOf("\n", inText) + 1);
    return at - (this.#source.lastIndexOf("\n", at) + 1) - spacesInText;
  }

  #copy(from: number, to: number): void {
    if (to > from) this.#replace(this.#source.slice(from, to), from, to);
  }

  #replace(text: string, from: number, to: number): void {
    this.#pieces.push({ at: this.#text.length, length: text.length, source: from, sourceLength: to - from });
    this.#text += text;
  }
}

const BACKSLASH = 92;
const NEWLINE = 10;
const RETURN = 13;

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** The breaks, or the one space that stands for a break, between an offset of the text and a line's content behind it. */
function gapBefore(text: string, offset: number, content: string): number | undefined {
  let at = offset;
  while (text[at] === "\n") at++;
  if (at === offset && text[at] === " " && !isBlank(content.charCodeAt(0))) at++;
  return text.startsWith(content, at) ? at - offset : undefined;
}

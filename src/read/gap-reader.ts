import type { Comment } from "./attach-comments.ts";
import { Doubt } from "./doubt.ts";

/**
 * Reads what stands between the scalars of a text: spaces, comments, indicators. `js-yaml` says nothing about it, and has
 * already seen that it is right; what is not as plain as expected is a doubt.
 */
export class GapReader {
  readonly comments: Comment[] = [];
  /** Spaces, line breaks, comments and indicators so far, as the `yaml` package counts them. */
  pieces = 0;
  /** What is before has been read. */
  at = 0;
  /** Where the line begins that `at` stands in. */
  lineStart = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** Spaces, line breaks and comments. */
  blank(): void {
    const text = this.#text;
    for (;;) {
      const code = text.charCodeAt(this.at);
      if (code === SPACE) this.spaces();
      else if (code === NEWLINE) {
        this.pieces++;
        this.lineStart = ++this.at;
      } else if (code === HASH) this.#comment();
      else return;
    }
  }

  /** Spaces of one line; what follows an indicator on its line stands behind them. */
  spaces(): number {
    const text = this.#text;
    this.pieces++;
    while (text.charCodeAt(this.at) === SPACE) this.at++;
    return this.at;
  }

  /** Goes on behind a scalar. */
  past(end: number, hasLines: boolean): void {
    this.at = end;
    if (hasLines) this.lineStart = this.#text.lastIndexOf("\n", end - 1) + 1;
  }

  /** Blank up to where something begins. */
  to(offset: number): void {
    this.blank();
    if (this.at !== offset) throw new Doubt();
  }

  indicator(code: number): void {
    if (this.#text.charCodeAt(this.at) !== code) throw new Doubt();
    this.at++;
    this.pieces++;
  }

  /** `:` behind a key; false where there is none. */
  colon(): boolean {
    if (this.#text.charCodeAt(this.spaces()) !== COLON) return false;
    this.at++;
    this.pieces++;
    return true;
  }

  /** `,` behind an item, or nothing before the end of a flow collection. */
  comma(): void {
    this.blank();
    const code = this.#text.charCodeAt(this.at);
    if (code === COMMA) this.indicator(COMMA);
    else if (code !== CLOSING_BRACKET && code !== CLOSING_BRACE) throw new Doubt();
  }

  /** @returns where the flow collection ends */
  closing(code: number): number {
    this.blank();
    this.indicator(code);
    return this.at;
  }

  /** Nothing but a comment behind a value on its line. */
  lineEnd(): void {
    // A block scalar has ended its line.
    if (this.#text.charCodeAt(this.at - 1) === NEWLINE) return;
    const code = this.#text.charCodeAt(this.spaces());
    if (code !== NEWLINE && code !== HASH && this.at < this.#text.length) throw new Doubt();
  }

  /** `&name`, which its node follows. */
  anchor({ anchorStart, anchorEnd }: { readonly anchorStart: number; readonly anchorEnd: number }): string {
    this.to(anchorStart - 1);
    this.at = anchorEnd;
    const name = this.#text.slice(anchorStart, anchorEnd);
    if (!/^[\w-]+$/.test(name)) throw new Doubt();
    return name;
  }

  /** `|-` and the like up to the first line of a block scalar. @returns where it begins */
  blockHeader(firstLine: number): number {
    this.blank();
    const start = this.at;
    const header = this.#text.slice(start, firstLine);
    const hash = header.indexOf("#");
    if (!/^[|>][-+1-9]{0,2} *(?: #.*)?\n$/.test(header)) throw new Doubt();
    if (hash >= 0) this.comments.push({ start: start + hash, end: firstLine - 1 });
    return start;
  }

  /** `---` on a line of its own. Behind spaces it is a text, which `js-yaml` overlooks. */
  documentStart(): void {
    const text = this.#text;
    if (this.at !== this.lineStart || !text.startsWith("---", this.at)) throw new Doubt();
    this.at += 3;
    const code = text.charCodeAt(this.at);
    if (code !== SPACE && code !== NEWLINE) throw new Doubt();
  }

  #comment(): void {
    const text = this.#text;
    const { at } = this;
    const before = text.charCodeAt(at - 1);
    if (at > 0 && before !== SPACE && before !== NEWLINE) throw new Doubt();
    const found = text.indexOf("\n", at);
    const end = found < 0 ? text.length : found;
    this.comments.push({ start: at, end });
    this.at = end;
    this.pieces++;
  }
}

const NEWLINE = 10;
const SPACE = 32;
const HASH = 35;
const COMMA = 44;
const COLON = 58;
const CLOSING_BRACKET = 93;
const CLOSING_BRACE = 125;

import { fits } from "./columns.ts";
import { printComment, splitLines, type CommentLines } from "./comment-lines.ts";

/** Where blank lines may part comments above a node from each other, and the last one from the node. */
export type Parted = "anywhere" | "between comments" | "nowhere";

/** Builds the text line by line, and puts blank lines and comments where prettier leaves them. */
export class LineWriter {
  text = "";
  /** The line that is being written, counted from 1. */
  line: number;
  /** The last line that is no comment. */
  #last: "line" | "line with a comment" | "block" = "line";
  /** A block scalar has just ended that would take a blank line for its own. */
  #keepsBlankLines = false;
  /** A comment for the end of the line that is being written. */
  #trailing: string | undefined;

  constructor(firstLine: number) {
    this.line = firstLine;
  }

  get hasTrailing(): boolean {
    return this.#trailing !== undefined;
  }

  /** Notes a comment for the end of this line. A line can have those of a key, its value and the item around them. */
  trail(comment: string | undefined): void {
    if (comment === undefined) return;
    const text = printComment(comment);
    this.#trailing = this.#trailing === undefined ? text : `${text} ${this.#trailing}`;
  }

  /** Whether a line ends within prettier's width, with the comment that waits for its end. */
  fits(line: string): boolean {
    return fits(this.#trailing === undefined ? line : `${line} ${this.#trailing}`, 0);
  }

  endLine(text: string): void {
    const end = this.#trailing === undefined ? "\n" : ` ${this.#trailing}\n`;
    this.#last = this.#trailing === undefined ? "line" : "line with a comment";
    this.#trailing = undefined;
    this.#write(text + end);
  }

  /** Goes to the next line; a comment waits for the end of that one. */
  breakLine(text: string, indent: string): void {
    this.#write(`${text}\n`);
    this.text += indent;
  }

  /** A block scalar: its header, which ends the line, and its lines. */
  block(header: string, lines: string, keepsBlankLines: boolean): void {
    this.endLine(header);
    this.#write(lines);
    this.#last = "block";
    this.#keepsBlankLines = keepsBlankLines;
  }

  /** Lines above a node: never two blank ones, none at the head of a block, and none behind comments where `parted` forbids. */
  above(lines: CommentLines, indent: string, atHead: boolean, parted: Parted): void {
    let mayBreak = !atHead;
    let blank = false;
    for (const line of splitLines(lines)) {
      if (line !== null) {
        if (blank && mayBreak) this.#blankLine();
        this.#write(`${indent}${printComment(line)}\n`);
        mayBreak = parted !== "nowhere";
      }
      blank = line === null;
    }
    const isBehindComment = lines.some((line) => line !== null);
    if (blank && mayBreak && (!isBehindComment || parted === "anywhere")) this.#blankLine();
  }

  /** Comments behind the last entry of a collection. Behind a line with a comment prettier would double a blank line. */
  end(lines: CommentLines, indent: string): void {
    let blank = false;
    let mayBreak = this.#last !== "line with a comment";
    for (const line of splitLines(lines)) {
      if (line !== null) {
        if (blank && mayBreak) this.#blankLine();
        this.#write(`${indent}${printComment(line)}\n`);
        mayBreak = true;
      }
      blank = line === null;
    }
  }

  /** Comments at the file's end, where prettier wants a blank line behind a block scalar. */
  endFile(lines: CommentLines): void {
    const isComment = (line: string | null) => line !== null;
    this.end(this.#last === "block" && lines.some(isComment) ? [null, ...lines] : lines, "");
  }

  #blankLine(): void {
    if (!this.#keepsBlankLines) this.#write("\n");
  }

  #write(text: string): void {
    this.text += text;
    this.#keepsBlankLines = false;
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) this.line++;
  }
}

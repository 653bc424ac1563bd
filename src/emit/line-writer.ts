import { fits } from "./columns.ts";
import { printComment, splitLines, type CommentLines } from "./comment-lines.ts";

/** Where blank lines may part comments above a node from each other, and the last one from the node. */
export type Parted = "anywhere" | "between comments" | "nowhere";

/** Builds the text line by line, and puts blank lines and comments where prettier leaves them. */
export class LineWriter {
  /** Joined at the end. */
  readonly #parts: string[] = [];
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

  get text(): string {
    return this.#parts.join("");
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

  /** Adds to the line. */
  add(text: string): void {
    this.#parts.push(text);
  }

  /** Ends the line, with the comment that waits for it. */
  endLine(): void {
    if (this.#trailing === undefined) {
      this.#parts.push("\n");
      this.#last = "line";
    } else {
      this.#parts.push(" ", this.#trailing, "\n");
      this.#last = "line with a comment";
      this.#trailing = undefined;
    }
    this.#keepsBlankLines = false;
    this.line++;
  }

  /** Goes to the next line; a comment waits for the end of that one. */
  breakLine(indent: string): void {
    this.#parts.push("\n", indent);
    this.line++;
  }

  /** The lines of a block scalar, below its header. */
  block(lines: string, keepsBlankLines: boolean): void {
    this.endLine();
    this.#parts.push(lines);
    this.countLines(lines);
    this.#last = "block";
    this.#keepsBlankLines = keepsBlankLines;
  }

  /** Counts the line breaks of a text that has been added. */
  countLines(text: string): void {
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) this.line++;
  }

  /** Lines above a node: never two blank ones, none at the head of a block, and none behind comments where `parted` forbids. */
  above(lines: CommentLines, indent: string, atHead: boolean, parted: Parted): void {
    let mayBreak = !atHead;
    let blank = false;
    for (const line of splitLines(lines)) {
      if (line !== null) {
        if (blank && mayBreak) this.#blankLine();
        this.#comment(indent, line);
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
        this.#comment(indent, line);
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

  #comment(indent: string, text: string): void {
    this.#parts.push(indent, printComment(text), "\n");
    this.#keepsBlankLines = false;
    this.line++;
  }

  #blankLine(): void {
    if (this.#keepsBlankLines) return;
    this.#parts.push("\n");
    this.line++;
  }
}

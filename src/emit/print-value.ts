import { firstDifference } from "../ir/compare.ts";
import type { Node } from "../ir/any-node.ts";
import type { Scalar } from "../ir/node.ts";
import { linesAbove, printComment, splitLines, type CommentLines } from "./comment-lines.ts";
import { entriesOfAny, type KeyedNode } from "./entries.ts";
import { fitsLiteral, keepsBlankLines, literalHeader, literalLines } from "./literal-block.ts";
import { fits, fitsFlow, printFlow, type FlowWords } from "./print-flow.ts";
import { printScalar, printString, type Context } from "./print-scalar.ts";
import { LONE_SURROGATE, traitsOf } from "./text-traits.ts";
import { refuseKey, refuseText } from "./unprintable.ts";

/** A node and the line it begins on, counted from 1. */
export interface Place {
  readonly line: number;
  readonly node: Node;
}

export interface Printed {
  readonly text: string;
  readonly places: readonly Place[];
}

export interface PrintOptions {
  /** The line of the file that the text begins on. */
  readonly firstLine?: number;
  /** Puts blank lines where nobody chose any: between jobs, and between top-level keys of several lines. */
  readonly separate?: boolean;
}

/**
 * Prints a node and all below it as YAML: the author's keys in the author's order, block style but where `flow` says
 * otherwise, no line ever folded. The text is what prettier would write.
 */
export function printValue(node: Node, options: PrintOptions = {}): Printed {
  const printer = new Printer(node, options);
  printer.file();
  return { text: printer.text, places: printer.places };
}

/** An implicit key may take 1,024 characters: yaml.org/spec/1.2.2 §7.4.2 */
const LONGEST_KEY = 1024;

class Printer {
  text = "";
  readonly places: Place[] = [];
  readonly #root: Node;
  readonly #separate: boolean;
  readonly #anchored = new Map<string, Node>();
  readonly #words: FlowWords = {
    key: (key) => this.#key(key, "flow"),
    scalar: (node) => this.#anchor(node) + this.#scalar(node, "flow"),
    alias: (node) => this.#alias(node),
  };
  #line: number;
  /** The block that was printed last would take a blank line for its own. */
  #keepsBlankLines = false;
  /** A comment for the end of the line that is being written. */
  #trailing: string | undefined;

  constructor(root: Node, options: PrintOptions) {
    this.#root = root;
    this.#line = options.firstLine ?? 1;
    this.#separate = options.separate ?? false;
  }

  file(): void {
    const root = this.#root;
    this.#above(root.comments?.before, "", true, false);
    this.#place(root);
    const line = this.#rootLine(root);
    if (line !== undefined) {
      this.#trail(root.comments?.trailing);
      this.#endLine(line);
      this.#end(root.comments?.end, "");
    } else if (root.kind === "sequence") this.#sequence(root, "", true);
    else if (root.kind !== "scalar") this.#mapping(root, "", true, false);
  }

  /** A root that is not in block style. */
  #rootLine(root: Node): string | undefined {
    if (root.kind === "scalar") return this.#scalar(root, "block");
    if (isEmpty(root)) return root.kind === "sequence" ? "[]" : "{}";
    return this.#printsFlow(root) ? printFlow(root, this.#words, 0, 0) : undefined;
  }

  #mapping(node: KeyedNode, indent: string, last: boolean, inline: boolean, jobs = false): void {
    const entries = entriesOfAny(node);
    const atTop = indent === "" && node === this.#root;
    let before = 0;
    for (let at = 0; at < entries.length; at++) {
      const entry = entries[at];
      if (entry === undefined) continue;
      const { key, value } = entry;
      const isLast = last && at === entries.length - 1;
      if (at > 0 || !inline) {
        const separated =
          this.#separate && at > 0 && (jobs || (atTop && (this.#line - before > 1 || takesLines(value))));
        this.#aboveNode(key, value, indent, at === 0, isLast, separated);
        this.text += indent;
      }
      before = this.#line;
      const name = atTop && key.value === "on" ? "on" : this.#key(key, "block");
      this.text += `${name}:`;
      this.#place(value);
      this.#trail(key.comments?.trailing);
      this.#behind(value, name, indent, isLast, atTop && key.text === "jobs");
    }
    this.#end(node.comments?.end, indent);
  }

  #sequence(node: Node & { readonly kind: "sequence" }, indent: string, last: boolean, inline = false): void {
    const items = node.items as readonly Node[];
    for (let at = 0; at < items.length; at++) {
      const item = items[at];
      if (item === undefined) continue;
      const isLast = last && at === items.length - 1;
      if (at > 0 || !inline) {
        this.#aboveNode(undefined, item, indent, at === 0, isLast, false);
        this.text += indent;
      }
      this.text += "-";
      this.#place(item);
      this.#behind(item, undefined, indent, isLast);
    }
    this.#end(node.comments?.end, indent);
  }

  /** What stands behind `key:` or `-`, to the end of its last line. */
  #behind(node: Node, name: string | undefined, indent: string, last: boolean, jobs = false): void {
    this.#trail(node.comments?.trailing);
    const alias = this.#alias(node);
    if (alias !== undefined) return this.#endLine(` ${alias}`);
    const anchor = this.#anchor(node);
    if (node.kind === "scalar") return this.#scalarBehind(node, anchor, indent);
    if (isEmpty(node)) return this.#emptyBehind(node, anchor, name, indent);
    if (this.#printsFlow(node) && this.#flowBehind(node, anchor, name, indent)) return;

    const inner = `${indent}  `;
    // `- name: …`: the first key of an item stands on the item's line
    const inline = name === undefined && anchor === "";
    if (inline) this.text += " ";
    else this.#endLine(anchor === "" ? "" : ` ${anchor.trimEnd()}`);
    if (node.kind === "sequence") this.#sequence(node, inner, last, inline);
    else this.#mapping(node, inner, last, inline, jobs);
  }

  #scalarBehind(node: Scalar, anchor: string, indent: string): void {
    const { value } = node;
    if (typeof value === "string") {
      const traits = this.#traits(value, node);
      if (fitsLiteral(value, traits)) {
        this.#endLine(` ${anchor}${literalHeader(value)}`);
        this.#write(literalLines(value, `${indent}  `));
        this.#keepsBlankLines = keepsBlankLines(value);
        return;
      }
      return this.#endLine(` ${anchor}${printString(value, traits, "block")}`);
    }
    const text = anchor + printScalar(node, "block");
    this.#endLine(text === "" ? "" : ` ${text.trimEnd()}`);
  }

  #emptyBehind(node: Node, anchor: string, name: string | undefined, indent: string): void {
    const text = node.kind === "sequence" ? "[]" : "{}";
    const isBelow = name !== undefined && !fits(`${name}: ${anchor}${text}`, indent.length);
    this.#endLine(isBelow ? `\n${indent}  ${anchor}${text}` : ` ${anchor}${text}`);
    this.#end(node.comments?.end, indent);
  }

  /** Whether flow style could be printed; false: block style is needed. */
  #flowBehind(node: Node, anchor: string, name: string | undefined, indent: string): boolean {
    const column = indent.length + (name === undefined ? 2 : name.length + 2) + anchor.length;
    const flow = printFlow(node, this.#words, column, indent.length + 2);
    if (flow === undefined) return false;
    const takesOneLine = !flow.includes("\n") && (name === undefined || fits(name, column - name.length + flow.length));
    if (takesOneLine) {
      this.#endLine(` ${anchor}${flow}`);
      return true;
    }
    if (anchor !== "" || this.#trailing !== undefined) return false;
    if (name === undefined) {
      this.#endLine(` ${flow}`);
      return true;
    }
    const below = printFlow(node, this.#words, indent.length + 2, indent.length + 2);
    if (below === undefined) return false;
    this.#endLine(`\n${indent}  ${below}`);
    return true;
  }

  #printsFlow(node: Node): boolean {
    return node.kind !== "scalar" && node.flow === true && fitsFlow(node);
  }

  #key(key: Scalar, context: Context): string {
    const text = typeof key.value === "string" ? this.#scalar(key, context) : printScalar(key, context) || "null";
    return text.length > LONGEST_KEY ? refuseKey(this.#root, key) : text;
  }

  #scalar(node: Scalar, context: Context): string {
    const { value } = node;
    return typeof value === "string"
      ? printString(value, this.#traits(value, node), context)
      : printScalar(node, context);
  }

  #traits(text: string, node: Scalar): number {
    const traits = traitsOf(text);
    return (traits & LONE_SURROGATE) === 0 ? traits : refuseText(this.#root, node);
  }

  /** `*name`, if the anchor of that name stands above and still has the same content. */
  #alias(node: Node): string | undefined {
    if (node.alias === undefined) return undefined;
    const anchored = this.#anchored.get(node.alias);
    return anchored !== undefined && firstDifference(anchored, node) === undefined ? `*${node.alias}` : undefined;
  }

  /** `&name `, or nothing. */
  #anchor(node: Node): string {
    const { anchor } = node;
    if (anchor === undefined || !/^[\w-]+$/.test(anchor)) return "";
    this.#anchored.set(anchor, node);
    return `&${anchor} `;
  }

  // ── Lines and comments ────────────────────────────────────────────────────────────────────────────────────

  #aboveNode(
    key: Scalar | undefined,
    value: Node,
    indent: string,
    first: boolean,
    last: boolean,
    separated: boolean,
  ): void {
    const lines = this.#linesAbove(key, value);
    if (lines === undefined) {
      if (separated) this.#above([null], indent, first, last);
      return;
    }
    this.#above(separated ? [null, ...lines] : lines, indent, first, last);
  }

  /** With what stands above the first key of an item, whose line is the item's. */
  #linesAbove(key: Scalar | undefined, value: Node): CommentLines | undefined {
    const own = linesAbove(key, value);
    if (key !== undefined || value.kind === "scalar" || value.anchor !== undefined || value.alias !== undefined)
      return own;
    if (isEmpty(value) || this.#printsFlow(value)) return own;
    let inner: CommentLines | undefined;
    if (value.kind === "sequence") inner = this.#linesAbove(undefined, (value.items as readonly Node[])[0] as Node);
    else {
      const first = entriesOfAny(value)[0];
      inner = first && linesAbove(first.key, first.value);
    }
    return inner === undefined ? own : [...(own ?? []), ...inner];
  }

  /**
   * Blank lines and comments as prettier leaves them: never two blank lines, none at the head of a block, and none between the
   * last node of the file and the comment above it.
   */
  #above(lines: CommentLines | undefined, indent: string, first: boolean, last: boolean): void {
    if (lines === undefined) return;
    let isHead = first;
    let blank = false;
    let commented = false;
    for (const line of splitLines(lines)) {
      if (line === null) {
        blank = true;
        continue;
      }
      if (blank && !isHead) this.#blankLine();
      this.#write(`${indent}${printComment(line)}\n`);
      isHead = blank = false;
      commented = true;
    }
    if (blank && !isHead && !(commented && last)) this.#blankLine();
  }

  #end(lines: CommentLines | undefined, indent: string): void {
    if (lines === undefined) return;
    let blank = false;
    for (const line of splitLines(lines)) {
      if (line !== null) {
        if (blank) this.#blankLine();
        this.#write(`${indent}${printComment(line)}\n`);
      }
      blank = line === null;
    }
  }

  #trail(comment: string | undefined): void {
    if (comment === undefined) return;
    const text = printComment(comment);
    this.#trailing = this.#trailing === undefined ? text : `${text} ${this.#trailing}`;
  }

  #endLine(text: string): void {
    this.#write(this.#trailing === undefined ? `${text}\n` : `${text} ${this.#trailing}\n`);
    this.#trailing = undefined;
  }

  #blankLine(): void {
    if (!this.#keepsBlankLines) this.#write("\n");
  }

  #write(text: string): void {
    this.text += text;
    this.#keepsBlankLines = false;
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) this.#line++;
  }

  #place(node: Node): void {
    if (node.origin !== undefined) this.places.push({ line: this.#line, node });
  }
}

function isEmpty(node: Exclude<Node, Scalar>): boolean {
  return (node.kind === "sequence" ? node.items : entriesOfAny(node)).length === 0;
}

function takesLines(node: Node): boolean {
  if (node.kind === "scalar") return typeof node.value === "string" && node.value.includes("\n");
  return node.flow !== true && !isEmpty(node);
}

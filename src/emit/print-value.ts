import type { Node } from "../ir/any-node.ts";
import type { Scalar } from "../ir/node.ts";
import { Anchors, isAnchored } from "./anchors.ts";
import { fits } from "./columns.ts";
import { itemEndsWithComments, linesAbove, mayEndWithComments, type CommentLines } from "./comment-lines.ts";
import { entriesOfAny, firstEntryOf, isEmpty, itemsOf, type KeyedNode, type ListNode } from "./entries.ts";
import { LineWriter } from "./line-writer.ts";
import { fitsLiteral, keepsBlankLines, literalHeader, literalLines } from "./literal-block.ts";
import { fitsFlow, printFlow, type FlowWords } from "./print-flow.ts";
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
  /** The nodes that were defined, in the order of their lines. */
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
  return { text: printer.out.text, places: printer.places };
}

/** An implicit key may take 1,024 characters: yaml.org/spec/1.2.2 §7.4.2 */
const LONGEST_KEY = 1024;

class Printer {
  readonly out: LineWriter;
  readonly places: Place[] = [];
  readonly #root: Node;
  readonly #separate: boolean;
  readonly #anchors = new Anchors();
  readonly #words: FlowWords = {
    key: (key) => this.#key(key, "flow"),
    scalar: (node) => this.#scalar(node, "flow"),
  };

  /** How many lists, each an item of the one before, are being printed. */
  #lists = 0;

  constructor(root: Node, options: PrintOptions) {
    this.#root = root;
    this.out = new LineWriter(options.firstLine ?? 1);
    this.#separate = options.separate ?? false;
  }

  file(): void {
    const root = this.#root;
    const { before = [], trailing, end = [] } = root.comments ?? {};
    const line = this.#rootLine(root);
    const above = trailing === undefined ? before : [...before, trailing];
    this.out.above(line === undefined ? above : [...above, ...end], "", true, "between comments");
    this.#place(root);
    if (line !== undefined) return this.#endLine(line);
    if (root.kind === "sequence") this.#sequence(root, "", true, false);
    else if (root.kind !== "scalar") this.#mapping(root, "", true, false, false);
    if (mayEndWithComments(root, 0)) this.out.endFile(end);
  }

  /** A root that takes one line. */
  #rootLine(root: Node): string | undefined {
    if (root.kind === "scalar") return this.#scalar(root, "block");
    return isEmpty(root) ? (root.kind === "sequence" ? "[]" : "{}") : undefined;
  }

  /**
   * @param isLast whether nothing follows in the file
   * @param isBegun whether the first key's line has been begun: `- name: …`
   */
  #mapping(node: KeyedNode, indent: string, isLast: boolean, isBegun: boolean, isJobs: boolean): void {
    const entries = entriesOfAny(node);
    const atTop = node === this.#root;
    const lists = this.#lists;
    this.#lists = 0;
    // GitHub's own keys are plain words.
    const isPlain = node.kind !== "mapping" && node.unknown.length === 0;
    let begun = 0;
    let index = 0;
    for (const { key, value } of entries) {
      const last = isLast && index === entries.length - 1;
      if (index > 0 || !isBegun) {
        const separated =
          this.#separate && index > 0 && (isJobs || (atTop && (this.out.line - begun > 1 || takesLines(value))));
        const own = isBare(key, value) ? undefined : this.#linesAbove(key, value, 0);
        const lines = last && atTop ? this.#withStrandedEnd(own) : own;
        if (separated || lines !== undefined) {
          const parted = last ? "between comments" : "anywhere";
          this.out.above(separated ? [null, ...(lines ?? [])] : (lines ?? []), indent, index === 0, parted);
        }
        this.out.add(indent);
      }
      begun = this.out.line;
      // `on` is the one key that YAML 1.1 misreads and everybody writes plain.
      const name = isPlain || (atTop && key.value === "on") ? key.text : this.#key(key, "block");
      this.out.add(name);
      this.out.add(":");
      if (value.origin !== undefined) this.places.push({ line: begun, node: value });
      if (key.comments !== undefined) this.out.trail(key.comments.trailing);
      this.#behind(value, name, indent, last, atTop && key.text === "jobs");
      index++;
    }
    this.#lists = lists;
  }

  #sequence(node: ListNode, indent: string, isLast: boolean, isBegun: boolean): void {
    const items = itemsOf(node);
    this.#lists++;
    let index = 0;
    for (const item of items) {
      const last = isLast && index === items.length - 1;
      if (index > 0 || !isBegun) {
        const lines = this.#linesAbove(undefined, item, this.#lists);
        if (lines !== undefined) {
          const parted = itemEndsWithComments(item) ? "nowhere" : last ? "between comments" : "anywhere";
          this.out.above(lines, indent, index === 0, parted);
        }
        this.out.add(indent);
      }
      this.out.add("-");
      this.#place(item);
      this.#behind(item, undefined, indent, last, false);
      index++;
    }
    this.#lists--;
  }

  /**
   * What stands behind `key:` or `-`, to the end of its last line.
   *
   * @param name the key; undefined behind `-`
   */
  #behind(node: Node, name: string | undefined, indent: string, isLast: boolean, isJobs: boolean): void {
    const { comments } = node;
    if (comments !== undefined) this.out.trail(comments.trailing);
    const alias = node.alias === undefined ? undefined : this.#anchors.alias(node);
    if (alias !== undefined) return this.#endLine(` ${alias}`);
    const anchor = node.anchor === undefined ? "" : this.#anchors.anchor(node);
    if (node.kind === "scalar") return this.#scalarBehind(node, anchor, name, indent);
    if (isEmpty(node)) return this.#emptyBehind(node, anchor, name, indent);
    if (this.#mayFlow(node) && this.#flowBehind(node, anchor, name, indent)) return;

    const inner = `${indent}  `;
    const hidesHead = name === undefined || anchor !== "";
    if (anchor !== "") {
      this.out.add(` ${anchor.trimEnd()}`);
      this.out.breakLine(inner);
    } else if (hidesHead) this.out.add(" ");
    else this.out.endLine();
    if (node.kind === "sequence") this.#sequence(node, inner, isLast, hidesHead);
    else this.#mapping(node, inner, isLast, hidesHead, isJobs);
    if (comments?.end !== undefined && mayEndWithComments(node, this.#lists)) this.out.end(comments.end, inner);
  }

  #scalarBehind(node: Scalar, anchor: string, name: string | undefined, indent: string): void {
    const { value } = node;
    if (typeof value !== "string") {
      // A comment behind a bare dash or anchor: prettier would put two spaces before it.
      const isBare = this.out.hasTrailing && (name === undefined || anchor !== "");
      const text = `${anchor}${printScalar(node, "block") || (isBare ? "null" : "")}`.trimEnd();
      return this.#endLine(text === "" ? "" : ` ${text}`);
    }
    const traits = this.#traits(value, node);
    // Below a header with a comment prettier doubles a blank line.
    if (!fitsLiteral(value, traits) || (this.out.hasTrailing && /^\s*\n/.test(value))) {
      this.out.add(" ");
      return this.#endLine(anchor + printString(value, traits, "block"));
    }
    const header = anchor + literalHeader(value);
    const inner = `${indent}  `;
    const isBelow = name !== undefined && this.out.hasTrailing && !this.out.fits(`${indent}${name}: ${header}`);
    if (isBelow) this.out.breakLine(inner);
    this.out.add(isBelow ? header : ` ${header}`);
    this.out.block(literalLines(value, inner), keepsBlankLines(value));
  }

  #emptyBehind(node: Node, anchor: string, name: string | undefined, indent: string): void {
    const text = `${anchor}${node.kind === "sequence" ? "[]" : "{}"}`;
    const isBelow = name !== undefined && !fits(`${name}: ${text}`, indent.length);
    if (isBelow) this.out.breakLine(`${indent}  `);
    this.#endLine(isBelow ? text : ` ${text}`);
  }

  /** Whether flow style could be printed; false: block style is needed. */
  #flowBehind(node: Node, anchor: string, name: string | undefined, indent: string): boolean {
    const lead = name === undefined ? `- ${anchor}` : `${name}: ${anchor}`;
    const inner = indent.length + 2;
    const flow = printFlow(node, this.#words, indent.length, inner, lead);
    if (flow === undefined) return false;
    if (!flow.includes("\n")) {
      this.#endLine(` ${anchor}${flow}`);
      return true;
    }
    if (anchor !== "" || this.out.hasTrailing) return false;
    const below = name === undefined ? ` ${flow}` : `\n${indent}  ${printFlow(node, this.#words, inner, inner)}`;
    this.out.countLines(below);
    this.#endLine(below);
    return true;
  }

  #mayFlow(node: Exclude<Node, Scalar>): boolean {
    return node.flow === true && fitsFlow(node);
  }

  #key(key: Scalar, context: Context): string {
    const text = this.#scalar(key, context) || "null";
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

  /** Comments that cannot stand at the file's end stand above its last key. */
  #withStrandedEnd(lines: CommentLines | undefined): CommentLines | undefined {
    const end = this.#root.comments?.end;
    return end === undefined || mayEndWithComments(this.#root, 0) ? lines : [...(lines ?? []), ...end];
  }

  /** With what stands above the first entry of a collection whose head it is. */
  #linesAbove(key: Scalar | undefined, value: Node, lists: number): CommentLines | undefined {
    const own = linesAbove(key, value, lists);
    if (!this.#hidesHead(key, value)) return own;
    const inner = value.kind === "sequence" ? this.#linesAboveItem(value, lists) : this.#linesAboveKey(value);
    return own === undefined || inner === undefined ? (own ?? inner) : [...own, ...inner];
  }

  #linesAboveItem(list: ListNode, lists: number): CommentLines | undefined {
    const [first] = itemsOf(list);
    return first && this.#linesAbove(undefined, first, lists + 1);
  }

  #linesAboveKey(mapping: KeyedNode): CommentLines | undefined {
    const first = firstEntryOf(mapping);
    return first && this.#linesAbove(first.key, first.value, 0);
  }

  /**
   * Whether nothing can stand above the first entry of a collection: it stands behind a dash, or below an anchor, where prettier
   * moves comments about.
   */
  #hidesHead(key: Scalar | undefined, value: Node): value is KeyedNode | ListNode {
    if (value.kind === "scalar" || (key !== undefined && !isAnchored(value))) return false;
    return this.#anchors.alias(value) === undefined && !this.#mayFlow(value);
  }

  #endLine(text: string): void {
    this.out.add(text);
    this.out.endLine();
  }

  #place(node: Node): void {
    if (node.origin !== undefined) this.places.push({ line: this.out.line, node });
  }
}

/** Whether surely nothing stands above an entry. */
function isBare(key: Scalar, value: Node): boolean {
  return (
    key.comments === undefined && value.comments === undefined && key.spaceBefore !== true && value.anchor === undefined
  );
}

/** Whether a node surely takes more lines than its key's. */
function takesLines(node: Node): boolean {
  if (node.kind === "scalar") return typeof node.value === "string" && node.value.includes("\n");
  return node.flow !== true && !isEmpty(node);
}

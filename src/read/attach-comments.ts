import type { Mapping, Scalar, Sequence, Value } from "../ir/node.ts";

/** A comment's place in the text, from its `#` to the line's end. */
export interface Comment {
  readonly start: number;
  readonly end: number;
}

/** A mapping or sequence, as the comments around it see it. */
export interface Collection {
  readonly node: Mapping | Sequence;
  readonly start: number;
  /** The column (from 0) at which its keys or dashes stand. */
  readonly column: number;
  readonly parent: Collection | undefined;
  /** Set once its last entry has been read. */
  end: number;
}

/** A key with its value, or an item: what a comment can stand above or behind. */
export interface Slot {
  /** Where its key or its dash begins. */
  readonly start: number;
  readonly in: Collection;
  /** Undefined for an item. */
  readonly key: Scalar | undefined;
  /** Set once it has been read. */
  value: Value | undefined;
}

/** The slots of a document in the order in which they begin. */
export interface Outline {
  readonly root: Value;
  readonly slots: readonly Slot[];
}

/**
 * Lays comments and blank lines beside the nodes that they belong to:
 *
 * - above a key or an item: `before` of the key or the item;
 * - on a line of its own, but indented deeper than what follows: `end` of the collection it is indented with;
 * - behind a value: `trailing` of the value; behind a key or dash whose value comes on later lines: of the key or item;
 * - a blank line above a scalar that has no comment is its `spaceBefore`; anywhere else it is a `null` among the comments.
 */
export function attachComments(text: string, comments: readonly Comment[], outline: Outline): void {
  new Attacher(text, outline).attach(comments);
}

class Attacher {
  readonly #text: string;
  readonly #outline: Outline;
  /** Index of the last slot that begins before the comment. */
  #at = -1;

  constructor(text: string, outline: Outline) {
    this.#text = text;
    this.#outline = outline;
  }

  attach(comments: readonly Comment[]): void {
    const { slots } = this.#outline;
    let group: Comment[] = [];
    const closeGroup = () => {
      if (group.length > 0) this.#ownLines(group);
      group = [];
    };
    for (const comment of comments) {
      const before = this.#at;
      let next = this.#at + 1;
      while ((slots[next]?.start ?? Infinity) < comment.start) next++;
      if (next - 1 !== before) closeGroup();
      this.#at = next - 1;
      if (this.#startsItsLine(comment.start)) group.push(comment);
      else {
        closeGroup();
        this.#trailing(comment);
      }
    }
    closeGroup();
    this.#blankLines();
  }

  #trailing(comment: Comment): void {
    const slot = this.#outline.slots[this.#at];
    const node = slot === undefined ? undefined : nodeBehind(slot, comment.start);
    if (node === undefined || node.comments?.trailing !== undefined) this.#ownLines([comment]);
    else commentsOf(node).trailing = this.#words(comment);
  }

  #ownLines(group: readonly Comment[]): void {
    const { slots, root } = this.#outline;
    const previous = slots[this.#at];
    const next = slots[this.#at + 1];
    const first = group[0];
    if (first === undefined) return;
    if (previous === undefined) {
      this.#before((next && headOf(next)) ?? root, group);
      return;
    }
    const flow = flowAround(previous, first.start);
    if (flow !== undefined) {
      if (next !== undefined && next.start < flow.end) this.#before(headOf(next), group);
      else this.#end(flow.node, group);
      return;
    }
    // Comments that are indented deeper than what follows belong to the collections that have ended there.
    const open = next === undefined ? undefined : next.in;
    let closed: Collection | undefined = previous.in;
    const from =
      next === undefined ? group.length : group.findIndex(({ start }) => this.#column(start) <= open!.column);
    const deeper = closed === open || isInside(open, closed) ? 0 : from < 0 ? group.length : from;
    for (const comment of group.slice(0, deeper)) {
      while (closed.parent !== undefined && closed.parent !== open && closed.column > this.#column(comment.start)) {
        closed = closed.parent;
      }
      this.#end(closed.node, [comment]);
    }
    if (next !== undefined && deeper < group.length) this.#before(headOf(next), group.slice(deeper));
  }

  /** Blank lines above keys and items. */
  #blankLines(): void {
    const { slots } = this.#outline;
    slots.forEach((slot, index) => {
      if (!this.#startsItsLine(slot.start) || !this.#blankAbove(slot.start, slots[index - 1])) return;
      const node = headOf(slot);
      if (node.comments?.before !== undefined) commentsOf(node).before?.push(null);
      else if (index === 0) return;
      else if (node.kind === "scalar") Object.assign(node, { spaceBefore: true });
      else commentsOf(node).before = [null];
    });
  }

  #before(node: Value, group: readonly Comment[]): void {
    this.#append((commentsOf(node).before ??= []), group);
  }

  #end(node: Value, group: readonly Comment[]): void {
    this.#append((commentsOf(node).end ??= []), group);
  }

  #append(lines: (string | null)[], group: readonly Comment[]): void {
    for (const comment of group) {
      if (this.#blankAbove(comment.start, this.#outline.slots[this.#at])) lines.push(null);
      lines.push(this.#words(comment));
    }
  }

  #words({ start, end }: Comment): string {
    return this.#text.slice(start + 1, end).trimEnd();
  }

  #column(offset: number): number {
    let lineStart = offset;
    while (lineStart > 0 && !isBreak(this.#text.charCodeAt(lineStart - 1))) lineStart--;
    return offset - lineStart;
  }

  #startsItsLine(offset: number): boolean {
    let at = offset - 1;
    while (at >= 0 && isSpace(this.#text.charCodeAt(at))) at--;
    return at < 0 || isBreak(this.#text.charCodeAt(at)) || (at === 0 && this.#text[0] === "\ufeff");
  }

  /** Whether the line above is empty, and not the end of a block scalar that keeps its empty lines. */
  #blankAbove(offset: number, previous: Slot | undefined): boolean {
    let at = offset - this.#column(offset) - 1;
    if (at < 0) return false;
    if (this.#text[at] === "\n" && this.#text[at - 1] === "\r") at--;
    at--;
    while (at >= 0 && isSpace(this.#text.charCodeAt(at))) at--;
    const isEmpty = at < 0 || isBreak(this.#text.charCodeAt(at));
    const lastEnd = previous?.value?.span?.end ?? -1;
    // A collection that goes on below does not end above.
    return isEmpty && (lastEnd < at + 1 || lastEnd > offset);
  }
}

/** What a comment above the slot belongs to: the key, or the item itself. */
function headOf(slot: Slot): Value {
  const head = slot.key ?? slot.value;
  if (head === undefined) throw new Error("a slot was not filled");
  return head;
}

/** What the comment at an offset stands behind; undefined where that is only a bracket that has just been opened. */
function nodeBehind(slot: Slot, offset: number): Value | undefined {
  let closed: Value | undefined;
  let around: Collection | undefined = slot.in;
  for (; around?.node.flow && around.end <= offset; around = around.parent) closed = around.node;
  if (closed !== undefined) return closed;
  const { value } = slot;
  const start = value?.span?.start;
  if (value === undefined || start === undefined || start > offset) return headOf(slot);
  if (value.kind !== "scalar" && value.flow && (value.span?.end ?? 0) > offset) return undefined;
  return value;
}

/** The innermost `[…]` or `{…}` around an offset. */
function flowAround(slot: Slot, offset: number): { node: Mapping | Sequence; end: number } | undefined {
  const { value } = slot;
  if (value?.span !== undefined && value.kind !== "scalar" && value.flow && value.alias === undefined) {
    const { start, end } = value.span;
    if (start < offset && offset < end) return { node: value, end };
  }
  for (let around: Collection | undefined = slot.in; around?.node.flow; around = around.parent) {
    if (offset < around.end) return around;
  }
  return undefined;
}

function isInside(collection: Collection | undefined, outer: Collection): boolean {
  for (let at = collection?.parent; at !== undefined; at = at.parent) if (at === outer) return true;
  return false;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9;
}

function isBreak(code: number): boolean {
  return code === 10 || code === 13;
}

interface OpenComments {
  before?: (string | null)[];
  trailing?: string;
  end?: (string | null)[];
}

/** Nodes are readonly once they have left the reader; until then their comments are still being found. */
function commentsOf(node: Value): OpenComments {
  const open = node as { comments?: OpenComments };
  return (open.comments ??= {});
}

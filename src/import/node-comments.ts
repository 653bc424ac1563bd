import type { Comments, Entry, Value } from "../ir/node.ts";
import type { Path } from "../ir/origin.ts";

/** The comments around an entry, an item or a file: those of the key and of the value in one piece. */
export interface GatheredComments {
  /** Blocks of lines, the uppermost first. */
  readonly above: readonly Block[];
  readonly after: readonly string[];
  readonly end: readonly Block[];
}

/** Lines without an empty one between them; each without `#` and without the space behind it. */
type Block = readonly string[];

/** What stands around an entry. The first of an item's entries begins on the item's line: what is above it is above the item. */
export function entryComments({ key, value }: Entry, isFirstOfItem: boolean): GatheredComments {
  const { before, ...others } = key.comments ?? {};
  return gather([isFirstOfItem ? others : { ...others, before }, value.comments ?? {}]);
}

/** What stands around an item, or around the whole file. */
export function itemComments(item: Value): GatheredComments {
  const before =
    item.kind === "mapping" && item.alias === undefined ? item.entries[0]?.key.comments?.before : undefined;
  return gather([item.comments ?? {}, { before }]);
}

export function hasComments({ above, after, end }: GatheredComments): boolean {
  return above.length + after.length + end.length > 0;
}

function gather(parts: readonly GivenComments[]): GatheredComments {
  return {
    above: blocksOf(parts.map(({ before = [] }) => before)),
    after: parts.flatMap(({ trailing }) => (trailing === undefined ? [] : [withoutSpace(trailing)])),
    end: blocksOf(parts.map(({ end = [] }) => end)),
  };
}

type GivenComments = { readonly [K in keyof Comments]: Comments[K] | undefined };

/** `null` is an empty line. */
function blocksOf(parts: readonly (readonly (string | null)[])[]): readonly Block[] {
  const blocks: string[][] = [];
  for (const lines of parts) {
    let open: string[] | undefined;
    for (const line of lines) {
      if (line === null) open = undefined;
      else if (open === undefined) blocks.push((open = [withoutSpace(line)]));
      else open.push(withoutSpace(line));
    }
  }
  return blocks;
}

function withoutSpace(comment: string): string {
  return comment.startsWith(" ") ? comment.slice(1) : comment;
}

/** A line of comment, and where in its file it stands. */
export interface FileComment {
  readonly path: Path;
  readonly place: keyof GatheredComments;
  readonly text: string;
}

/** Every line of comment of a file. What an alias repeats counts once. */
export function listComments(root: Value): readonly FileComment[] {
  const found: FileComment[] = [];
  const add = (path: Path, { above, after, end }: GatheredComments): void => {
    for (const text of above.flat()) found.push({ path, place: "above", text });
    for (const text of after) found.push({ path, place: "after", text });
    for (const text of end.flat()) found.push({ path, place: "end", text });
  };
  const descend = (value: Value, path: Path, isItem: boolean): void => {
    if (value.alias !== undefined) return;
    if (value.kind === "mapping") {
      value.entries.forEach((entry, index) => {
        const below = [...path, entry.key.text];
        add(below, entryComments(entry, isItem && index === 0));
        descend(entry.value, below, false);
      });
    } else if (value.kind === "sequence") {
      value.items.forEach((item, index) => {
        const below = [...path, index];
        add(below, itemComments(item));
        descend(item, below, true);
      });
    }
  };
  add([], itemComments(root));
  descend(root, [], true);
  return found;
}

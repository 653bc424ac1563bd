import {
  COLLECTION_STYLE,
  EVENT_ID,
  type AliasEvent,
  type Event,
  type MappingEvent,
  type ScalarEvent,
  type SequenceEvent,
} from "js-yaml";
import type { Entry, Mapping, Scalar, Sequence, Value } from "../ir/node.ts";
import type { SourceFile } from "../ir/span.ts";
import { attachComments, type Collection, type Slot } from "./attach-comments.ts";
import { GapReader } from "./gap-reader.ts";
import { Doubt } from "./doubt.ts";
import { parseEvents } from "./parse-events.ts";
import { scalarOf } from "./scalar-of-event.ts";
import { aliasNode, MOST_NODES, nullNode, type Anchored } from "./value-nodes.ts";

/**
 * Reads YAML into values as `yamlToValue` does, in a fraction of the time; undefined for all that is wrong, doubtful or seldom.
 * `test/read/fast-path.test.ts` holds the two equal.
 */
export function eventsToValue(file: SourceFile): Value | undefined {
  const events = parseEvents(file.text);
  if (events === undefined) return undefined;
  try {
    const reader = new EventReader(file, events);
    const value = reader.document();
    attachComments(file.text, reader.gaps.comments, { root: value, slots: reader.slots });
    return value;
  } catch (error) {
    if (error instanceof Doubt) return undefined;
    throw error;
  }
}

/** GitHub reads fifty: the authority tells what is wrong with more. */
const MOST_LEVELS = 45;
/** Nine tenths of what the authority takes: it decides about more. */
const MOST_PIECES = 225_000;
/** A scalar with what announces it, the header of a block. */
const PIECES_OF_EVENT = 2;
/** YAML has a limit of 1024 for the keys whose `:` is found only behind them. */
const LONGEST_KEY = 1000;

class EventReader {
  readonly slots: Slot[] = [];
  readonly gaps: GapReader;
  readonly #file: SourceFile;
  readonly #text: string;
  readonly #events: readonly Event[];
  readonly #anchors = new Map<string, Anchored>();
  #next = 0;
  #level = 0;
  /** Nodes so far, aliases expanded. */
  #size = 0;

  constructor(file: SourceFile, events: readonly Event[]) {
    this.#file = file;
    this.#text = file.text;
    this.#events = events;
    this.gaps = new GapReader(file.text);
  }

  /** The one document, which is a mapping. */
  document(): Mapping {
    const document = this.#take();
    if (document.type !== EVENT_ID.DOCUMENT || document.directives.length > 0) throw new Doubt();
    this.gaps.blank();
    if (document.explicitStart) this.gaps.documentStart();
    const root = this.#take();
    if (root.type !== EVENT_ID.MAPPING) throw new Doubt();
    const value = this.#value(root, undefined) as Mapping;
    if (this.#take().type !== EVENT_ID.POP || this.#next < this.#events.length) throw new Doubt();
    this.gaps.blank();
    if (this.gaps.at < this.#text.length) throw new Doubt();
    if (this.#events.length * PIECES_OF_EVENT + this.gaps.pieces > MOST_PIECES) throw new Doubt();
    return value;
  }

  #take(): Event {
    const event = this.#events[this.#next++];
    if (event === undefined) throw new Doubt();
    return event;
  }

  #value(event: Event, parent: Collection | undefined): Value {
    switch (event.type) {
      case EVENT_ID.SCALAR:
        if (event.tagStart >= 0) throw new Doubt();
        this.#size++;
        if (event.anchorStart < 0) return scalarOf(event, undefined, this.#file, this.gaps);
        return this.#anchored(event, (name) => scalarOf(event, name, this.#file, this.gaps));
      case EVENT_ID.MAPPING:
      case EVENT_ID.SEQUENCE:
        if (event.tagStart >= 0) throw new Doubt();
        if (event.anchorStart < 0) return this.#collection(event, undefined, parent);
        return this.#anchored(event, (name) => this.#collection(event, name, parent));
      case EVENT_ID.ALIAS:
        return this.#alias(event);
      default:
        throw new Doubt();
    }
  }

  #anchored(event: ScalarEvent | MappingEvent | SequenceEvent, read: (name: string) => Value): Value {
    const name = this.gaps.anchor(event);
    const anchored: Anchored = { value: undefined, size: 0 };
    const sizeBefore = this.#size;
    this.#anchors.set(name, anchored);
    anchored.value = read(name);
    anchored.size = this.#size - sizeBefore;
    return anchored.value;
  }

  #alias({ anchorStart, anchorEnd }: AliasEvent): Value {
    this.gaps.to(anchorStart - 1);
    this.gaps.at = anchorEnd;
    const name = this.#text.slice(anchorStart, anchorEnd);
    const anchored = this.#anchors.get(name);
    if (anchored?.value === undefined || this.#size + anchored.size > MOST_NODES) throw new Doubt();
    this.#size += anchored.size;
    return aliasNode(anchored.value, name, { file: this.#file, start: anchorStart - 1, end: anchorEnd });
  }

  #collection(event: MappingEvent | SequenceEvent, anchor: string | undefined, parent: Collection | undefined): Value {
    if (++this.#level > MOST_LEVELS) throw new Doubt();
    this.#size += 2;
    const node =
      event.type === EVENT_ID.MAPPING ? this.#mapping(event, anchor, parent) : this.#sequence(event, anchor, parent);
    this.#level--;
    return node;
  }

  #sequence(event: SequenceEvent, anchor: string | undefined, parent: Collection | undefined): Sequence {
    const { start } = event;
    const isFlow = event.style === COLLECTION_STYLE.FLOW;
    const { gaps, slots } = this;
    const items: Value[] = [];
    const span = { file: this.#file, start, end: start };
    const node: Sequence = {
      kind: "sequence",
      items,
      flow: isFlow || undefined,
      span,
      comments: undefined,
      anchor,
      alias: undefined,
    };
    gaps.to(start);
    const collection = this.#open(node, start, parent);
    if (isFlow) gaps.indicator(OPENING_BRACKET);
    let end = start;
    for (let item = this.#take(); item.type !== EVENT_ID.POP; item = this.#take()) {
      gaps.blank();
      const slot: Slot = { start: gaps.at, in: collection, key: undefined, value: undefined };
      slots.push(slot);
      if (!isFlow) gaps.indicator(DASH);
      else if ("anchorStart" in item && item.type !== EVENT_ID.ALIAS && item.anchorStart >= 0) throw new Doubt();
      slot.value = this.#value(item, collection);
      items.push(slot.value);
      end = slot.value.span?.end ?? end;
      if (isFlow) gaps.comma();
      else gaps.lineEnd();
    }
    if (isFlow) end = gaps.closing(CLOSING_BRACKET);
    span.end = collection.end = end;
    return node;
  }

  #mapping(event: MappingEvent, anchor: string | undefined, parent: Collection | undefined): Mapping {
    const { start } = event;
    const isFlow = event.style === COLLECTION_STYLE.FLOW;
    const { gaps, slots } = this;
    const entries: Entry[] = [];
    const span = { file: this.#file, start, end: start };
    const node: Mapping = {
      kind: "mapping",
      entries,
      flow: isFlow || undefined,
      span,
      comments: undefined,
      anchor,
      alias: undefined,
    };
    gaps.to(start);
    const collection = this.#open(node, start, parent);
    if (isFlow) gaps.indicator(OPENING_BRACE);
    let end = start;
    for (let first = this.#take(); first.type !== EVENT_ID.POP; first = this.#take()) {
      const key = this.#key(first);
      const keySpan = key.span!;
      const slot: Slot = { start: keySpan.start, in: collection, key, value: undefined };
      slots.push(slot);
      const next = this.#take();
      const value = gaps.colon() ? this.#value(next, collection) : this.#nothing(next, keySpan.end, isFlow);
      slot.value = value;
      entries.push({ key, value });
      end = value.span!.end;
      if (isFlow) gaps.comma();
      else gaps.lineEnd();
    }
    if (isFlow) end = gaps.closing(CLOSING_BRACE);
    span.end = collection.end = end;
    return node;
  }

  #key(event: Event): Scalar {
    if (event.type !== EVENT_ID.SCALAR || event.valueStart < 0 || event.anchorStart >= 0 || event.tagStart >= 0)
      throw new Doubt();
    const { valueStart, valueEnd, fast } = event;
    if (valueEnd - valueStart > LONGEST_KEY) throw new Doubt();
    if (!fast && this.#text.slice(valueStart, valueEnd).includes("\n")) throw new Doubt();
    this.gaps.blank();
    this.#size++;
    return scalarOf(event, undefined, this.#file, this.gaps);
  }

  /** The value of a key without a `:`, as in `{ key }`. */
  #nothing(event: Event, at: number, isFlow: boolean): Scalar {
    if (!isFlow || event.type !== EVENT_ID.SCALAR || event.valueStart >= 0 || event.anchorStart >= 0) throw new Doubt();
    return nullNode(this.#file, at);
  }

  #open(node: Sequence | Mapping, start: number, parent: Collection | undefined): Collection {
    return { node, start, end: Infinity, column: start - this.gaps.lineStart, parent };
  }
}

const DASH = 45;
const OPENING_BRACKET = 91;
const CLOSING_BRACKET = 93;
const OPENING_BRACE = 123;
const CLOSING_BRACE = 125;

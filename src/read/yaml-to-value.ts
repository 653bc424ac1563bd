import type { CST, Pair, ParsedNode, Scalar as YamlScalar } from "yaml";
import {
  scalarText,
  type Entry,
  type Mapping,
  type Scalar,
  type ScalarStyle,
  type Sequence,
  type Value,
} from "../ir/node.ts";
import { positionAt, type SourceFile, type Span } from "../ir/span.ts";
import { MOST_PROBLEMS } from "../ir/syntax-problem.ts";
import { attachComments, type Collection, type Slot } from "./attach-comments.ts";
import { parseYaml, problemAt } from "./parse-yaml.ts";
import type { ReadProblem } from "./read-problem.ts";
import { taggedScalar } from "./tagged-scalar.ts";
import { aliasNode, MOST_NODES, nullNode, type Anchored } from "./value-nodes.ts";
import { yamlPackage } from "./yaml-package.ts";

/** A file's content as values, with all that is wrong with its YAML. */
export interface YamlContent {
  /** Undefined where the file is empty or nests too deeply. */
  readonly value: Value | undefined;
  readonly problems: readonly ReadProblem[];
}

/** Reads YAML into values that know their places, comments and spelling. */
export function yamlToValue(file: SourceFile): YamlContent {
  const { document, comments, problems } = parseYaml(file);
  const contents = document?.contents;
  if (!contents) return { value: undefined, problems };
  const converter = new Converter(file);
  const value = converter.value(contents, undefined);
  attachComments(file.text, comments, { root: value, slots: converter.slots });
  // A tag may be told already, as a mistake of the YAML.
  const told = new Set(problems.map(({ span }) => span.start));
  return { value, problems: [...problems, ...converter.problems.filter(({ span }) => !told.has(span.start))] };
}

/** A tag at the end of a text; an anchor may stand between it and its value. */
const LONGEST_TAG = 300;
const TAG_BEFORE = /![^\s!]*(?:![^\s]*)?(?:\s+&\S+)?\s*$/;

const STYLES: Readonly<Record<string, ScalarStyle>> = {
  QUOTE_SINGLE: "single",
  QUOTE_DOUBLE: "double",
  BLOCK_LITERAL: "literal",
  BLOCK_FOLDED: "folded",
};

type YamlPair = Pair<ParsedNode, ParsedNode | null>;

class Converter {
  readonly #yaml = yamlPackage();
  readonly problems: ReadProblem[] = [];
  readonly slots: Slot[] = [];
  readonly #file: SourceFile;
  readonly #anchors = new Map<string, Anchored>();
  /** Nodes so far, aliases expanded. */
  #size = 0;
  readonly #badAliases = new Set<string>();

  constructor(file: SourceFile) {
    this.#file = file;
  }

  value(node: ParsedNode, parent: Collection | undefined): Value {
    if (this.#yaml.isAlias(node)) return this.#alias(node.source, this.#span(node.range[0], node.range[1]));
    const sizeBefore = this.#size;
    this.#size += this.#yaml.isScalar(node) ? 1 : 2;
    const anchored: Anchored | undefined = node.anchor ? { value: undefined, size: 0 } : undefined;
    if (node.anchor && anchored) this.#anchors.set(node.anchor, anchored);
    if (!this.#yaml.isScalar(node)) this.#warnOfTag(node);
    const value = this.#yaml.isScalar(node)
      ? this.#scalar(node)
      : this.#yaml.isSeq<ParsedNode>(node)
        ? this.#sequence(node, parent)
        : this.#yaml.isMap<ParsedNode, ParsedNode | null>(node)
          ? this.#mapping(node, parent)
          : nullNode(this.#file, 0);
    if (anchored) {
      anchored.value = value;
      anchored.size = this.#size - sizeBefore;
    }
    return value;
  }

  #scalar(node: YamlScalar.Parsed): Scalar {
    const [start, end] = node.range;
    const isBlock = node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED";
    const span = this.#span(start, isBlock ? this.#blockEnd(start, end) : end);
    const source = node.source ?? "";
    const tag = node.tag === undefined ? undefined : tagText(node.tag);
    const from = tag === undefined ? start : this.#tagStart(start);
    const isPlain = node.type === undefined || node.type === "PLAIN";
    const { value, refusal } = taggedScalar(source, isPlain, tag, () => this.#file.text.slice(from, end).trim());
    if (refusal !== undefined) this.problems.push(problemAt(this.#file, refusal.code, refusal.message, from, end));
    const text = scalarText(value);
    return {
      kind: "scalar",
      value,
      text,
      raw: typeof value !== "string" && source !== text ? source : undefined,
      style: STYLES[node.type ?? ""] ?? "plain",
      tag,
      spaceBefore: undefined,
      span,
      comments: undefined,
      anchor: node.anchor,
      alias: undefined,
    };
  }

  /** The server looks at the tags of texts alone: YamlObjectReader.cs, `AllowSequenceStart`, `AllowMappingStart`. */
  #warnOfTag({ tag, range: [start] }: ParsedNode): void {
    if (tag === undefined || /^(?:!|tag:yaml\.org,2002:(?:seq|map))$/.test(tag)) return;
    const message = `GitHub does not read the tag ${tagText(tag)}`;
    this.problems.push(problemAt(this.#file, "unknown-tag", message, this.#tagStart(start), start, "warning"));
  }

  /** Where the tag begins that stands before a value. */
  #tagStart(valueStart: number): number {
    const before = this.#file.text.slice(Math.max(0, valueStart - LONGEST_TAG), valueStart);
    return valueStart - (before.length - (TAG_BEFORE.exec(before)?.index ?? before.length));
  }

  #sequence(
    node: {
      items: readonly (ParsedNode | YamlPair)[];
      range: readonly number[];
      flow?: boolean;
      anchor?: string;
      srcToken?: unknown;
    },
    parent: Collection | undefined,
  ): Sequence {
    const start = node.range[0] ?? 0;
    const items: Value[] = [];
    const sequence = collectionNode("sequence", node, { items });
    const collection = this.#open(sequence as Sequence, start, parent);
    const dashes = node.flow ? [] : dashesOf(node.srcToken);
    let end = start;
    node.items.forEach((item, index) => {
      const at = dashes[index] ?? (this.#yaml.isPair(item) ? item.key : item).range[0];
      const slot: Slot = { start: at, in: collection, key: undefined, value: undefined };
      this.slots.push(slot);
      // `? a` in a flow sequence.
      const value = this.#yaml.isPair(item)
        ? this.#mapping({ items: [item], range: [at], flow: node.flow }, collection)
        : this.value(item, collection);
      slot.value = value;
      items.push(value);
      end = value.span?.end ?? end;
    });
    return this.#close(sequence as Sequence, collection, node.flow ? (node.range[1] ?? end) : Math.max(end, start));
  }

  #mapping(
    node: {
      items: readonly YamlPair[];
      range: readonly number[];
      flow?: boolean;
      anchor?: string;
    },
    parent: Collection | undefined,
  ): Mapping {
    const start = node.range[0] ?? 0;
    const entries: Entry[] = [];
    const mapping = collectionNode("mapping", node, { entries });
    const collection = this.#open(mapping as Mapping, start, parent);
    let end = start;
    for (const pair of node.items) {
      const key = this.#key(pair.key);
      const keySpan = key.span ?? this.#span(start, start);
      const slot: Slot = { start: Math.min(keyStart(pair), keySpan.start), in: collection, key, value: undefined };
      this.slots.push(slot);
      const value =
        pair.value === null || pair.value === undefined
          ? nullNode(this.#file, keySpan.end)
          : this.value(pair.value, collection);
      slot.value = value;
      entries.push({ key, value });
      end = Math.max(keySpan.end, value.span?.end ?? 0);
    }
    return this.#close(mapping as Mapping, collection, node.flow ? (node.range[1] ?? end) : end);
  }

  /** A key; where it is no scalar, its text stands for it. */
  #key(node: ParsedNode): Scalar {
    const [start, end] = node.range;
    if (this.#yaml.isScalar(node)) return this.value(node, undefined) as Scalar;
    if (this.#yaml.isAlias(node)) {
      const value = this.value(node, undefined);
      if (value.kind === "scalar") return value;
    }
    this.problems.push(
      problemAt(this.#file, "key-not-scalar", "a key must be a text, not a list or a mapping", start, end),
    );
    const text = this.#file.text.slice(start, end);
    return { ...nullNode(this.#file, start), value: text, text, style: "plain", span: this.#span(start, end) };
  }

  /** The anchored node's content under the alias's name and place. The content is shared, not copied. */
  #alias(name: string, span: Span): Value {
    const anchored = this.#anchors.get(name);
    const problem =
      anchored === undefined
        ? ([
            "unknown-anchor",
            `no anchor &${name} stands above this alias; a text that begins with \`*\` needs quotes: '*${name}'`,
          ] as const)
        : anchored.value === undefined
          ? (["circular-alias", `the alias *${name} stands inside its own anchor`] as const)
          : this.#size + anchored.size > MOST_NODES
            ? ([
                "too-many-aliases",
                `GitHub reads no more than ${MOST_NODES} values; with its aliases written out, this file has more`,
              ] as const)
            : undefined;
    if (anchored?.value === undefined || problem !== undefined) {
      // Once is enough: an alias bomb has thousands.
      if (problem !== undefined && !this.#badAliases.has(problem[1]) && this.#badAliases.size < MOST_PROBLEMS) {
        this.#badAliases.add(problem[1]);
        this.problems.push(problemAt(this.#file, problem[0], problem[1], span.start, span.end));
      }
      return { ...nullNode(this.#file, span.start), span, alias: name };
    }
    this.#size += anchored.size;
    return aliasNode(anchored.value, name, span);
  }

  #open(node: Sequence | Mapping, start: number, parent: Collection | undefined): Collection {
    return { node, start, end: Infinity, column: positionAt(this.#file, start).column - 1, parent };
  }

  #close<T extends Sequence | Mapping>(node: T, collection: Collection, end: number): T {
    collection.end = end;
    return Object.assign(node, { span: this.#span(collection.start, end) });
  }

  /** The end of a block scalar's last line: the line breaks that end it are not part of its span. */
  #blockEnd(start: number, end: number): number {
    const { text } = this.#file;
    if (text[end - 1] === "\n") end--;
    if (text[end - 1] === "\r") end--;
    return Math.max(start, end);
  }

  #span(start: number, end: number): Span {
    return { file: this.#file, start, end };
  }
}

function collectionNode<K extends "sequence" | "mapping", T extends object>(
  kind: K,
  { flow, anchor }: { flow?: boolean; anchor?: string },
  content: T,
) {
  return {
    kind,
    ...content,
    flow: flow === true ? true : undefined,
    span: undefined,
    comments: undefined,
    anchor,
    alias: undefined,
  };
}

/** `tag:yaml.org,2002:str` → `!!str` */
function tagText(tag: string | undefined): string {
  return tag?.replace(/^tag:yaml\.org,2002:/, "!!") ?? "!";
}

/** Where the items' dashes stand. */
function dashesOf(token: unknown): readonly number[] {
  const { items } = token as CST.BlockSequence;
  return items.flatMap(({ start }) => start.find((part) => part.type === "seq-item-ind")?.offset ?? []);
}

/** Where an entry begins: at its `?`, anchor or tag, else at its key. */
function keyStart(pair: YamlPair): number {
  const first = (pair.srcToken as CST.CollectionItem | undefined)?.start.find(
    ({ type }) => type === "explicit-key-ind" || type === "anchor" || type === "tag",
  );
  return first?.offset ?? pair.key.range[0];
}

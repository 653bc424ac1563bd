import type { Node, Pair, YAMLMap } from "yaml";
import { compareText } from "../action-interface.ts";
import type { GithubDependency, GithubLock } from "./github-lock.ts";
import type { ReadGithubLock } from "./parse-github-lock.ts";
import { pinOf } from "./pin-of.ts";
import { printDependency, printGithubLock, printWorkflow, type KeptLines } from "./print-github-lock.ts";

type BlockMap = YAMLMap<Node, Node | null>;

/**
 * The text of GitHub's lock with what it should say. An entry that says it already stays as it is, to the byte; so does every part
 * that is not understood, in entries that change too, and the version.
 */
export function editGithubLock(before: ReadGithubLock | undefined, wanted: GithubLock): string {
  if (before === undefined) return printGithubLock(wanted);
  const { document, lock } = before;
  const newline = before.text.includes("\r\n") ? "\r\n" : "\n";
  const ended = before.text === "" || before.text.endsWith("\n") ? before.text : before.text + newline;
  const top = document.contents as unknown as BlockMap;
  const workflows = new Section(ended, top, "workflows", (key) => key).with(
    [...wanted.workflows].map(([path, pins]) => {
      return { key: path, isSame: sameSet(lock.workflows.get(path), pins), print: () => printWorkflow(path, pins) };
    }),
  );
  const dependencies = new Section(ended, top, "dependencies", (key) => pinOf(key) ?? key).with(
    [...wanted.dependencies].map(([pin, dependency]) => {
      const now = lock.dependencies.get(pin);
      const isSame = now !== undefined && sameDependency(now, dependency);
      return { key: pin, isSame, print: (kept) => printDependency(pin, dependency, kept) };
    }),
  );
  // From the end, so that the earlier places stay right; where a section is new, dependencies go below workflows.
  const edits = [dependencies, workflows].sort((a, b) => b.start - a.start);
  return edits.reduce(
    (text, { start, end, text: section }) =>
      text.slice(0, start) + section.replaceAll(/\r?\n/g, newline) + text.slice(end),
    ended,
  );
}

export function sameDependency(a: GithubDependency, b: GithubDependency): boolean {
  return (
    a.ref === b.ref &&
    a.commit === b.commit &&
    a.owner_id === b.owner_id &&
    a.repo_id === b.repo_id &&
    sameSet(a.uses, b.uses)
  );
}

export function sameSet(a: readonly string[] | undefined, b: readonly string[]): boolean {
  return a !== undefined && JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());
}

interface WantedEntry {
  readonly key: string;
  /** The file says it already. */
  readonly isSame: boolean;
  readonly print: (kept: KeptLines) => string;
}

interface SectionEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The keys that this flowkeep writes. Others are kept. */
const OWN_KEYS: ReadonlySet<string> = new Set(["ref", "commit", "owner_id", "repo_id", "uses"]);

/** A mapping below a key of the file: whole lines, each entry with the comments above it. */
class Section {
  readonly #text: string;
  readonly #name: string;
  readonly #pairs: readonly Pair<Node, Node | null>[];
  readonly #place: { readonly start: number; readonly end: number };
  readonly #keyOf: (key: string) => string;

  constructor(text: string, top: BlockMap, name: string, keyOf: (key: string) => string) {
    this.#text = text;
    this.#name = name;
    this.#keyOf = keyOf;
    const at = top.items.findIndex((pair) => textOf(pair.key) === name);
    const value = top.items[at]?.value as BlockMap | null | undefined;
    this.#pairs = value?.items ?? [];
    const ends = top.items.slice(at + 1).map((pair) => this.#startOf(pair.key, text.length));
    const end = at < 0 ? this.#startOfSection(top, name) : (ends[0] ?? text.length);
    this.#place = { start: at < 0 ? end : lineStart(text, startOf(top.items[at]?.key)), end };
  }

  /** Where a section goes that is not there: workflows stand before dependencies. */
  #startOfSection(top: BlockMap, name: string): number {
    const dependencies = top.items.find((pair) => textOf(pair.key) === "dependencies");
    return name === "workflows" && dependencies !== undefined ? this.#startOf(dependencies.key, 0) : this.#text.length;
  }

  with(wanted: readonly WantedEntry[]): SectionEdit {
    if (wanted.length === 0) return { ...this.#place, text: "" };
    const now = new Map(this.#entries().map((entry) => [entry.key, entry]));
    // Entries of one mapping stand in one column.
    const isCanonical = this.#pairs.every(({ key }) => this.#columnOf(key) === 4);
    const printed = wanted.map(({ key, isSame, print }) => {
      const entry = now.get(key);
      if (entry === undefined) return { key, text: print(NOTHING) };
      const comments = /^(?:[ \t]*#.*\r?\n)*/.exec(entry.text)?.[0] ?? "";
      return { key, text: isSame && isCanonical ? entry.text : comments + print(this.#kept(entry.pair)) };
    });
    const order = [...now.keys()].filter((key) => printed.some((entry) => entry.key === key));
    for (const { key } of [...printed].sort((a, b) => compareText(a.key, b.key))) {
      if (now.has(key)) continue;
      const before = order.findIndex((other) => compareText(other, key) > 0);
      order.splice(before < 0 ? order.length : before, 0, key);
    }
    const texts = new Map(printed.map(({ key, text }) => [key, text]));
    return { ...this.#place, text: `${this.#name}:\n${order.map((key) => texts.get(key) ?? "").join("")}` };
  }

  #entries(): readonly { readonly key: string; readonly text: string; readonly pair: Pair<Node, Node | null> }[] {
    const starts = this.#pairs.map(({ key }) => this.#startOf(key, 0));
    return this.#pairs.map((pair, at) => ({
      key: this.#keyOf(textOf(pair.key)),
      text: this.#text.slice(starts[at], starts[at + 1] ?? this.#place.end),
      pair,
    }));
  }

  /** The lines of an entry's parts that are not understood, at the indent that they are to have. */
  #kept({ value }: Pair<Node, Node | null>): KeptLines {
    const pairs = (value as BlockMap | null)?.items ?? [];
    let [before, after] = ["", ""];
    for (const [at, { key, value: part }] of pairs.entries()) {
      if (OWN_KEYS.has(textOf(key))) continue;
      const start = this.#startOf(key, 0);
      const next = pairs[at + 1];
      const end = next === undefined ? lineEnd(this.#text, endOf(part ?? key)) : this.#startOf(next.key, 0);
      const column = this.#columnOf(key);
      const lines = this.#text
        .slice(start, end)
        .split(/(?<=\n)/)
        .map((line) => (line.trim() === "" ? line : " ".repeat(8) + line.slice(column)));
      if (at < pairs.findIndex((pair) => textOf(pair.key) === "ref")) before += lines.join("");
      else after += lines.join("");
    }
    return { before, after };
  }

  #columnOf(key: Node): number {
    return startOf(key) - lineStart(this.#text, startOf(key));
  }

  /** The beginning of a key's line, or of the comments above it; `most` where there is no key. */
  #startOf(key: Node | undefined, most: number): number {
    if (key === undefined) return most;
    let start = lineStart(this.#text, startOf(key));
    while (start > 0) {
      const above = lineStart(this.#text, start - 1);
      if (!/^[ \t]*#/.test(this.#text.slice(above, start))) break;
      start = above;
    }
    return start;
  }
}

const NOTHING: KeptLines = { before: "", after: "" };

function textOf(node: Node | null | undefined): string {
  return node != null && "value" in node ? String(node.value) : "";
}

function startOf(node: Node | null | undefined): number {
  return node?.range?.[0] ?? 0;
}

function endOf(node: Node): number {
  return node.range?.[1] ?? 0;
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf("\n", at - 1) + 1;
}

function lineEnd(text: string, at: number): number {
  // A block's range ends behind its last line already.
  if (at > 0 && text[at - 1] === "\n") return at;
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end + 1;
}

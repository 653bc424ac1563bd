import type { Document, Node, Pair, YAMLMap } from "yaml";
import { ReadError } from "../../ir/errors.ts";
import { locate, sourceFile, type SourceFile } from "../../ir/span.ts";
import { mergeConflict } from "../merge-conflict.ts";
import { GITHUB_LOCK_VERSIONS, isDigest, type GithubDependency, type GithubLock } from "./github-lock.ts";
import { pinOf, refOfPin } from "./pin-of.ts";

export type GithubLockResult = ReadGithubLock | { readonly kind: "unreadable"; readonly errors: readonly ReadError[] };

export interface ReadGithubLock {
  readonly kind: "github-lock";
  readonly lock: GithubLock;
  /** A newer `gh actions-lock` wrote it in a form that is not known here: it is read, and never written. */
  readonly isNewer: boolean;
  readonly text: string;
  readonly document: Document.Parsed;
}

/** As much as GitHub reads: github/actions-lockfile, `MaxParseSize`. */
const MOST = 1 << 20;

/**
 * Reads GitHub's lock. What is not as GitHub takes it is an error with its place; keys that are not known are no error, because they
 * are a newer form's.
 */
export async function parseGithubLock(text: string, file: string): Promise<GithubLockResult> {
  const yaml = await import("yaml");
  const source = sourceFile(file, text);
  if (text.length > MOST) {
    const error = new ReadError("GitHub reads no lock of more than 1 MiB", locate({ file: source, start: 0, end: 0 }));
    return { kind: "unreadable", errors: [error] };
  }
  const conflict = mergeConflict(text, file, "GitHub's lock");
  if (conflict !== undefined) return { kind: "unreadable", errors: [conflict] };
  const document = yaml.parseDocument(text, { version: "1.2", schema: "core", merge: false, logLevel: "silent" });
  const reader = new LockReader(source, yaml);
  const lock = reader.read(document);
  if (reader.errors.length > 0 || lock === undefined) return { kind: "unreadable", errors: reader.errors };
  const isNewer = !GITHUB_LOCK_VERSIONS.includes(lock.version);
  return { kind: "github-lock", lock, isNewer, text, document };
}

type Yaml = typeof import("yaml");
type Mapping = ReadonlyMap<string, Pair<Node, Node | null>>;

class LockReader {
  readonly errors: ReadError[] = [];
  readonly #file: SourceFile;
  readonly #yaml: Yaml;

  constructor(file: SourceFile, yaml: Yaml) {
    this.#file = file;
    this.#yaml = yaml;
  }

  read(document: Document.Parsed): GithubLock | undefined {
    for (const { message, pos } of document.errors)
      this.#fail((message.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/, ""), pos);
    if (this.errors.length > 0) return undefined;
    const top = this.#mapping(document.contents, "the lock");
    const version = top && this.#version(top, document.contents);
    if (top === undefined || version === undefined) return undefined;
    const workflows = [...this.#section(top, "workflows")].map(
      ([path, { value }]) => [path, this.#pins(value, `\`${path}\``)] as const,
    );
    const dependencies = [...this.#section(top, "dependencies")].flatMap(([key, pair]) => {
      const pin = this.#pin(key, pair.key);
      const found = this.#dependency(pin, pair);
      return found === undefined ? [] : [[pin, found] as const];
    });
    return { version, workflows: new Map(workflows), dependencies: new Map(dependencies) };
  }

  /** An older form writes pins in another way, and its own tool brings it up to date. */
  #version(top: Mapping, node: Node | null): string | undefined {
    const pair = top.get("version");
    const version = this.#text(pair?.value);
    const numbers = /^v(\d+)\.(\d+)\.(\d+)$/
      .exec(version ?? "")
      ?.slice(1)
      .map(Number);
    if (version !== undefined && numbers !== undefined && numbers.join(".") !== "0.0.1") return version;
    const said =
      pair === undefined ? "it has no `version`" : `its \`version\` is ${String(version ?? "no text")}, an old form`;
    this.#fail(`this is no lock that flowkeep reads: ${said}. Run \`gh actions-lock\``, pair?.value ?? node);
    return undefined;
  }

  #section(top: Mapping, name: string): Mapping {
    const pair = top.get(name);
    return pair?.value == null ? new Map() : (this.#mapping(pair.value, `\`${name}\``) ?? new Map());
  }

  #dependency(pin: string, { key, value }: Pair<Node, Node | null>): GithubDependency | undefined {
    const before = this.errors.length;
    const entry = this.#mapping(value, `the entry of ${pin}`);
    if (entry === undefined) return undefined;
    const ref = this.#match(entry, "ref", key, /^[^:\s]+$/, "a tag or branch");
    const written = this.#match(
      entry,
      "commit",
      key,
      /^(?:sha1-[0-9a-f]{40}|sha256-[0-9a-f]{64})$/i,
      "`sha1-` and 40 digits",
    );
    const commit = written.slice(written.indexOf("-") + 1).toLowerCase();
    const ids = { owner_id: this.#id(entry, "owner_id", key), repo_id: this.#id(entry, "repo_id", key) };
    const uses = entry.get("uses")?.value == null ? [] : this.#pins(entry.get("uses")?.value, `\`uses\` of ${pin}`);
    if (this.errors.length > before) return undefined;
    const named = refOfPin(pin);
    if (isDigest(named) ? named.toLowerCase() !== commit : named !== ref)
      this.#fail(
        isDigest(named)
          ? `${pin} names another commit than its \`commit\``
          : `${pin} names another ref than its \`ref\`, which is ${ref}`,
        key,
      );
    return { ref, commit, ...ids, uses };
  }

  #id(entry: Mapping, name: string, place: Node): number {
    const text = this.#match(entry, name, place, /^[1-9]\d{0,15}$/, "a number above zero");
    return Number(text);
  }

  #match(entry: Mapping, name: string, place: Node, pattern: RegExp, what: string): string {
    const value = entry.get(name)?.value;
    const text = this.#text(value);
    if (text !== undefined && pattern.test(text)) return text;
    this.#fail(
      value === undefined ? `\`${name}\` is missing: it is ${what}` : `\`${name}\` must be ${what}`,
      value ?? place,
    );
    return "";
  }

  #pins(node: Node | null | undefined, what: string): readonly string[] {
    if (node != null && this.#yaml.isSeq<Node>(node))
      return node.items.map((item) => this.#pin(this.#text(item) ?? "", item));
    this.#fail(`${what} must be a list`, node);
    return [];
  }

  /** Owner and name are compared without regard to case, and are read in the one that pins have. */
  #pin(text: string, node: Node): string {
    const pin = pinOf(text);
    if (pin !== undefined && /^[^/@:]+\/[^/@:]+@[^:]+$/.test(text)) return pin;
    this.#fail(`${JSON.stringify(text)} is not owner/name@ref`, node);
    return text;
  }

  #mapping(node: Node | null | undefined, what: string): Mapping | undefined {
    // In one line nothing can be taken out or put in without touching the rest.
    if (node != null && this.#yaml.isMap(node) && !(node.flow === true && node.items.length > 0)) {
      const pairs = (node as YAMLMap<Node, Node | null>).items;
      return new Map(pairs.map((pair) => [this.#text(pair.key) ?? "", pair]));
    }
    this.#fail(`${what} must be a mapping, with a line for each key`, node);
    return undefined;
  }

  #text(node: Node | null | undefined): string | undefined {
    if (node == null || !this.#yaml.isScalar(node) || node.value === null) return undefined;
    return String(node.value);
  }

  #fail(message: string, place: Node | readonly [number, number] | null | undefined): void {
    const [start, end] = Array.isArray(place) ? (place as [number, number]) : ((place as Node | null)?.range ?? [0, 0]);
    this.errors.push(new ReadError(message, locate({ file: this.#file, start, end })));
  }
}

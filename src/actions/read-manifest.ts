import type { Document, Node, Pair, ParsedNode, Range, YAMLMap } from "yaml";
import { ReadError } from "../ir/errors.ts";
import { scalarText, type ScalarValue } from "../ir/node.ts";
import { formatNumber } from "../expressions/number-text.ts";
import { locate, sourceFile, type SourceFile } from "../ir/span.ts";
import { compareText, type ActionInput, type ActionInterface } from "./action-interface.ts";

export type ManifestResult =
  | { readonly kind: "manifest"; readonly interface: ActionInterface }
  | { readonly kind: "unreadable"; readonly errors: readonly ReadError[] };

/**
 * Reads the interface of an action from the text of its `action.yml`, by the rules of the runner
 * (actions/runner, `ActionManifestManager`): an input may be empty; names within an input are case-insensitive; a default is
 * whatever text the scalar becomes, so `default: True` is `"true"`.
 *
 * @example
 * const result = await readManifest("runs: { using: node24, main: index.js }", "action.yml");
 * // { kind: "manifest", interface: { using: "node24", inputs: Map {}, outputs: [], nested: [] } }
 */
export async function readManifest(text: string, path: string): Promise<ManifestResult> {
  const yaml = await import("yaml");
  const document = yaml.parseDocument(text, { version: "1.2", schema: "core", merge: false, logLevel: "silent" });
  const reader = new ManifestReader(sourceFile(path, text), document, yaml);
  const found = reader.read();
  return reader.errors.length > 0 || found === undefined
    ? { kind: "unreadable", errors: reader.errors }
    : { kind: "manifest", interface: found };
}

type Yaml = typeof import("yaml");

class ManifestReader {
  readonly errors: ReadError[] = [];
  readonly #file: SourceFile;
  readonly #document: Document.Parsed;
  readonly #yaml: Yaml;

  constructor(file: SourceFile, document: Document.Parsed, yaml: Yaml) {
    this.#file = file;
    this.#document = document;
    this.#yaml = yaml;
  }

  read(): ActionInterface | undefined {
    for (const error of this.#document.errors) this.#fail(firstLine(error.message), error.pos);
    if (this.errors.length > 0) return undefined;
    const top = this.#mapping(this.#document.contents, "an action's manifest");
    if (top === undefined) return undefined;
    const runs = top.get("runs");
    if (runs === undefined) {
      this.#fail(
        "`runs` is missing: an action says there what it runs, as in `runs: { using: node24, main: index.js }`",
      );
      return undefined;
    }
    const runsKeys = this.#mapping(runs, "`runs`");
    if (runsKeys === undefined) return undefined;
    const image = runsKeys.get("image");
    return {
      using: this.#using(runsKeys, runs),
      inputs: this.#inputs(top.get("inputs")),
      outputs: this.#outputs(top.get("outputs")),
      nested: this.#nested(runsKeys.get("steps")),
      ...(image === undefined ? {} : { image: this.#text(image, "`runs.image`") ?? "" }),
    };
  }

  #using(runs: ReadonlyMap<string, Node | null>, node: Node | null): string {
    const using = runs.get("using");
    // `runs: { plugin: checkout }` is how checkout v1 was built into the runner.
    if (using === undefined && runs.has("plugin")) return "plugin";
    const text = using === undefined ? undefined : this.#text(using, "`runs.using`");
    if (text !== undefined && text !== "") return text.toLowerCase();
    if (using === undefined || text === "")
      this.#fail(
        "`runs.using` is missing: write `composite`, `docker` or a Node version such as `node24`",
        rangeOf(node),
      );
    return "";
  }

  #inputs(node: Node | null | undefined): ReadonlyMap<string, ActionInput> {
    const inputs = new Map<string, ActionInput>();
    if (isNothing(node)) return inputs;
    const spellings = new Map<string, string>();
    for (const [name, value] of this.#mapping(node, "`inputs`") ?? []) {
      const twin = spellings.get(name.toLowerCase());
      if (twin !== undefined)
        this.#fail(`the inputs \`${twin}\` and \`${name}\` are one to GitHub, which ignores case`, rangeOf(value));
      spellings.set(name.toLowerCase(), name);
      inputs.set(name, this.#input(name, value));
    }
    return inputs;
  }

  #input(name: string, node: Node | null): ActionInput {
    // The runner reads the properties only of a mapping; `name:` alone is an input without a default.
    const resolved = this.#resolve(node);
    if (!this.#yaml.isMap(resolved)) return { required: false };
    const properties = new Map(
      [...(this.#mapping(resolved, `input \`${name}\``) ?? [])].map(([key, value]) => [key.toLowerCase(), value]),
    );
    const text = (key: string) => {
      const value = properties.get(key);
      return value === undefined ? undefined : this.#text(value, `\`${key}\` of input \`${name}\``);
    };
    return {
      required: text("required")?.toLowerCase() === "true",
      default: text("default"),
      deprecated: text("deprecationmessage")?.trim() || (properties.has("deprecationmessage") ? true : undefined),
      description: text("description")?.trim() || undefined,
    };
  }

  #outputs(node: Node | null | undefined): readonly string[] {
    if (isNothing(node)) return [];
    return [...(this.#mapping(node, "`outputs`") ?? new Map<string, unknown>()).keys()].sort(compareText);
  }

  #nested(node: Node | null | undefined): readonly string[] {
    const steps = this.#resolve(node);
    if (!this.#yaml.isSeq(steps)) {
      if (!isNothing(steps)) this.#fail("`runs.steps` is no list", rangeOf(steps));
      return [];
    }
    const refs = new Set<string>();
    for (const item of steps.items as (Node | null)[]) {
      const uses = this.#mapping(item, "a step of `runs.steps`")?.get("uses");
      if (uses !== undefined) refs.add(this.#text(uses, "`uses`") ?? "");
    }
    return [...refs];
  }

  /** The entries of a mapping, in order. */
  #mapping(node: Node | null | undefined, what: string): ReadonlyMap<string, Node | null> | undefined {
    const resolved = this.#resolve(node);
    if (!this.#yaml.isMap(resolved)) {
      this.#fail(`${what} is no mapping`, rangeOf(resolved));
      return undefined;
    }
    const entries = new Map<string, Node | null>();
    for (const { key, value } of (resolved as YAMLMap<Node | null, Node | null>).items as Pair<Node, Node | null>[]) {
      const name = this.#text(key, `a key of ${what}`);
      if (name !== undefined) entries.set(name, value);
    }
    return entries;
  }

  #text(node: Node | null, what: string): string | undefined {
    const resolved = this.#resolve(node);
    if (resolved === null) return "";
    if (this.#yaml.isScalar(resolved)) {
      const value = resolved.value as ScalarValue;
      return typeof value === "number" ? formatNumber(value) : scalarText(value);
    }
    this.#fail(`${what} is no text`, rangeOf(resolved));
    return undefined;
  }

  #resolve(node: Node | null | undefined): Node | null {
    return this.#yaml.isAlias(node) ? (node.resolve(this.#document) ?? null) : (node ?? null);
  }

  #fail(message: string, range: readonly [number, number] = [0, 0]): void {
    const [start, end] = range;
    this.errors.push(new ReadError(message, locate({ file: this.#file, start, end })));
  }
}

function isNothing(node: Node | null | undefined): node is null | undefined {
  return node === undefined || node === null || ("value" in node && node.value === null);
}

function rangeOf(node: Node | null): readonly [number, number] | undefined {
  const range: Range | null | undefined = (node as ParsedNode | null)?.range;
  return range ? [range[0], range[1]] : undefined;
}

/** Without the excerpt that the yaml package adds below its messages. */
function firstLine(message: string): string {
  return (message.split("\n")[0] ?? message).replace(/ at line \d+, column \d+:?$/, "");
}

import type { Entry, Scalar, Value } from "../ir/node.ts";
import { inGroups, isEntrySpaced, isItemSpaced } from "./blank-lines.ts";
import { canBeWritten, Code, propertyName } from "./code.ts";
import { camelCase } from "./identifiers.ts";
import { CannotImport, type ImportNote } from "./imported-file.ts";
import { entryComments, itemComments, type GatheredComments } from "./node-comments.ts";
import { anything, fieldOf, isComplete, pick, type Accepted, type Picked } from "./type-model.ts";

interface Shown {
  /** An object stands open, one property a line, even where it would fit on one. */
  readonly open?: boolean;
  /** The value is an item or the file: what stands above its first key stands above the whole. */
  readonly isItem?: boolean;
}

/** Writes values as TypeScript, with their comments, and with a cast where a type does not take what GitHub does. */
export abstract class ValueWriter {
  protected readonly code = new Code();
  /** What a person should look at. */
  readonly notes: ImportNote[] = [];
  /** Anchors that aliases name. */
  readonly #aliased: ReadonlySet<string>;
  /** The constants that stand for anchored values, by content. */
  readonly #constants = new Map<unknown, string>();

  constructor(root: Value) {
    this.#aliased = aliasesIn(root);
  }

  protected abstract jobs(value: Value): string;
  protected abstract needs(value: Value): string;
  protected abstract steps(value: Value): string;
  protected abstract step(value: Value): string;
  protected abstract script(value: Value): string;

  /** A value without the comments around it. */
  protected value(value: Value, accepted: Accepted, shown: Shown = {}): string {
    const picked = pick(accepted, value);
    const code = this.#constant(value) ?? this.#named(value, this.#content(value, picked ?? anything, shown));
    if (picked !== undefined && isComplete(picked, value)) return code;
    this.note("cast", "flowkeep's types do not take what stands here, so it has a cast", value);
    return `${code} as never`;
  }

  #content(value: Value, picked: Picked, shown: Shown): string {
    switch (picked.is) {
      case "jobs":
      case "needs":
      case "steps":
      case "step":
      case "script":
        return this[picked.is](value);
    }
    switch (value.kind) {
      case "scalar":
        return this.scalar(value, picked);
      case "sequence":
        return this.list(value.items, (item) => this.value(item, picked.is === "list" ? picked.of : anything, ITEM));
      case "mapping":
        return this.object(value.entries, picked, shown);
    }
  }

  // ── Scalars ───────────────────────────────────────────────────────────────────────────────────────────────

  protected scalar(node: Scalar, picked: Picked): string {
    const { value, span } = node;
    if (typeof value === "string") {
      const typed = picked.is === "scalar" && picked.expressions ? this.expression(value) : undefined;
      return typed ?? this.text(node);
    }
    if (typeof value === "number" && !Number.isFinite(value))
      throw new CannotImport("not-a-number", `${value} is no number that YAML and GitHub agree on`, span);
    return Object.is(value, -0) ? "-0" : String(value);
  }

  protected text({ text, span }: Scalar): string {
    if (canBeWritten(text)) return this.code.text(text);
    const reason =
      "this text begins with an empty line and is indented throughout, which TypeScript sources cannot say";
    throw new CannotImport("indented-text", reason, span);
  }

  /** A typed expression that becomes exactly this text; undefined: the text stays text. */
  protected expression(text: string): string | undefined {
    const secret = /^\$\{\{ secrets\.([A-Za-z_]\w*) \}\}$/.exec(text)?.[1];
    // GitHub reserves the names that begin so, but for this one.
    if (secret !== undefined && (secret === "GITHUB_TOKEN" || !/^GITHUB_/i.test(secret)))
      return `${this.code.use("secret")}(${JSON.stringify(secret)})`;
    return text === "${{ github.token }}" ? `${this.code.use("githubToken")}()` : undefined;
  }

  // ── Collections ───────────────────────────────────────────────────────────────────────────────────────────

  protected list(items: readonly Value[], write: (item: Value) => string): string {
    const parts = items.map((item) => this.withComments(this.itemComments(item), write(item)));
    return `[${inGroups(parts, items.map(isItemSpaced)).join(", ")}]`;
  }

  protected itemComments(item: Value): GatheredComments {
    return itemComments(item);
  }

  /** Keys that the types do not know stand in a spread object, whose type hides them. */
  protected object(entries: readonly Entry[], picked: Picked, shown: Shown): string {
    return this.properties(this.parts(entries, picked, shown), shown.open ?? false);
  }

  /** The properties of an object, one by one. */
  protected parts(entries: readonly Entry[], picked: Picked, { open, isItem = false }: Shown): readonly string[] {
    checkKeys(entries);
    const parts: string[] = [];
    const spaced: boolean[] = [];
    let hidden: string[] = [];
    const closeHidden = (): void => {
      if (hidden.length > 0) parts.push(`...({ ${hidden.join(", ")} } as object)`);
      hidden = [];
    };
    entries.forEach((entry, index) => {
      const field = fieldOf(picked, entry.key.text);
      const code = this.value(entry.value, field ?? anything);
      const commented = this.withComments(this.commentsOf(entry, isItem && index === 0), code);
      const property = this.property(entry.key.text, commented);
      if (field === undefined) {
        this.note("cast", `flowkeep's types know no \`${entry.key.text}\` here, so it has a cast`, entry.key);
        hidden.push(property);
      } else {
        closeHidden();
        // Nearly every file has blank lines between its own keys: there they say nothing.
        spaced[parts.length] = isEntrySpaced(entry) && !(open && isItem);
        parts.push(property);
      }
    });
    closeHidden();
    return inGroups(parts, spaced);
  }

  protected properties(parts: readonly string[], open: boolean): string {
    if (parts.length === 0) return "{}";
    return open ? `{\n${parts.join(",\n")}\n}` : `{ ${parts.join(", ")} }`;
  }

  protected property(key: string, code: string): string {
    const name = propertyName(key);
    return name === code ? name : `${name}: ${code}`;
  }

  // ── Comments ──────────────────────────────────────────────────────────────────────────────────────────────

  protected commentsOf(entry: Entry, isFirstOfItem: boolean): GatheredComments {
    return entryComments(entry, isFirstOfItem);
  }

  protected withComments({ above, after, end }: GatheredComments, code: string): string {
    let around = code;
    for (const block of end) around = this.#comment("comment.end", block, around);
    for (const text of after.toReversed()) around = this.#comment("comment.after", [text], around);
    for (const block of above.toReversed()) around = this.#comment("comment", block, around);
    return around;
  }

  #comment(builder: string, lines: readonly string[], code: string): string {
    this.code.use("comment");
    const text = lines.length === 1 ? (lines[0] ?? "") : `${lines.join("\n")}\n`;
    if (!canBeWritten(text)) return lines.reduceRight((around, line) => this.#comment(builder, [line], around), code);
    return `${builder}(${this.code.text(text)}, ${code})`;
  }

  // ── Anchors and aliases ───────────────────────────────────────────────────────────────────────────────────

  /** The constant that stands for an anchored value, if there is one. */
  #constant(value: Value): string | undefined {
    const anchor = value.alias ?? value.anchor;
    return anchor === undefined ? undefined : this.#constants.get(contentOf(value, anchor));
  }

  /** Makes a constant of a value that aliases name. */
  #named(value: Value, code: string): string {
    const anchor = value.anchor ?? value.alias;
    if (anchor === undefined || !this.#aliased.has(anchor)) return code;
    const known = this.code.constants.find((constant) => constant.name === code);
    const name = known?.name ?? this.code.identifiers.take(camelCase(anchor));
    this.#constants.set(contentOf(value, anchor), name);
    if (known !== undefined) return name;
    // Literals keep their types: `["opened"]` is not to become a list of any texts.
    const isLiteral = code.startsWith("{") || code.startsWith("[");
    return this.code.declare({ name, code: isLiteral ? `${code} as const` : code });
  }

  protected note(code: ImportNote["code"], message: string, { span }: Value): void {
    this.notes.push({ code, message, span });
  }
}

const ITEM: Shown = { isItem: true };

function aliasesIn(root: Value): ReadonlySet<string> {
  const names = new Set<string>();
  const pending: Value[] = [root];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (value.alias !== undefined) names.add(value.alias);
    else if (value.kind === "sequence") pending.push(...value.items);
    else if (value.kind === "mapping") pending.push(...value.entries.map((entry) => entry.value));
  }
  return names;
}

/** An alias shares its content with what it names; a scalar has none to share. */
function contentOf(value: Value, anchor: string): unknown {
  switch (value.kind) {
    case "scalar":
      return `${anchor} ${typeof value.value} ${value.text}`;
    case "sequence":
      return value.items;
    case "mapping":
      return value.entries;
  }
}

/** An object has each key once, and keys that are array indexes before all others: ECMA-262, OrdinaryOwnPropertyKeys. */
function checkKeys(entries: readonly Entry[]): void {
  const seen = new Set<string>();
  let last = -1;
  for (const { key } of entries) {
    const { text, span } = key;
    if (seen.has(text))
      throw new CannotImport("duplicate-key", `\`${text}\` stands here twice, and an object has each key once`, span);
    seen.add(text);
    const index = /^(?:0|[1-9]\d{0,9})$/.test(text) ? Number(text) : Infinity;
    if (index < last)
      throw new CannotImport(
        "key-order",
        `\`${text}\` would move: an object has whole numbers before other keys`,
        span,
      );
    last = index;
  }
}

import { blockText } from "../define/scripts/block-text.ts";
import { Identifiers } from "./identifiers.ts";

/** What a source can import from flowkeep. */
const BUILDERS = [
  "action",
  "appToken",
  "comment",
  "deployKey",
  "githubToken",
  "job",
  "pat",
  "push",
  "run",
  "secret",
  "unsafeScript",
  "untyped",
  "uses",
  "workflow",
] as const;
export type Builder = (typeof BUILDERS)[number];

/** A constant above the default export. */
export interface Constant {
  readonly name: string;
  readonly code: string;
}

/** The code of one source, in pieces, while it is being written. */
export class Code {
  readonly constants: Constant[] = [];
  readonly identifiers = new Identifiers(BUILDERS);
  readonly #imported = new Set<Builder>();
  /** The names of other sources' default exports, by path from this one. */
  readonly #handles = new Map<string, string>();
  readonly #blocks = new Map<string, number>();

  /** The name of something that has to be imported. */
  use(builder: Builder): Builder {
    this.#imported.add(builder);
    return builder;
  }

  /** The name of another source's default export. */
  handle(path: string, ...wanted: readonly string[]): string {
    const name = this.#handles.get(path) ?? this.identifiers.take(...wanted);
    this.#handles.set(path, name);
    return name;
  }

  declare(constant: Constant): string {
    this.constants.push(constant);
    return constant.name;
  }

  /** A text as a literal: one of several lines as a template literal that begins below its backtick, where that is exact. */
  text(text: string): string {
    if (!/\n./s.test(text) || UNPRINTABLE.test(text)) return stringLiteral(text);
    if (blockText(blockLiteral(text, "  ", "")) === text) return this.#block(text);
    return blockText(text) === text ? `\`${escapeTemplate(text)}\`` : stringLiteral(text);
  }

  /** Stands for a template literal whose lines get their indentation when all else has been laid out. */
  #block(text: string): string {
    const index = this.#blocks.get(text) ?? this.#blocks.size;
    this.#blocks.set(text, index);
    return `\`${MARK}${index.toString(2).replaceAll("0", ZERO).replaceAll("1", ONE)}\n${MARK}\``;
  }

  /** The whole source, with places for its blocks. */
  source(defaultExport: string): { readonly code: string; readonly blocks: readonly string[] } {
    const imported = BUILDERS.filter((builder) => this.#imported.has(builder)).join(", ");
    const handles = [...this.#handles].map(([path, name]) => `import ${name} from ${JSON.stringify(path)};`);
    const imports = [`import { ${imported} } from "flowkeep";`, ...handles.sort()].join("\n");
    const constants = this.constants.map(({ name, code }) => `const ${name} = ${code};`);
    return {
      code: [imports, ...constants, `export default ${defaultExport};`].join("\n\n"),
      blocks: [...this.#blocks.keys()],
    };
  }
}

// What stands for a block has its number in characters that prettier gives no width, so that it is as wide as the block's own first
// and last line: then prettier would leave the block where it has put this.
const MARK = "\x01";
const ZERO = "\x02";
const ONE = "\x03";
const BLOCK = new RegExp(`\`${MARK}([${ZERO}${ONE}]+)\\r?\\n${MARK}\``, "g");

// Template literals turn every line break into a line feed, and an editor shows none of the others.
const UNPRINTABLE =
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Puts the blocks of a source in their places, one level deeper than the line that each begins on. */
export function fillBlocks(code: string, blocks: readonly string[], level: string): string {
  const lineBreak = code.includes("\r\n") ? "\r\n" : "\n";
  return code.replace(BLOCK, (_, bits: string, at: number) => {
    const index = Number.parseInt(bits.replaceAll(ZERO, "0").replaceAll(ONE, "1"), 2);
    const line = code.slice(code.lastIndexOf("\n", at) + 1, at);
    const indent = /^[ \t]*/.exec(line)?.[0] ?? "";
    const literal = blockLiteral(escapeTemplate(blocks[index] ?? ""), indent + level, indent);
    return `\`${literal.replaceAll("\n", lineBreak)}\``;
  });
}

/** The content of a template literal that `blockText` makes the text of. */
function blockLiteral(text: string, indent: string, closing: string): string {
  const lines = text.split("\n");
  const ends = lines.at(-1) === "";
  const shown = (ends ? lines.slice(0, -1) : lines).map((line) => (line === "" ? "" : indent + line));
  return `\n${shown.join("\n")}${ends ? `\n${closing}` : ""}`;
}

function escapeTemplate(text: string): string {
  return text.replace(/\\|`|\$\{/g, (found) => `\\${found}`);
}

/** A string literal on one line. What JSON leaves as it is and a reader would not see is escaped. */
function stringLiteral(text: string): string {
  const shown = new RegExp(UNPRINTABLE, "g");
  return JSON.stringify(text).replace(shown, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Whether flowkeep takes a text for what it is: one that begins with an empty line and is indented throughout loses both. */
export function canBeWritten(text: string): boolean {
  return blockText(text) === text;
}

/** A property's name, quoted only where it must be. */
export function propertyName(key: string): string {
  if (key === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : stringLiteral(key);
}

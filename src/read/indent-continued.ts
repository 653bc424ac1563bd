import { yamlPackage } from "./yaml-package.ts";

/** A text in which lines have been indented, and the way back to the text as it was. */
export interface IndentedText {
  readonly text: string;
  /** Where an offset of it stood. */
  readonly offsetBefore: (offset: number) => number;
}

/** Spaces that are added at an offset. */
interface Added {
  readonly at: number;
  readonly spaces: number;
}

/** Each line of a list is found by reading the text once more. */
const MOST_CHARACTERS_READ = 4 * 1024 * 1024;
/** The package's lexemes that stand for no characters: yaml's parse/cst.ts. */
const [DOCUMENT, SCALAR_FOLLOWS, FLOW_ENDS_EARLY] = ["\x02", "\x1f", "\x18"];

/**
 * YAML wants the lines of a text in quotes, and of `[…]` and `{…}`, indented deeper than their key, and the `yaml` package insists.
 * GitHub's server takes them wherever they begin: YamlDotNet 5.3 (actions/runner, src/Sdk/Sdk.csproj) has libyaml's scanner, which
 * looks at no indentation there; r-lib/actions/setup-r is written so, and runs. Spaces at the beginning of such a line mean
 * nothing, so they may be added.
 *
 * @returns undefined where no such line is found
 */
export function indentContinued(text: string): IndentedText | undefined {
  const added: Added[] = [];
  let indented = text;
  let shift = 0;
  for (let read = 0; read <= MOST_CHARACTERS_READ; read += indented.length) {
    const lines = findShallow(indented);
    // Between documents nothing goes on.
    if (lines.length === 0 || lines.some(({ at }) => /^(?:---|\.\.\.)/.test(indented.slice(at, at + 3)))) break;
    let result = "";
    let from = 0;
    for (const { at, spaces } of lines) {
      result += indented.slice(from, at) + " ".repeat(spaces);
      from = at;
      added.push({ at: at - shift, spaces });
    }
    indented = result + indented.slice(from);
    shift = indented.length - text.length;
  }
  return added.length === 0 ? undefined : { text: indented, offsetBefore: wayBack(added) };
}

/** The first text in quotes that goes on in lines of too few spaces, or the first such line of a `[…]` or `{…}`. */
function findShallow(text: string): readonly Added[] {
  const { Lexer } = yamlPackage();
  let offset = 0;
  let inScalar = false;
  const open: number[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme === SCALAR_FOLLOWS) inScalar = true;
    else if (lexeme === FLOW_ENDS_EARLY) return shallowLines(text, offset, offset, columnOf(text, open[0] ?? 0) + 1);
    else if (lexeme !== DOCUMENT) {
      const first = inScalar ? "" : lexeme[0];
      if (first === '"' || first === "'") {
        const end = closingQuote(text, offset);
        if (end < 0) return [];
        const [column, isInFlow] = [columnOf(text, open[0] ?? offset), open.length > 0];
        if (end >= offset + lexeme.length) return shallowLines(text, offset + 1, end, column + (isInFlow ? 1 : 0));
      } else if (lexeme === "[" || lexeme === "{") open.push(offset);
      else if (lexeme === "]" || lexeme === "}") open.pop();
      inScalar = false;
      offset += lexeme.length;
    }
  }
  return [];
}

/** The lines behind the one of `from`, and that of `to`, which begin in front of a column. */
function shallowLines(text: string, from: number, to: number, column: number): readonly Added[] {
  const lines: Added[] = [];
  const first = from === to ? lineStart(text, to) : text.indexOf("\n", from) + 1;
  for (let at = first; at > 0 && at <= to; at = text.indexOf("\n", at) + 1) {
    const [line = ""] = /^ *[^\r\n]?/.exec(text.slice(at, at + column + 1)) ?? [];
    const spaces = line.length - line.trimStart().length;
    if (line.trim() !== "" && spaces < column) lines.push({ at, spaces: column - spaces });
  }
  return lines;
}

/** Where a text in quotes ends; -1 where it does not. */
function closingQuote(text: string, start: number): number {
  const quote = text[start] ?? "";
  for (let end = text.indexOf(quote, start + 1); end >= 0; end = text.indexOf(quote, end + 1)) {
    if (quote === "'") {
      if (text[end + 1] !== "'") return end;
      end++;
    } else {
      let backslashes = 0;
      while (text[end - 1 - backslashes] === "\\") backslashes++;
      if (backslashes % 2 === 0) return end;
    }
  }
  return -1;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

function wayBack(added: readonly Added[]): (offset: number) => number {
  let shift = 0;
  const lines = added.map(({ at, spaces }) => ({ at, start: at + shift, shift: (shift += spaces) }));
  return (offset) => {
    let low = 0;
    let high = lines.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((lines[middle]?.start ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    const line = lines[low - 1];
    return line === undefined ? offset : Math.max(line.at, offset - line.shift);
  };
}

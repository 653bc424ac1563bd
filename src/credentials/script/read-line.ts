import { splitText, trimText } from "../../shell/split-text.ts";
import {
  concatenate,
  EMPTY,
  literal,
  optionsOf,
  textOf,
  unknown,
  type TextValue,
  type Value,
} from "../../shell/value.ts";

/** What `read` gives to its variables: bash(1), `read`. */
export function readLine(input: Value | undefined, names: number, separators: string): readonly Value[] {
  const nothing = Array.from({ length: names }, () => unknown("what `read` reads"));
  const [line, ...others] = input === undefined ? [] : optionsOf(input);
  if (line === undefined || others.length > 0) return nothing;
  const [first = EMPTY] = splitText(line.value, "\n");
  const text = trimText(first, blanksIn(separators));
  if (names <= 1) return [text];
  // What may be anything may have separators in it.
  if (text.fragments.some(({ kind }) => kind === "unknown")) return nothing;
  return spread(text, names, separators);
}

/** The last variable takes all that is left. */
function spread(text: TextValue, names: number, separators: string): readonly Value[] {
  const values: Value[] = [];
  let left = text;
  while (values.length < names - 1) {
    const [piece = EMPTY, ...others] = splitText(left, separators);
    values.push(piece);
    left = others.length === 0 ? EMPTY : trimText(behind(left, piece), blanksIn(separators));
  }
  return [...values, left];
}

/** What stands behind a piece and the separator that ends it. */
function behind(text: TextValue, piece: TextValue): TextValue {
  const { fragments } = piece;
  const last = fragments.at(-1);
  const whole = last?.kind === "literal" ? fragments.length - 1 : fragments.length;
  const cut = (last?.kind === "literal" ? last.text.length : 0) + 1;
  const [next, ...others] = text.fragments.slice(whole);
  if (next?.kind !== "literal") return EMPTY;
  return textOf([{ kind: "literal", text: next.text.slice(cut) }, ...others]);
}

function blanksIn(separators: string): string {
  return [...separators].filter((char) => " \t\n".includes(char)).join("");
}

/**
 * What `read -a` makes of a text: its pieces between the separators. What is not known letter by letter counts as a part of one
 * piece.
 *
 * @param all `-d ''`: not the first line alone
 * @returns undefined where there is a choice of texts
 */
export function arrayRead(input: Value, separators: string, all: boolean): readonly Value[] | undefined {
  if (input.kind !== "text") return undefined;
  const text = all ? input : (splitText(input, "\n")[0] ?? EMPTY);
  // Separators that are white space, which all of `read`'s defaults are, make no empty pieces.
  return splitText(text, separators).filter(({ fragments }) => fragments.length > 0);
}

/** A line as a loop reads it. */
export function asLine(text: TextValue): Value {
  return concatenate([text, literal("\n")]);
}

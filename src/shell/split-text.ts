import { optionsOf, textOf, type Fragment, type TextValue, type Value } from "./value.ts";

/**
 * The lines of a text, without their ends. What is known by its name only (a secret, a step's output) is taken to have no line
 * break.
 *
 * @returns undefined where a piece of it may be anything, or where there is a choice of texts
 */
export function linesOf(value: Value): readonly TextValue[] | undefined {
  const [text, ...others] = optionsOf(value);
  if (text === undefined || others.length > 0) return undefined;
  if (text.value.fragments.some(({ kind }) => kind === "unknown")) return undefined;
  const lines = splitText(text.value, "\n");
  // What ends in a line break has no line behind it.
  return lines.at(-1)?.fragments.length === 0 ? lines.slice(0, -1) : lines;
}

/** The words of a text between blanks and line breaks; undefined as for lines. */
export function wordsOf(value: Value): readonly TextValue[] | undefined {
  return linesOf(value)?.flatMap((line) => splitText(line, " \t").filter(({ fragments }) => fragments.length > 0));
}

/** The pieces of a text between separators, which may be empty. Only letters that are known are separators. */
export function splitText({ fragments }: TextValue, separators: string): readonly TextValue[] {
  const pieces: Fragment[][] = [[]];
  for (const fragment of fragments) {
    if (fragment.kind !== "literal") {
      pieces.at(-1)?.push(fragment);
      continue;
    }
    let from = 0;
    for (let at = 0; at <= fragment.text.length; at++) {
      if (at < fragment.text.length && !separators.includes(fragment.text[at] ?? "")) continue;
      if (at > from) pieces.at(-1)?.push({ kind: "literal", text: fragment.text.slice(from, at) });
      if (at < fragment.text.length) pieces.push([]);
      from = at + 1;
    }
  }
  return pieces.map(textOf);
}

/** Without the separators that a text begins and ends with. */
export function trimText(text: TextValue, separators: string): TextValue {
  const fragments = [...text.fragments];
  const isIn = (char: string | undefined): boolean => char !== undefined && separators.includes(char);
  const [first] = fragments;
  if (first?.kind === "literal") {
    let from = 0;
    while (isIn(first.text[from])) from++;
    fragments[0] = { kind: "literal", text: first.text.slice(from) };
  }
  const last = fragments.at(-1);
  if (last?.kind === "literal") {
    let to = last.text.length;
    while (isIn(last.text[to - 1])) to--;
    fragments[fragments.length - 1] = { kind: "literal", text: last.text.slice(0, to) };
  }
  return textOf(fragments);
}

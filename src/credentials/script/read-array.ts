import { textOf, type Fragment, type Value } from "../../shell/value.ts";

/**
 * What `read -a` makes of a text: its pieces between the separators. What is not known letter by letter counts as a part of one
 * piece.
 *
 * @param all `-d ''`: not the first line alone
 * @returns undefined where there is a choice of texts
 */
export function arrayRead(input: Value, separators: string, all: boolean): readonly Value[] | undefined {
  if (input.kind !== "text") return undefined;
  const pieces: Fragment[][] = [[]];
  for (const fragment of input.fragments) {
    if (fragment.kind !== "literal") {
      pieces.at(-1)?.push(fragment);
      continue;
    }
    const end = all ? -1 : fragment.text.indexOf("\n");
    for (const char of end < 0 ? fragment.text : fragment.text.slice(0, end)) {
      if (separators.includes(char)) pieces.push([]);
      else pieces.at(-1)?.push({ kind: "literal", text: char });
    }
    if (end >= 0) break;
  }
  // Separators that are white space, which all of `read`'s defaults are, make no empty pieces.
  return pieces.filter((piece) => piece.length > 0).map(textOf);
}

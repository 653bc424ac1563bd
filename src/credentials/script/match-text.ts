import type { Glob } from "../../shell/glob.ts";
import { optionsOf, type Value } from "../../shell/value.ts";
import { hasSymbol, type Symbols, type Text } from "../text.ts";

/** Longer texts are not tried: each letter is held against each of the pattern's. */
const MOST_LETTERS = 500;

/**
 * Whether a pattern fits a value that has something unknown in it: `https://*` fits `https://x:<secrets.PAT>@github.com`, whatever the
 * secret is. Undefined where that depends.
 */
export function matchesValue(glob: Glob, value: Value, symbols: Symbols): boolean | undefined {
  const [answer, ...others] = optionsOf(value).map((option) => matchesText(glob, symbols.encode(option.value)));
  return others.every((other) => other === answer) ? answer : undefined;
}

function matchesText(glob: Glob, text: Text): boolean | undefined {
  const letters = [...text];
  if (letters.length > MOST_LETTERS) return undefined;
  if (!fits(glob, letters, true)) return false;
  return fits(glob, letters, false) ? true : undefined;
}

/** With `isHelpful` the unknown parts are what the pattern wants, if there is such a text; else only a `*` takes them. */
function fits(glob: Glob, letters: readonly string[], isHelpful: boolean): boolean {
  // Where in the pattern one may stand, in front of each letter.
  let places = new Set([0]);
  for (const letter of letters) {
    const isUnknown = hasSymbol(letter);
    const next = new Set<number>();
    const reached = withStars(glob, places);
    if (isUnknown && isHelpful) {
      const first = Math.min(...reached);
      for (let at = first; at <= glob.length; at++) next.add(at);
    } else
      for (const at of reached) {
        const token = glob[at];
        if (token?.kind === "any") next.add(at);
        else if (!isUnknown && (token?.kind === "one" || (token?.kind === "char" && token.test(letter))))
          next.add(at + 1);
      }
    if (next.size === 0) return false;
    places = next;
  }
  return withStars(glob, places).has(glob.length);
}

/** A `*` may stand for nothing. */
function withStars(glob: Glob, places: ReadonlySet<number>): ReadonlySet<number> {
  const reached = new Set(places);
  for (let at = 0; at < glob.length; at++) if (reached.has(at) && glob[at]?.kind === "any") reached.add(at + 1);
  return reached;
}

import {
  keyOf,
  optionsOf,
  textOf,
  choice,
  bothHold,
  type Fragment,
  type Option,
  type TextValue,
  type Value,
} from "./value.ts";

/** What became of letters, and which of them somebody looked for. */
export interface Edited {
  readonly made: string;
  readonly sought: readonly string[];
}

/** A function of texts; undefined where it cannot tell. */
export type Edit = (letters: readonly string[]) => Edited | undefined;

const FIRST = 0xe000;
const MOST_PIECES = 1_000;
const OPAQUE = /[\uE000-\uF8FF]/g;

/** More ways in which several values may fall out are not told apart. */
const MOST_WAYS = 16;

/** Applies an edit to each way in which the values may fall out; undefined where one of them cannot be told. */
export function editValues(values: readonly Value[], edit: Edit): Value | undefined {
  let ways: readonly { readonly texts: readonly TextValue[]; readonly when: string | undefined }[] = [
    { texts: [], when: undefined },
  ];
  for (const value of values) {
    ways = ways.flatMap((way) =>
      optionsOf(value).map((option) => ({
        texts: [...way.texts, option.value],
        when: bothHold(way.when, option.when),
      })),
    );
    if (ways.length > MOST_WAYS) return undefined;
  }
  const options: Option[] = [];
  for (const { texts, when } of ways) {
    const value = editTexts(texts, edit);
    if (value === undefined) return undefined;
    options.push({ value, when });
  }
  return choice(options);
}

/**
 * Does to texts what a function does to letters. A piece that is not known is one letter that nothing else has. It may hold what
 * the function looks for: where it would then come out otherwise, nothing is known. Tokens are words, and hold no more than that.
 */
export function editTexts(texts: readonly TextValue[], edit: Edit): TextValue | undefined {
  const pieces = new Map<string, string>();
  const fragments: Fragment[] = [];
  const spelled: string[] = [];
  for (const text of texts) {
    let letters = "";
    for (const fragment of text.fragments) {
      if (fragment.kind === "literal") {
        if (fragment.text.search(OPAQUE) >= 0) return undefined;
        letters += fragment.text;
        continue;
      }
      // Two things that are not known are two, even where the reason is the same.
      const key = fragment.kind === "unknown" ? `${fragments.length}` : keyOf({ kind: "text", fragments: [fragment] });
      let letter = pieces.get(key);
      if (letter === undefined) {
        letter = String.fromCharCode(FIRST + fragments.length);
        pieces.set(key, letter);
        fragments.push(fragment);
        if (fragments.length > MOST_PIECES) return undefined;
      }
      letters += letter;
    }
    spelled.push(letters);
  }
  const edited = edit(spelled);
  if (edited === undefined || !isSure(spelled, edited, edit, fragments)) return undefined;
  return read(edited.made, fragments);
}

/** Looks like a token, and begins and ends as one may. */
const SAMPLE = "ghp_a1B2z";

/** How a fine-grained token begins, as others begin with `ghp_`. */
const BEGINNING = "github_pat_";

/** Longer texts are in no token by chance. */
const BY_CHANCE = 3;

function mayHold(fragment: Fragment, text: string): boolean {
  const letters = fragment.kind === "base64" ? "word" : fragment.kind === "reference" ? fragment.letters : undefined;
  if (letters === undefined || letters === "short ref") return true;
  const isOfIt = letters === "word" ? /^\w*$/.test(text) : /^[\w./-]*$/.test(text);
  return (
    isOfIt &&
    (text.length <= BY_CHANCE || /^gh[oprsu]_/.test(text) || BEGINNING.includes(text) || text.startsWith(BEGINNING))
  );
}

function isShortRef(fragment: Fragment): boolean {
  return fragment.kind === "reference" && fragment.letters === "short ref";
}

/** Whether it comes to the same, whatever stands in the place of what is not known. */
function isSure(
  spelled: readonly string[],
  { made, sought }: Edited,
  edit: Edit,
  fragments: readonly Fragment[],
): boolean {
  return fragments.every((fragment, index) => {
    const letter = String.fromCharCode(FIRST + index);
    const looked = sought.flatMap((text) => [text, ...partsBeside(letter, spelled, text)]);
    const held = looked.filter((text) => text !== "" && mayHold(fragment, text));
    const contents = new Set([SAMPLE, ...held.flatMap((text) => [text, `a${text}`, `${text}b`, `a${text}b${text}c`])]);
    return [...contents]
      .filter((content) => !isShortRef(fragment) || !content.startsWith("refs/"))
      .every(
        (content) =>
          edit(spelled.map((letters) => letters.replaceAll(letter, content)))?.made ===
          made.replaceAll(letter, content),
      );
  });
}

/** What would have to stand in a piece for a text to begin in front of it, or to end behind it. */
function partsBeside(letter: string, spelled: readonly string[], text: string): readonly string[] {
  const parts: string[] = [];
  for (const letters of spelled)
    for (let at = letters.indexOf(letter); at >= 0; at = letters.indexOf(letter, at + 1))
      for (let cut = 1; cut < text.length; cut++) {
        if (letters.slice(0, at).endsWith(text.slice(0, cut))) parts.push(text.slice(cut));
        if (letters.startsWith(text.slice(cut), at + 1)) parts.push(text.slice(0, cut));
      }
  return parts;
}

function read(letters: string, fragments: readonly Fragment[]): TextValue {
  const made: Fragment[] = [];
  let at = 0;
  for (const { 0: letter, index } of letters.matchAll(OPAQUE)) {
    made.push({ kind: "literal", text: letters.slice(at, index) });
    const fragment = fragments[letter.charCodeAt(0) - FIRST];
    if (fragment !== undefined) made.push(fragment);
    at = index + 1;
  }
  return textOf([...made, { kind: "literal", text: letters.slice(at) }]);
}

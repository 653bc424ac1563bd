/** A run of characters that cannot be seen, or that turn the order in which others are shown. */
export interface HiddenRun {
  readonly start: number;
  readonly end: number;
  readonly kind: "bidirectional" | "invisible";
}

/**
 * Unicode's default ignorable and format characters, controls but tab and line breaks, and fillers that look like nothing.
 * Sources: Unicode Standard Annex 9 (bidirectional), DerivedCoreProperties.txt (Default_Ignorable_Code_Point); trojansource.codes.
 */
const HIDDEN =
  /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu;

const BIDIRECTIONAL = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** Whether a text holds no other characters than English keyboards have: nearly every text. */
export function isPlain(text: string): boolean {
  return !/[^\t\n\r\x20-\x7e]/.test(text);
}

/** Finds all of them, each run of neighbours once, but for those that emoji and some scripts are written with. */
export function findHidden(text: string): readonly HiddenRun[] {
  if (isPlain(text)) return [];
  const runs: { start: number; end: number; kind: HiddenRun["kind"] }[] = [];
  for (const match of text.matchAll(HIDDEN)) {
    const [char] = match;
    const start = match.index;
    if (isOrdinary(text, start, char)) continue;
    const end = start + char.length;
    const kind = BIDIRECTIONAL.test(char) ? "bidirectional" : "invisible";
    const last = runs.at(-1);
    if (last?.end !== start) runs.push({ start, end, kind });
    else {
      last.end = end;
      if (kind === "bidirectional") last.kind = kind;
    }
  }
  return runs;
}

/** A byte order mark at the file's start, the parts of an emoji, and joiners in scripts that need them. */
function isOrdinary(text: string, at: number, char: string): boolean {
  if (char === "\ufeff") return at === 0;
  const before = charBefore(text, at);
  const after = String.fromCodePoint(text.codePointAt(at + char.length) ?? 0);
  // U+FE0E and U+FE0F choose between the text and the picture of the character before.
  if (char === "\ufe0e" || char === "\ufe0f") return /[\p{Emoji}\p{S}]/u.test(before);
  // Variants of Chinese characters, which names are written with.
  if (/[\u{e0100}-\u{e01ef}]/u.test(char)) return /\p{Script=Han}/u.test(before);
  if (char === "\u200d" && /[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]/u.test(before))
    return /\p{Extended_Pictographic}/u.test(after);
  if (char === "\u200c" || char === "\u200d") return JOINED.test(before) && JOINED.test(after);
  // Flags of regions: a black flag, tags, the tag that ends them.
  if (/[\u{e0020}-\u{e007f}]/u.test(char))
    return /\u{1f3f4}[\u{e0020}-\u{e007e}]*$/u.test(text.slice(Math.max(0, at - 16), at));
  return false;
}

const JOINED =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;

function charBefore(text: string, at: number): string {
  const code = text.charCodeAt(at - 1);
  return text.slice(at - (code >= 0xdc00 && code <= 0xdfff ? 2 : 1), at);
}

/** `U+202E`, and what Unicode calls it where people may know it. */
export function nameHidden(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const name = NAMES[code];
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")}${name === undefined ? "" : ` ${name}`}`;
}

const NAMES: Readonly<Record<number, string>> = {
  0x00: "null",
  0x08: "backspace",
  0x1b: "escape",
  0xad: "soft hyphen",
  0x061c: "Arabic letter mark",
  0x200b: "zero width space",
  0x200c: "zero width non-joiner",
  0x200d: "zero width joiner",
  0x200e: "left-to-right mark",
  0x200f: "right-to-left mark",
  0x2028: "line separator",
  0x2029: "paragraph separator",
  0x202a: "left-to-right embedding",
  0x202b: "right-to-left embedding",
  0x202c: "pop directional formatting",
  0x202d: "left-to-right override",
  0x202e: "right-to-left override",
  0x2060: "word joiner",
  0x2066: "left-to-right isolate",
  0x2067: "right-to-left isolate",
  0x2068: "first strong isolate",
  0x2069: "pop directional isolate",
  0x3164: "Hangul filler",
  0xfeff: "byte order mark",
};

/** A text in which every hidden character is written as an escape, as JavaScript and YAML know them. */
export function escapeHidden(text: string): string {
  return text.replace(HIDDEN, (char) => {
    const code = (char.codePointAt(0) ?? 0).toString(16).toUpperCase();
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`;
  });
}

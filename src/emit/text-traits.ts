/** Bits of `traitsOf`: what a text holds that decides how it can be written. */
export const LINE_BREAK = 1;
export const TAB = 2;
/** Something that only an escape in double quotes can write. */
export const ESCAPED = 4;
export const DOUBLE_QUOTE = 8;
export const BACKSLASH = 16;
/** `,`, `[`, `]`, `{` or `}`: they end a plain scalar inside `[ ]` and `{ }`. */
export const FLOW = 32;
/** `: `, a `:` at the end, or ` #`. */
export const ENDS_PLAIN = 64;
/** Half of a surrogate pair: no text, so no YAML can hold it. */
export const LONE_SURROGATE = 128;
export const NON_ASCII = 256;

const COLON = 0x3a;
const HASH = 0x23;
const SPACE = 0x20;

/** The bit of each ASCII character; `:` and `#` depend on their neighbours and are looked at where they stand. */
const ASCII = asciiTraits();

/** Reads a text once. */
export function traitsOf(text: string): number {
  let traits = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x7f) {
      traits |= NON_ASCII;
      if (code >= 0xd800 && code <= 0xdfff) {
        const next = text.charCodeAt(at + 1);
        if (code <= 0xdbff && next >= 0xdc00 && next <= 0xdfff) at++;
        else traits |= LONE_SURROGATE;
      } else if (!isPrintable(code)) traits |= ESCAPED;
      continue;
    }
    const bit = ASCII[code] ?? 0;
    if (bit === 0) continue;
    if (code === COLON) {
      if (at + 1 === text.length || isBlank(text.charCodeAt(at + 1))) traits |= ENDS_PLAIN;
    } else if (code === HASH) {
      if (at > 0 && isBlank(text.charCodeAt(at - 1))) traits |= ENDS_PLAIN;
    } else traits |= bit;
  }
  return traits;
}

/**
 * Above ASCII: YAML's printable characters (yaml.org/spec/1.2.2 §5.1), less the ones that YAML 1.1 takes for line breaks
 * (NEL, U+2028, U+2029: yaml.org/spec/1.1 §4.1.4) and the byte order mark.
 */
export function isPrintable(code: number): boolean {
  return code >= 0xa0 && code !== 0x2028 && code !== 0x2029 && code !== 0xfeff && code < 0xfffe;
}

function isBlank(code: number): boolean {
  return code === SPACE || code === 9 || code === 10;
}

function asciiTraits(): Uint8Array {
  const traits = new Uint8Array(0x7f);
  traits.fill(ESCAPED, 0, SPACE);
  traits[9] = TAB;
  traits[10] = LINE_BREAK;
  for (const char of ",[]{}") traits[char.charCodeAt(0)] = FLOW;
  traits[0x22] = DOUBLE_QUOTE;
  traits[0x5c] = BACKSLASH;
  traits[COLON] = traits[HASH] = ENDS_PLAIN;
  return traits;
}

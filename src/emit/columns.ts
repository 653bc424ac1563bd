/** prettier's `printWidth`. */
const WIDTH = 80;

/** Whether a text ends within the line. Common wide characters are two columns, control characters none, as prettier counts. */
export function fits(text: string, column: number): boolean {
  let width = column + text.length;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20) width--;
    else if (code >= 0x1100 && isWide(code)) width++;
  }
  return width <= WIDTH;
}

/** Hangul, CJK, full-width forms: unicode.org/reports/tr11. A pair of surrogates is two columns as it is. */
function isWide(code: number): boolean {
  return (
    code <= 0x115f ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xff01 && code <= 0xff60)
  );
}

/** Whether a text surely ends within the line, whatever width its characters have. */
export function surelyFits(text: string, column: number): boolean {
  let width = column + text.length;
  if (width > WIDTH) return false;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7e) width++;
  return width <= WIDTH;
}

export function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7e) return false;
  return true;
}

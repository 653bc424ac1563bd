/**
 * GitHub's expression reader runs on .NET and takes its idea of a space from `Char.IsWhiteSpace`: it differs from
 * JavaScript's in U+0085 (a space there) and U+FEFF (none there).
 */
export function isWhiteSpace(code: number): boolean {
  if (code <= 32) return code === 32 || (code >= 9 && code <= 13);
  if (code < 0x85) return false;
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** Where the text between two offsets begins once leading spaces are left out. */
export function skipSpaces(text: string, start: number, end: number): number {
  while (start < end && isWhiteSpace(text.charCodeAt(start))) start++;
  return start;
}

/** Where the text between two offsets ends once trailing spaces are left out. */
export function dropSpaces(text: string, start: number, end: number): number {
  while (end > start && isWhiteSpace(text.charCodeAt(end - 1))) end--;
  return end;
}

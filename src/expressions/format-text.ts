/** The text of a `format()`, cut up: texts as they are, and numbers for the values to be put in. */
export type FormatText =
  | { readonly kind: "segments"; readonly segments: readonly (string | number)[] }
  | { readonly kind: "error"; readonly message: string };

/**
 * Reads the first argument of a `format()` as GitHub does. `valueCount` is the number of further arguments.
 *
 * @example
 * readFormat("{0} of {{n}}", 1); // { kind: "segments", segments: [0, " of {", "n}"] }
 */
export function readFormat(text: string, valueCount: number): FormatText {
  const segments: (string | number)[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf("{", at);
    const close = text.indexOf("}", at);
    if (open < 0 && close < 0) {
      segments.push(text.slice(at));
      break;
    }
    const isOpening = open >= 0 && (close < 0 || open < close);
    const brace = isOpening ? open : close;
    if (text[brace + 1] === text[brace]) {
      segments.push(text.slice(at, brace + 1));
      at = brace + 2;
      continue;
    }
    const field = isOpening ? readField(text, open + 1) : undefined;
    if (field === undefined) return { kind: "error", message: `The following format string is invalid: ${text}` };
    if (field.index >= valueCount) {
      const message = `The following format string references more arguments than were supplied: ${text}`;
      return { kind: "error", message };
    }
    if (field.specifiers !== "") {
      const message = `The format specifiers '${field.specifiers}' are not valid for objects of type 'String'`;
      return { kind: "error", message };
    }
    if (open > at) segments.push(text.slice(at, open));
    segments.push(field.index);
    at = field.end;
  }
  return { kind: "segments", segments };
}

interface Field {
  readonly index: number;
  readonly specifiers: string;
  readonly end: number;
}

/** `0}` or `0:specifiers}`; the index must fit a byte. */
function readField(text: string, start: number): Field | undefined {
  let at = start;
  while (text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57) at++;
  const index = Number(text.slice(start, at));
  if (at === start || index > 255) return undefined;
  if (text[at] === "}") return { index, specifiers: "", end: at + 1 };
  if (text[at] !== ":") return undefined;
  let specifiers = "";
  for (at++; at < text.length; at++) {
    if (text[at] === "}") {
      if (text[at + 1] !== "}") return { index, specifiers, end: at + 1 };
      at++;
    }
    specifiers += text[at];
  }
  return undefined;
}

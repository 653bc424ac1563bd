/**
 * Plain texts that YAML 1.1 (yaml.org/type) or YAML 1.2 (§10.3, the core schema) takes for a boolean, null, merge key or
 * default value.
 */
const WORDS: ReadonlySet<string> = new Set([
  ...["y", "Y", "n", "N", "yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF"],
  ...["true", "True", "TRUE", "false", "False", "FALSE", "null", "Null", "NULL", "~", "<<", "=", ""],
]);

/**
 * Integers and floats of both versions: binary, octal, hexadecimal, sexagesimal, with `_`, `.inf`, `.nan`; also `.` and `e5`,
 * which the `yaml` package takes for YAML 1.1 floats.
 */
const NUMBER =
  /^[-+]?(?:0b[01_]+|0o[0-7_]+|0x[\da-fA-F_]+|\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?|\d[\d_]*|(?:\d[\d_]*)?\.[\d_]*|(?:\d[\d_]*)?(?:\.[\d_]*)?[eE][-+]?\d+|\.(?:inf|Inf|INF|nan|NaN|NAN))$/;

/** Dates and times of YAML 1.1: yaml.org/type/timestamp.html */
const TIMESTAMP =
  /^\d{4}-\d\d?-\d\d?(?:(?:[Tt]|[ \t]+)\d\d?:\d\d?:\d\d?(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::?\d\d)?))?)?$/;

const LONGEST_WORD = 5;

/** Whether some reader would take this text, written plain, for something other than a string. */
export function isMisread(text: string): boolean {
  const first = text.charCodeAt(0);
  const isDigit = first >= 0x30 && first <= 0x39;
  // `+`, `-`, `.`, `E`, `e`
  if (isDigit || first === 0x2b || first === 0x2d || first === 0x2e || first === 0x45 || first === 0x65) {
    return NUMBER.test(text) || (isDigit && TIMESTAMP.test(text));
  }
  return text.length <= LONGEST_WORD && WORDS.has(text);
}

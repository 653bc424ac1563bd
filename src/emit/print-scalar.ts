import type { Scalar, ScalarValue } from "../ir/node.ts";
import { isMisread } from "./misread.ts";
import {
  BACKSLASH,
  DOUBLE_QUOTE,
  ENDS_PLAIN,
  ESCAPED,
  FLOW,
  isPrintable,
  LINE_BREAK,
  TAB,
  traitsOf,
} from "./text-traits.ts";

/** Where a scalar stands: inside `[ ]` and `{ }`, brackets and commas end a plain one. */
export type Context = "block" | "flow";

/** A scalar on one line. `""` is a null that is written as nothing. */
export function printScalar(scalar: Scalar, context: Context): string {
  const { value } = scalar;
  return typeof value === "string" ? printString(value, traitsOf(value), context) : printOther(value, scalar.raw);
}

/** A string on one line: plain where every reader takes it for the string it is, else quoted as prettier quotes. */
export function printString(text: string, traits: number, context: Context): string {
  if ((traits & (LINE_BREAK | TAB | ESCAPED)) !== 0) return doubleQuoted(text);
  const endings = context === "flow" ? ENDS_PLAIN | FLOW : ENDS_PLAIN;
  if ((traits & endings) === 0 && mayStartPlain(text) && !text.endsWith(" ") && !isMisread(text)) return text;
  // prettier keeps single quotes around a double quote or a backslash, and makes all others double
  return (traits & (DOUBLE_QUOTE | BACKSLASH)) === 0 ? `"${text}"` : `'${text.replaceAll("'", "''")}'`;
}

/** Whether a plain scalar may begin as the text does: yaml.org/spec/1.2.2 §7.3.3; `---` and `...` end a document. */
function mayStartPlain(text: string): boolean {
  const first = text.charCodeAt(0);
  if (first <= 0x20) return false;
  switch (text[0]) {
    case undefined:
    case ",":
    case "[":
    case "]":
    case "{":
    case "}":
    case "#":
    case "&":
    case "*":
    case "!":
    case "|":
    case ">":
    case "'":
    case '"':
    case "%":
    case "@":
    case "`":
      return false;
    case "-":
    case "?":
    case ":": {
      const second = text[1];
      return second !== undefined && second !== " " && !text.startsWith("---");
    }
    case ".":
      return !text.startsWith("...");
    default:
      return true;
  }
}

const SHORT_ESCAPES: Readonly<Record<number, string>> = {
  0x00: "\\0",
  0x07: "\\a",
  0x08: "\\b",
  0x09: "\\t",
  0x0a: "\\n",
  0x0b: "\\v",
  0x0c: "\\f",
  0x0d: "\\r",
  0x1b: "\\e",
  0x22: '\\"',
  0x5c: "\\\\",
};

function doubleQuoted(text: string): string {
  let out = '"';
  let copied = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x20 && code < 0x7f && code !== 0x22 && code !== 0x5c) continue;
    const escape = SHORT_ESCAPES[code] ?? (isPrintable(code) ? undefined : numericEscape(code));
    if (escape === undefined) continue;
    out += text.slice(copied, at) + escape;
    copied = at + 1;
  }
  return `${out}${text.slice(copied)}"`;
}

/** `\x07`, `\u2028` */
export function numericEscape(code: number): string {
  const digits = code.toString(16).toUpperCase();
  return code <= 0xff ? `\\x${digits.padStart(2, "0")}` : `\\u${digits.padStart(4, "0")}`;
}

/** Numbers that both versions read alike; leading zeros are octal to YAML 1.1. */
const SAME_NUMBER = /^[-+]?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const SAME_WORD: ReadonlyMap<string, ScalarValue> = new Map<string, ScalarValue>([
  ...["true", "True", "TRUE"].map((word) => [word, true] as const),
  ...["false", "False", "FALSE"].map((word) => [word, false] as const),
  ...["null", "Null", "NULL", "~"].map((word) => [word, null] as const),
]);

/** A number, boolean or null: as its author wrote it where every reader understands that alike. */
function printOther(value: number | boolean | null, raw: string | undefined): string {
  if (raw !== undefined) {
    if (
      typeof value === "number" ? SAME_NUMBER.test(raw) && Object.is(Number(raw), value) : SAME_WORD.get(raw) === value
    ) {
      return raw;
    }
  }
  if (value === null) return "";
  return typeof value === "number" ? printNumber(value) : String(value);
}

function printNumber(value: number): string {
  if (Number.isNaN(value)) return ".nan";
  if (!Number.isFinite(value)) return value > 0 ? ".inf" : "-.inf";
  if (Object.is(value, -0)) return "-0.0";
  const text = String(value);
  // YAML 1.1 knows an exponent only behind a point
  return text.includes("e") && !text.includes(".") ? text.replace("e", ".0e") : text;
}

import { dropSpaces, skipSpaces } from "./white-space.ts";

/**
 * A text as a number, NaN where it is none. The rules are those of the runner (`ExpressionUtility.ParseNumber`): a decimal
 * with sign and exponent, `0x` and `0o` without sign and of 32 bits, Infinity; the empty text is 0.
 */
export function parseNumber(text: string): number {
  const start = skipSpaces(text, 0, text.length);
  const end = dropSpaces(text, start, text.length);
  if (start === end) return 0;
  const trimmed = start === 0 && end === text.length ? text : text.slice(start, end);
  if (isDecimal(trimmed)) return Number(trimmed);
  if (trimmed.startsWith("0x")) return parseDigits(trimmed, 16);
  if (trimmed.startsWith("0o")) return parseDigits(trimmed, 8);
  // .NET compares the names of its special numbers without regard to case.
  switch (trimmed.toLowerCase()) {
    case "infinity":
    case "+infinity":
      return Infinity;
    case "-infinity":
      return -Infinity;
    default:
      return NaN;
  }
}

/** Digits, at most one point, an exponent with digits. By hand: a regular expression for it can backtrack. */
function isDecimal(text: string): boolean {
  let at = isSign(text.charCodeAt(0)) ? 1 : 0;
  const whole = skipDigits(text, at);
  let digits = whole - at;
  at = whole;
  if (text[at] === ".") {
    const fraction = skipDigits(text, at + 1);
    digits += fraction - at - 1;
    at = fraction;
  }
  if (digits === 0) return false;
  if (text[at] !== "e" && text[at] !== "E") return at === text.length;
  at += isSign(text.charCodeAt(at + 1)) ? 2 : 1;
  const exponent = skipDigits(text, at);
  return exponent > at && exponent === text.length;
}

function skipDigits(text: string, at: number): number {
  while (at < text.length && text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57) at++;
  return at;
}

function isSign(code: number): boolean {
  return code === 43 || code === 45;
}

/** The digits after `0x` or `0o` as a signed number of 32 bits, as .NET reads them; NaN where they do not fit. */
function parseDigits(text: string, base: 8 | 16): number {
  if (text.length === 2) return NaN;
  let value = 0;
  for (let at = 2; at < text.length; at++) {
    const digit = digitOf(text.charCodeAt(at));
    if (digit >= base) return NaN;
    value = value * base + digit;
    if (value > 0xffff_ffff) return NaN;
  }
  return value | 0;
}

function digitOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : 99;
}

/** A number as text, as .NET's `G15` writes it: 15 digits, an exponent from 1E+15 and below 0.0001. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return value === 0 ? "0" : String(value);
  if (!Number.isFinite(value)) return String(value);
  const [mantissa = "", exponentText = "0"] = value.toExponential(14).split("e");
  const exponent = Number(exponentText);
  const sign = mantissa.startsWith("-") ? "-" : "";
  const digits = dropZeros(mantissa.replace("-", "").replace(".", ""));
  if (exponent >= 15 || exponent < -4) {
    const point = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
    return `${sign}${point}E${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
  }
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  const fraction = digits.slice(exponent + 1);
  return fraction === "" ? sign + whole : `${sign}${whole}.${fraction}`;
}

function dropZeros(digits: string): string {
  let end = digits.length;
  while (end > 1 && digits[end - 1] === "0") end--;
  return digits.slice(0, end);
}

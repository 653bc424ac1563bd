import { hasSymbol, type Symbols, type Text } from "../text.ts";

/** What a condition asks, taken apart so that the same question in other words has the same answer. */
export type Formula =
  | { readonly kind: "known"; readonly holds: boolean }
  /** Whether two texts are equal. Case does not matter: docs.github.com, "Expressions", operators. */
  | { readonly kind: "equal"; readonly left: Text; readonly right: Text }
  /** `contains`, `startswith`, `endswith`, or whatever else is asked of texts: equal questions have equal answers. */
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Text[] }
  | { readonly kind: "not"; readonly formula: Formula }
  | { readonly kind: "all" | "any"; readonly formulas: readonly Formula[] };

export const HOLDS: Formula = { kind: "known", holds: true };
export const FAILS: Formula = { kind: "known", holds: false };

export function not(formula: Formula): Formula {
  if (formula.kind === "known") return formula.holds ? FAILS : HOLDS;
  return formula.kind === "not" ? formula.formula : { kind: "not", formula };
}

export function equal(left: Text, right: Text): Formula {
  if (left === right) return HOLDS;
  const [a, b] = [left.toLowerCase(), right.toLowerCase()];
  let start = 0;
  while (start < a.length && a[start] === b[start] && !hasSymbol(a[start] ?? "")) start++;
  // From here on they differ, unless something unknown begins.
  const differ = (x = "", y = ""): boolean => x !== y && !hasSymbol(x) && !hasSymbol(y);
  if (!hasSymbol(a + b)) return a === b ? HOLDS : FAILS;
  if (differ(a[start], b[start]) || differ(a.at(-1), b.at(-1))) return FAILS;
  return { kind: "equal", left: left.slice(start), right: right.slice(start) };
}

/** A value counts as true unless it is the empty text, `false` or 0; what is only known when it runs: unless it is empty. */
export function isSet(text: Text, symbols: Symbols): Formula {
  if (text === "") return FAILS;
  if (!hasSymbol(text) || /[^\uE000-\uF8FF]/.test(text)) return HOLDS;
  return text.length === 1 && !symbols.canBeEmpty(text) ? HOLDS : not({ kind: "equal", left: text, right: "" });
}

/** The functions of texts, for texts that are known; undefined for any other, and for what is not known. */
export function callOf(name: string, args: readonly Text[]): Formula {
  const [text = "", part = ""] = args.map((arg) => arg.toLowerCase());
  if (part === "" && args.length === 2 && TEXT_FUNCTIONS.has(name)) return HOLDS;
  if (name === "startswith" && !hasSymbol(part)) {
    const known = text.split(SYMBOL, 1)[0] ?? "";
    if (known.startsWith(part)) return HOLDS;
    if (!part.startsWith(known)) return FAILS;
  }
  if (args.some(hasSymbol)) return { kind: "call", name, args };
  switch (name) {
    case "contains":
      return text.includes(part) ? HOLDS : FAILS;
    case "startswith":
      return text.startsWith(part) ? HOLDS : FAILS;
    case "endswith":
      return text.endsWith(part) ? HOLDS : FAILS;
    case "fromjson":
      return /^\s*(?:|false|null|""|-?0(?:\.0*)?)\s*$/.test(text) ? FAILS : HOLDS;
    default:
      return { kind: "call", name, args };
  }
}

const SYMBOL = /[\uE000-\uF8FF]/;

export const TEXT_FUNCTIONS: ReadonlySet<string> = new Set(["contains", "startswith", "endswith"]);

/** A formula with other texts in it. */
export function mapTexts(formula: Formula, change: (text: Text) => Text): Formula {
  switch (formula.kind) {
    case "known":
      return formula;
    case "equal":
      return equal(change(formula.left), change(formula.right));
    case "call":
      return callOf(formula.name, formula.args.map(change));
    case "not":
      return not(mapTexts(formula.formula, change));
    case "all":
    case "any":
      return { ...formula, formulas: formula.formulas.map((inner) => mapTexts(inner, change)) };
  }
}

/** Equal for equal questions. */
export function keyOfFormula(formula: Formula): string {
  return JSON.stringify(formula);
}

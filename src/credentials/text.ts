import { DECODED } from "../shell/print-commands.ts";
import {
  literal,
  textOf as joinFragments,
  type Fragment,
  type ReferenceFragment,
  type TextValue,
  type Value,
} from "../shell/value.ts";

/**
 * A text in which every piece that is not known letter by letter (a secret, a step's output, something computed) is one
 * private-use character. So git's rules work on plain strings: prefixes, splits and comparisons mean what they mean to git.
 */
export type Text = string;

/** What a private-use character stands for. */
export type Meaning =
  | { readonly kind: "reference"; readonly id: string; readonly canBeEmpty: boolean }
  | { readonly kind: "base64"; readonly text: Text; readonly isWrapped: boolean }
  | { readonly kind: "choice"; readonly options: readonly TextOption[]; readonly canBeEmpty: boolean }
  | { readonly kind: "unknown"; readonly reason: string };

export interface TextOption {
  readonly text: Text;
  /** When it is this one, for people. */
  readonly when: string | undefined;
}

// The private-use planes (U+F0000 … U+10FFFD) give 131,068 characters, of two code units each; the basic plane's 6,400 are one.
const FIRST = 0xe000;
const LAST = 0xf8ff;
const SYMBOL = /[\uE000-\uF8FF]/;
const SYMBOLS = /[\uE000-\uF8FF]/g;

/** The symbols of one analysis. Equal references are one symbol; two unknown pieces are two, unless they are one object. */
export class Symbols {
  readonly #meanings: Meaning[] = [];
  readonly #fragments: Fragment[] = [];
  readonly #byKey = new Map<string, string>();
  readonly #byFragment = new WeakMap<Fragment, string>();

  /** Writes a value of the shell's as a text. */
  encode(value: Value): Text {
    if (value.kind === "text") {
      let text = "";
      for (const fragment of value.fragments) text += this.#encodeFragment(fragment);
      return text;
    }
    return this.choose(value.options.map(({ value, when }) => ({ text: this.encode(value), when })));
  }

  /** One symbol that is one of these texts; what they begin and end with in common stays text. */
  choose(options: readonly TextOption[]): Text {
    const [first, ...others] = options;
    if (first === undefined) return this.unknown("there is no possible value");
    if (others.every(({ text }) => text === first.text)) return first.text;
    const start = commonStart(options.map(({ text }) => text));
    const end = commonEnd(options.map(({ text }) => text.slice(start)));
    const middles = options.map(({ text, when }) => ({ text: text.slice(start, text.length - end), when }));
    const key = JSON.stringify(middles);
    const symbol = this.#intern(`choice ${key}`, {
      kind: "choice",
      options: middles,
      canBeEmpty: middles.some((option) => this.#canBeEmpty(option)),
    });
    return first.text.slice(0, start) + symbol + first.text.slice(first.text.length - end);
  }

  reference(id: string, canBeEmpty = true): Text {
    return this.#intern(`reference ${id}`, { kind: "reference", id, canBeEmpty });
  }

  base64(text: Text): Text {
    return this.#intern(`base64 false ${text}`, { kind: "base64", text, isWrapped: false });
  }

  unknown(reason: string): Text {
    return this.#add({ kind: "unknown", reason }, { kind: "unknown", reason });
  }

  /** Back to a value of the shell's. */
  decode(text: Text): TextValue {
    if (!hasSymbol(text)) return literal(text);
    const fragments: Fragment[] = [];
    let at = 0;
    for (const match of text.matchAll(SYMBOLS)) {
      fragments.push({ kind: "literal", text: text.slice(at, match.index) });
      const fragment = this.#fragments[match[0].charCodeAt(0) - FIRST];
      if (fragment !== undefined) fragments.push(fragment);
      at = match.index + 1;
    }
    fragments.push({ kind: "literal", text: text.slice(at) });
    return joinFragments(fragments);
  }

  meaningOf(symbol: string): Meaning {
    return this.#meanings[symbol.charCodeAt(0) - FIRST] ?? { kind: "unknown", reason: "a private-use character" };
  }

  /** Why a text is not known; undefined where it is letters and references. */
  reasonFor(text: Text): string | undefined {
    for (const symbol of symbolsIn(text)) {
      const meaning = this.meaningOf(symbol);
      if (meaning.kind === "unknown") return meaning.reason;
      if (meaning.kind === "base64") {
        const reason = this.reasonFor(meaning.text);
        if (reason !== undefined) return reason;
      }
    }
    return undefined;
  }

  /** For people: `https://x-access-token:<secrets.PAT>@github.com/octo/app`. */
  show(text: Text): string {
    return text.replace(SYMBOLS, (symbol) => {
      const meaning = this.meaningOf(symbol);
      switch (meaning.kind) {
        case "reference":
          return `<${meaning.id}>`;
        case "base64":
          return `<base64 of ${this.show(meaning.text)}>`;
        case "choice":
          return this.#showChoice(meaning.options);
        case "unknown":
          return "<unknown>";
      }
    });
  }

  /** That it may be missing goes without saying. */
  #showChoice(options: readonly TextOption[]): string {
    const shown = [...new Set(options.map(({ text }) => this.show(text)).filter((text) => text !== ""))];
    return shown.length === 1 ? (shown[0] ?? "") : `<${shown.join(" or ")}>`;
  }

  #canBeEmpty({ text, when }: TextOption): boolean {
    if (when?.split(", and ").some((part) => part.endsWith(" is set")) === true) return false;
    if (text === "") return true;
    return symbolsIn(text).length === text.length && symbolsIn(text).every((symbol) => this.canBeEmpty(symbol));
  }

  /** Whether what a symbol stands for may be the empty text. */
  canBeEmpty(symbol: string): boolean {
    const meaning = this.meaningOf(symbol);
    return meaning.kind === "unknown" || (meaning.kind !== "base64" && meaning.canBeEmpty);
  }

  #encodeFragment(fragment: Fragment): Text {
    if (fragment.kind === "literal") return fragment.text.replace(SYMBOLS, "\uFFFD");
    const known = this.#byFragment.get(fragment);
    if (known !== undefined) return known;
    const symbol = this.#symbolFor(fragment);
    this.#byFragment.set(fragment, symbol);
    return symbol;
  }

  #symbolFor(fragment: Exclude<Fragment, { kind: "literal" }>): string {
    switch (fragment.kind) {
      case "reference": {
        const { id, canBeEmpty = true } = fragment;
        return this.#intern(`reference ${id}`, { kind: "reference", id, canBeEmpty }, fragment);
      }
      case "base64": {
        const text = this.encode(fragment.value);
        const { isWrapped } = fragment;
        return this.#intern(`base64 ${isWrapped} ${text}`, { kind: "base64", text, isWrapped }, fragment);
      }
      case "unknown":
        return this.#add({ kind: "unknown", reason: fragment.reason }, fragment);
    }
  }

  #intern(key: string, meaning: Meaning, fragment?: Fragment): string {
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const symbol = this.#add(meaning, fragment ?? fragmentFor(meaning));
    this.#byKey.set(key, symbol);
    return symbol;
  }

  #add(meaning: Meaning, fragment: Fragment): string {
    const symbol = String.fromCharCode(FIRST + this.#meanings.length);
    // The last character stands for all that comes after it: nothing is known of it.
    if (symbol.charCodeAt(0) >= LAST || this.#meanings.length > LAST - FIRST) return String.fromCharCode(LAST);
    this.#meanings.push(meaning);
    this.#fragments.push(fragment);
    // A value that is decoded and encoded again is the same symbol.
    this.#byFragment.set(fragment, symbol);
    return symbol;
  }
}

function fragmentFor(meaning: Meaning): Fragment {
  switch (meaning.kind) {
    case "reference":
      return {
        kind: "reference",
        id: meaning.id,
        canBeEmpty: meaning.canBeEmpty,
        letters: lettersOf(meaning.id),
      };
    case "choice":
      // The shell knows only that it is one value; whoever made the symbol knows the options.
      return { kind: "reference", id: `choice ${JSON.stringify(meaning.options)}`, canBeEmpty: meaning.canBeEmpty };
    case "base64":
      return { kind: "reference", id: `base64 ${meaning.text}`, canBeEmpty: false, letters: "word" };
    case "unknown":
      return { kind: "unknown", reason: meaning.reason };
  }
}

function lettersOf(id: string): ReferenceFragment["letters"] {
  if (id.endsWith(DECODED)) return undefined;
  if (/^(?:secrets|app)\.|^github\.token$/.test(id)) return "word";
  if (/^github\.(?:ref_name|head_ref|base_ref)$/.test(id)) return "short ref";
  return /^github\.(?:repository|repository_owner|actor|triggering_actor)$/.test(id) ? "name" : undefined;
}

export function hasSymbol(text: Text): boolean {
  return SYMBOL.test(text);
}

/** Puts a text in the place of each symbol. */
export function replaceSymbols(text: Text, change: (symbol: string) => Text): Text {
  return text.replace(SYMBOLS, change);
}

export function symbolsIn(text: Text): readonly string[] {
  return text.match(SYMBOLS) ?? [];
}

/** The letters that are known. */
export function withoutSymbols(text: Text): string {
  return text.replace(SYMBOLS, "");
}

function commonStart(texts: readonly string[]): number {
  const [first = "", ...others] = texts;
  let length = 0;
  while (length < first.length && others.every((text) => text[length] === first[length])) length++;
  return length;
}

function commonEnd(texts: readonly string[]): number {
  const [first = "", ...others] = texts;
  const at = (text: string, fromEnd: number): string | undefined => text[text.length - 1 - fromEnd];
  let length = 0;
  while (length < first.length && others.every((text) => at(text, length) === at(first, length))) length++;
  return length;
}

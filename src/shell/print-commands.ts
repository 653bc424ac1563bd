import type { Field } from "./scope.ts";
import {
  concatenate,
  EMPTY,
  literal,
  literalOf,
  mapValue,
  optionsOf,
  textOf,
  unknown,
  type Fragment,
  type TextValue,
  type Value,
} from "./value.ts";

/** `echo [-neE] …` */
export function printEcho(args: readonly Field[], dialect: "bash" | "sh" = "bash"): Value {
  let hasEscapes = dialect === "sh";
  let hasLineBreak = true;
  let first = 0;
  for (; first < args.length; first++) {
    const option = literalOf(args[first]?.value ?? EMPTY);
    if (option === undefined || !(dialect === "sh" ? /^-n$/ : /^-[neE]+$/).test(option)) break;
    for (const letter of option.slice(1)) {
      if (letter === "n") hasLineBreak = false;
      else hasEscapes = letter === "e";
    }
    if (dialect === "sh") {
      first++;
      break;
    }
  }
  const words = args.slice(first).map(({ value }) => value);
  const text = concatenate(words.flatMap((word, index) => (index === 0 ? [word] : [literal(" "), word])));
  const printed = hasEscapes ? mapLiterals(text, decodeEscapes) : text;
  return hasLineBreak ? concatenate([printed, literal("\n")]) : printed;
}

/** `printf format …`: what it prints, or with `-v` gives to a variable. A token in the format is taken to have no `%`. */
export function formatPrintf(args: readonly Field[]): Value {
  const values = args.map(({ value }) => value);
  if (literalOf(values[0] ?? EMPTY) === "--") values.shift();
  const [format, ...rest] = values;
  if (format === undefined) return EMPTY;
  return mapValue(format, (text) => {
    const pieces = text.fragments.flatMap(readFormat);
    const consuming = pieces.filter((piece) => "letter" in piece).length;
    const rounds = consuming === 0 ? 1 : Math.max(1, Math.ceil(rest.length / consuming));
    if (rounds > 100) return unknown("printf prints its format very often");
    const printed: Value[] = [];
    let next = 0;
    for (let round = 0; round < rounds; round++)
      for (const piece of pieces) {
        if ("letter" in piece) printed.push(printOne(piece.letter, rest[next++]));
        else printed.push(piece.value);
      }
    return concatenate(printed);
  });
}

type FormatPiece = { readonly letter: string } | { readonly value: TextValue };

function readFormat(fragment: Fragment): readonly FormatPiece[] {
  if (fragment.kind !== "literal") return [{ value: { kind: "text", fragments: [fragment] } }];
  return [...fragment.text.matchAll(/%%|%([-+ 0#']*[\d.*]*)([A-Za-z])|[^%]+|%/g)].map(([all, flags, letter]) => {
    if (all === "%%") return { value: literal("%") };
    if (letter === undefined) return { value: literal(decodeEscapes(all)) };
    return { letter: flags === "" ? letter : "other" };
  });
}

function printOne(letter: string, value: Value = EMPTY): Value {
  if (letter === "s") return value;
  if (letter === "b") return mapLiterals(value, decodeEscapes);
  const text = literalOf(value);
  if ((letter === "d" || letter === "i") && text !== undefined && /^-?[1-9]\d{0,14}$|^0?$/.test(text))
    return literal(text === "" ? "0" : text);
  if (letter === "q" && optionsOf(value).every((option) => option.value.fragments.every(isPlain))) return value;
  return unknown("a number or a quoted text that printf forms");
}

/** What needs no quotes. */
function isPlain(fragment: Fragment): boolean {
  if (fragment.kind === "literal") return /^[\w./:@%+-]+$/.test(fragment.text);
  return fragment.kind === "base64" || (fragment.kind === "reference" && fragment.letters !== undefined);
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  e: "\u001b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  '"': '"',
};

function decodeEscapes(text: string): string {
  return text.replace(
    /\\(?:x([\dA-Fa-f]{1,2})|0?([0-7]{1,3})|([^]))/g,
    (all, hex?: string, octal?: string, letter = "") => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 255);
      return ESCAPES[letter] ?? all;
    },
  );
}

function mapLiterals(value: Value, change: (text: string) => string): Value {
  return mapValue(value, (text) =>
    textOf(
      text.fragments.map((fragment) =>
        fragment.kind === "literal" ? { kind: "literal", text: change(fragment.text) } : fragment,
      ),
    ),
  );
}

/** What `base64` prints of a value, in lines of so many characters; 0 is one line without an end. */
export function toBase64(value: Value, width: 0 | 64 | 76): Value {
  const end = width > 0 ? [{ kind: "literal", text: "\n" } as const] : [];
  return mapValue(value, (text) => {
    const known = literalOf(text);
    if (known === undefined) return textOf([{ kind: "base64", value: text, isWrapped: width > 0 }, ...end]);
    const encoded = Buffer.from(known, "utf8").toString("base64");
    const lines = width > 0 ? encoded.replace(new RegExp(`.{${width}}(?=.)`, "g"), "$&\n") : encoded;
    return textOf([{ kind: "literal", text: lines }, ...(encoded === "" ? [] : end)]);
  });
}

/** Stands behind the id of a value that `base64 -d` made of another one. */
export const DECODED = ", decoded";

/** What `base64 -d` prints of a value. */
export function fromBase64(value: Value): Value {
  return mapValue(value, (text) => {
    const [first, ...others] = text.fragments;
    const isAlone = others.every((fragment) => fragment.kind === "literal" && fragment.text.trim() === "");
    if (first?.kind === "base64" && isAlone) return first.value;
    // A secret that was kept in base64: it is another text, and known by the same name.
    if (first?.kind === "reference" && isAlone)
      return { kind: "text", fragments: [{ ...first, id: `${first.id}${DECODED}`, letters: undefined }] };
    const known = literalOf(text)?.replace(/\s/g, "");
    if (known !== undefined && /^[A-Za-z0-9+/]*={0,2}$/.test(known))
      return literal(Buffer.from(known, "base64").toString("utf8"));
    return unknown("what `base64 -d` makes of a text that is not known");
  });
}

const CLASSES: Readonly<Record<string, string>> = { "[:space:]": " \t\n\r\v\f", "[:blank:]": " \t" };

/** `tr -d set`: tokens are taken to have no white space, and nothing else is said of them. */
export function removeCharacters(value: Value, set: string): Value {
  const characters = CLASSES[set] ?? decodeEscapes(set);
  if (/[[\]]/.test(characters) || (characters.length > 2 && characters.slice(1, -1).includes("-")))
    return unknown(`what \`tr -d ${set}\` leaves`);
  const isSpace = /^\s*$/.test(characters);
  return mapValue(value, (text) =>
    textOf(
      text.fragments.map((fragment): Fragment => {
        if (fragment.kind === "literal")
          return { kind: "literal", text: [...fragment.text].filter((char) => !characters.includes(char)).join("") };
        if (fragment.kind === "base64" && isSpace)
          return { ...fragment, isWrapped: fragment.isWrapped && !characters.includes("\n") };
        if (fragment.kind === "unknown" || isSpace) return fragment;
        return { kind: "unknown", reason: `what \`tr -d ${set}\` leaves` };
      }),
    ),
  );
}

import { expandBraces, readRange, type BraceItem, type BraceMark } from "./expand-braces.ts";
import { literalParts, splitTilde, type Quoting } from "./literal-parts.ts";
import type { ParsedScript } from "./script.ts";
import type { Part, VariableOperation, VariablePart, Word } from "./word.ts";
import type { HoledText } from "./holes.ts";
import type * as unbash from "./unbash.ts";

/** What the words of one script are converted with. */
export interface Conversion extends HoledText {
  /** Converts what stands in `$(…)`. */
  readonly convertScript: (script: unbash.ParsedScript | undefined, place: unbash.CommandExpansionPart) => ParsedScript;
}

/** What bash does with a word in its place: only arguments become several words. */
export type WordPlace = "argument" | "value" | "pattern";

type Written = Pick<unbash.Word, "pos" | "end" | "parts">;

/** The words that come of one word of the script: several where braces are expanded. */
export function convertArgument(word: Written, conversion: Conversion): readonly Word[] {
  if (!word.parts?.some(({ type }) => type === "BraceExpansion")) return [convertWord(word, conversion, "argument")];
  const expanded = expandBraces(word.parts.flatMap((part) => braceItems(part, conversion)));
  if (expanded === undefined) return [convertWord(word, conversion, "argument")];
  const place = { start: word.pos, end: word.end };
  // An alternative that is empty is no word: `{,}`.
  return expanded
    .filter((parts) => parts.length > 0)
    .map((parts) => ({ ...place, parts: splitTilde(conversion.masked, parts) }));
}

export function convertWord(
  word: Written,
  conversion: Conversion,
  place: WordPlace = "value",
  quoting: Quoting = "bare",
): Word {
  const parts = convertParts(word, conversion, quoting);
  const isText = place === "value";
  return {
    start: word.pos,
    end: word.end,
    parts: splitTilde(conversion.masked, isText ? parts.map(withoutPattern) : parts),
  };
}

/** The parts of a word or a heredoc's body; one that has no parts is a piece of text. */
function convertParts({ pos, end, parts }: Written, conversion: Conversion, quoting: Quoting): readonly Part[] {
  if (parts === undefined) return literalParts(conversion, pos, end, quoting);
  return convertAll(parts, conversion, quoting);
}

function convertAll(parts: readonly unbash.WordPart[], conversion: Conversion, quoting: Quoting): readonly Part[] {
  return joinNames(
    parts.flatMap((part) => convertPart(part, conversion, quoting)),
    conversion,
    quoting,
  );
}

/**
 * Takes `$A\⏎bc` for the variable `Abc`: bash joins the lines before it reads a name.
 * unbash ends the name at the backslash.
 */
function joinNames(parts: readonly Part[], conversion: Conversion, quoting: Quoting): readonly Part[] {
  const joined: Part[] = [];
  for (const part of parts) {
    const before = joined.at(-1);
    const rest =
      before?.kind === "variable" && part.kind === "literal" && isNameBroken(before, part, conversion)
        ? /^(?:(?:\\\n)+\w+)+/.exec(conversion.masked.slice(part.start, part.end))?.[0]
        : undefined;
    if (rest === undefined || before?.kind !== "variable") {
      joined.push(part);
      continue;
    }
    const end = part.start + rest.length;
    const name = before.name + rest.replaceAll("\\\n", "");
    joined.splice(-1, 1, { ...before, end, name }, ...literalParts(conversion, end, part.end, quoting));
  }
  return joined;
}

/** A name without braces, and no quote between; `$1` and `$#` are one character long whatever follows. */
function isNameBroken({ end, name }: VariablePart, next: Part, { masked }: Conversion): boolean {
  return next.start === end && masked[end - 1] !== "}" && /^[A-Za-z_]/.test(name);
}

/** Where no file names are looked up, `*` is text. */
function withoutPattern(part: Part): Part {
  if (part.kind !== "glob" && part.kind !== "brace") return part;
  return { kind: "literal", start: part.start, end: part.end, quoted: false, text: part.text };
}

function convertPart(part: unbash.WordPart, conversion: Conversion, quoting: Quoting): readonly Part[] {
  const end = Math.min(part.end, conversion.text.length);
  const place = { start: part.pos, end, quoted: quoting !== "bare" };
  switch (part.type) {
    case "Literal":
      return literalParts(conversion, part.pos, part.end, quoting);
    case "SingleQuoted":
      return orEmpty(literalParts(conversion, part.pos + 1, quotedEnd(part, conversion), "single"), part.pos + 1);
    case "AnsiCQuoted":
      return convertAnsiC(part, conversion);
    case "DoubleQuoted":
    case "LocaleString": {
      const inner = convertAll(part.parts, conversion, "double");
      return orEmpty(inner, part.pos + 1);
    }
    case "SimpleExpansion":
      return [
        {
          kind: "variable",
          ...place,
          name: conversion.text.slice(part.pos + 1, part.end),
          index: undefined,
          operation: undefined,
        },
      ];
    case "ParameterExpansion":
      return [convertParameter(part, conversion, quoting)];
    case "CommandExpansion":
      return [{ kind: "substitution", ...place, script: conversion.convertScript(part.script, part) }];
    case "ProcessSubstitution": {
      const script = conversion.convertScript(part.script, { ...part, type: "CommandExpansion" });
      return [{ kind: "process", ...place, operator: part.operator, script }];
    }
    case "ArithmeticExpansion":
      return [{ kind: "arithmetic", ...place, text: conversion.text.slice(part.pos, part.end) }];
    case "Glob":
    case "ExtendedGlob":
      return [{ kind: "glob", ...place, text: conversion.text.slice(part.pos, part.end) }];
    case "BraceExpansion":
      return [{ kind: "brace", ...place, text: conversion.text.slice(part.pos, part.end) }];
  }
}

/** Where a quoted text ends: before its quote, or with the script where a heredoc leaves it open. */
function quotedEnd({ pos, end }: Pick<unbash.WordPart, "pos" | "end">, { masked }: Conversion): number {
  const isClosed = end <= masked.length && end - 1 > pos && masked[end - 1] === "'";
  return isClosed ? end - 1 : Math.min(end, masked.length);
}

/** `""` is a word, though an empty one. */
function orEmpty(parts: readonly Part[], at: number): readonly Part[] {
  return parts.length > 0 ? parts : [{ kind: "literal", start: at, end: at, quoted: true, text: "" }];
}

/** `$'…'`: its text is what unbash reads, unless holes part it or it is left open. */
function convertAnsiC(part: unbash.AnsiCQuotedPart, conversion: Conversion): readonly Part[] {
  const start = part.pos + 2;
  const end = Math.max(start, quotedEnd({ pos: part.pos + 1, end: part.end }, conversion));
  const inner = literalParts(conversion, start, end, "single");
  if (end === part.end - 1 && inner.every(({ kind }) => kind === "literal"))
    return [{ kind: "literal", start, end, quoted: true, text: part.value }];
  return inner.map((piece) => (piece.kind === "literal" ? { ...piece, text: decodeSimpleEscapes(piece.text) } : piece));
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "'": "'", '"': '"', "\\": "\\" };

function decodeSimpleEscapes(text: string): string {
  return text.replace(/\\([^])/g, (both, letter: string) => ESCAPES[letter] ?? both);
}

function convertParameter(part: unbash.ParameterExpansionPart, conversion: Conversion, quoting: Quoting): VariablePart {
  return {
    kind: "variable",
    start: part.pos,
    // In a heredoc an open `${` is no error for unbash, and may end past the text.
    end: Math.min(part.end, conversion.text.length),
    quoted: quoting !== "bare",
    name: conversion.text.slice(part.parameterPos, part.parameterEnd),
    index: part.index === undefined ? undefined : convertWord(part.index, conversion),
    operation: convertOperation(part, conversion, quoting),
  };
}

function convertOperation(
  { operation, prefix }: unbash.ParameterExpansionPart,
  conversion: Conversion,
  quoting: Quoting,
): VariableOperation | undefined {
  if (operation?.type === "Names") return { kind: "names" };
  if (prefix !== undefined) return { kind: prefix === "#" ? "length" : "indirect" };
  if (operation === undefined) return undefined;
  // In quotes the operand of `:-` is quoted too, that of `#` and `/` is not: bash(1), Parameter Expansion.
  const isPlain = quoting === "bare";
  switch (operation.type) {
    case "Default": {
      const operand = convertWord(operation.operand, conversion, "value", isPlain ? "bare" : "double-operand");
      return { kind: "default", operator: operation.operator, operand };
    }
    case "Remove":
      return {
        kind: "remove",
        operator: operation.operator,
        pattern: convertWord(operation.operand, conversion, "pattern"),
      };
    case "Replace":
      return {
        kind: "replace",
        operator: operation.operator,
        pattern: convertWord(operation.pattern, conversion, "pattern"),
        replacement: convertWord(operation.replacement, conversion),
      };
    case "Slice": {
      const length = operation.length === undefined ? undefined : convertWord(operation.length, conversion);
      return { kind: "slice", offset: convertWord(operation.offset, conversion), length };
    }
    case "CaseModification": {
      const { operator, operand } = operation;
      const pattern = operand === undefined ? undefined : convertWord(operand, conversion, "pattern");
      return { kind: "case", operator, pattern };
    }
    case "Transform":
      return { kind: "transform" };
    case "Unknown":
      return { kind: "other" };
  }
}

/** A part of a word whose braces are to be expanded: those that are not quoted become marks. */
function braceItems(part: unbash.WordPart, conversion: Conversion): readonly BraceItem[] {
  const { masked } = conversion;
  if (part.type === "Literal") return markBraces(part.pos, part.end, conversion);
  if (part.type !== "BraceExpansion") return convertPart(part, conversion, "bare");
  const range = readRange(masked.slice(part.pos, part.end));
  if (range !== undefined) {
    const place = { start: part.pos, end: part.end };
    return [{ alternatives: range.map((text) => ({ kind: "literal", ...place, quoted: false, text })) }];
  }
  const inner = part.parts?.flatMap((child) => braceItems(child, conversion));
  return [
    { mark: "{", start: part.pos },
    ...(inner ?? markBraces(part.pos + 1, part.end - 1, conversion)),
    { mark: "}", start: part.end - 1 },
  ];
}

function markBraces(start: number, end: number, conversion: Conversion): readonly BraceItem[] {
  const items: BraceItem[] = [];
  let from = start;
  for (let at = start; at < end; at++) {
    const char = conversion.masked[at] ?? "";
    if (char === "\\") at++;
    else if (isMark(char)) {
      items.push(...literalParts(conversion, from, at, "bare"), { mark: char, start: at });
      from = at + 1;
    }
  }
  return [...items, ...literalParts(conversion, from, end, "bare")];
}

function isMark(char: string): char is BraceMark["mark"] {
  return char === "{" || char === "," || char === "}";
}

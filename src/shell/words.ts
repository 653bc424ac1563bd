import { evaluateOutput } from "./output.ts";
import type { Field, Scope } from "./scope.ts";
import type { Assignment, Part, Word } from "./word.ts";
import {
  bothHold,
  choice,
  concatenate,
  literal,
  literalOf,
  optionsOf,
  textOf,
  unknown,
  type Fragment,
  type TextValue,
  type Value,
} from "./value.ts";
import { chooseDefault, evaluateVariable } from "./variables.ts";

/** The arguments of a command, as they are when a condition holds. */
export interface ArgumentList {
  readonly fields: readonly Field[];
  readonly when?: string | undefined;
}

/** More ways than this in which words may fall into arguments are not told apart. */
const MOST_WAYS = 8;
/** One word that falls into more arguments than this is unknown. */
const MOST_FIELDS = 1_000;

/**
 * What a word stands for where it is not split: in an assignment, a redirection, a heredoc, `case`.
 *
 * @example
 * evaluateWord(word, scope); // https://x:${PAT}@github.com → "https://x:", a reference, "@github.com"
 */
export function evaluateWord(word: Word, scope: Scope): Value {
  if (word.assignment !== undefined) return evaluateAssignmentWord(word.assignment, scope);
  return concatenate(word.parts.map((part) => evaluatePart(part, scope)));
}

function evaluatePart(part: Part, scope: Scope): Value {
  switch (part.kind) {
    case "literal":
      return literal(part.text);
    case "variable":
      return evaluateVariable(part, scope);
    case "expression":
      return scope.expression(part);
    case "value":
      return part.value;
    case "substitution":
      return withoutLastLineBreaks(evaluateOutput(part.script, scope));
    case "process":
      return unknown("a file that another command writes");
    case "arithmetic":
      return evaluateArithmetic(part.text);
    case "glob":
      return unknown(`the names of files that match ${part.text}`);
    case "brace":
      return unknown(`the words of ${part.text} are too many`);
    case "tilde":
      if (part.user !== "") return unknown(`the home directory of ${part.user}`);
      return scope.variable("HOME") ?? unknown("the home directory");
  }
}

function evaluateAssignmentWord({ name, append, value }: Assignment, scope: Scope): Value {
  const made = "parts" in value ? evaluateWord(value, scope) : unknown(`the array ${name}`);
  return concatenate([literal(`${name}${append ? "+=" : "="}`), made]);
}

function evaluateArithmetic(text: string): Value {
  const number = /^\$\(\(\s*(\d{1,15})\s*\)\)$/.exec(text)?.[1];
  return number === undefined ? unknown(`the result of ${text}`) : literal(number);
}

/** `$(…)` drops them. */
export function withoutLastLineBreaks(value: Value): Value {
  const trim = (text: TextValue): TextValue => {
    const last = text.fragments.at(-1);
    if (last?.kind !== "literal" || !last.text.endsWith("\n")) return text;
    return textOf([...text.fragments.slice(0, -1), { kind: "literal", text: last.text.replace(/\n+$/, "") }]);
  };
  return choice(optionsOf(value).map((option) => ({ value: trim(option.value), when: option.when })));
}

/**
 * The arguments that a command gets of its words. There is more than one list where it depends on a choice how many
 * arguments there are: `git push ${FORCE:+--force}`.
 */
export function evaluateArguments(words: readonly Word[], scope: Scope): readonly ArgumentList[] {
  // Lists grow in place, as copies of long ones would take quadratic time.
  let lists: readonly { readonly fields: Field[]; readonly when?: string | undefined }[] = [{ fields: [] }];
  for (const word of words) {
    const ways = evaluateFields(word, scope);
    const [way, ...others] = ways;
    if (way !== undefined && (others.length === 0 || lists.length * ways.length > MOST_WAYS)) {
      const fields = others.length === 0 ? way.fields : [unknownField(word)];
      for (const list of lists) list.fields.push(...fields);
      continue;
    }
    lists = lists.flatMap((list) =>
      ways.map(({ fields, when }) => ({ fields: [...list.fields, ...fields], when: bothHold(list.when, when) })),
    );
  }
  return lists;
}

function unknownField({ start, end }: Word): Field {
  return { value: unknown("there are too many ways to split it"), isOne: false, start, end };
}

function evaluateFields(word: Word, scope: Scope): readonly ArgumentList[] {
  const place = { start: word.start, end: word.end };
  if (word.assignment !== undefined || word.parts.every((part) => isWhole(part)))
    return [{ fields: [{ value: evaluateWord(word, scope), isOne: true, ...place }] }];
  const ways = evaluateAllPieces(word.parts, scope)?.map((way) => ({
    ...way,
    pieces: way.pieces.map((piece) => separated(piece, scope)),
  }));
  if (ways === undefined) return [{ fields: [unknownField(word)] }];
  const lists = ways.map(({ pieces, when }) => ({ fields: split(pieces, place), when }));
  const isAlwaysOne = lists.every(({ fields }) => fields.length === 1 && fields[0]?.isOne === true);
  if (lists.length === 1 || !isAlwaysOne) return lists;
  const options = lists.flatMap(({ fields, when }) =>
    fields.flatMap(({ value }) => optionsOf(value).map((option) => ({ ...option, when: bothHold(when, option.when) }))),
  );
  return [{ fields: [{ value: choice(options), isOne: true, ...place }] }];
}

/** A part of which never more or less than one argument comes. */
function isWhole(part: Part): boolean {
  if (part.kind === "literal" || part.kind === "tilde" || part.kind === "process") return true;
  return part.quoted && !(part.kind === "variable" && isList(part.name, part.index));
}

function isList(name: string, index: Word | undefined): boolean {
  if (name === "@") return true;
  const [only] = index?.parts ?? [];
  return only?.kind === "literal" && only.text === "@";
}

/** What a part adds to the words: text as it is, text to be split, or the end of an argument. */
type Piece =
  | { readonly kind: "whole"; readonly value: Value }
  | { readonly kind: "split"; readonly value: TextValue }
  | { readonly kind: "several"; readonly reason: string }
  | { readonly kind: "next" };

interface Pieces {
  readonly pieces: readonly Piece[];
  readonly when?: string | undefined;
}

/** The ways that the parts give together; undefined where they are too many. */
function evaluateAllPieces(parts: readonly Part[], scope: Scope, isOperand = false): readonly Pieces[] | undefined {
  let ways: readonly Pieces[] = [{ pieces: [] }];
  for (const part of parts) {
    const pieces = evaluatePieces(part, scope, isOperand);
    ways = ways.flatMap((way) =>
      pieces.map((piece) => ({ pieces: [...way.pieces, ...piece.pieces], when: bothHold(way.when, piece.when) })),
    );
    if (ways.length > MOST_WAYS) return undefined;
  }
  return ways;
}

function evaluatePieces(part: Part, scope: Scope, isOperand: boolean): readonly Pieces[] {
  // The text behind `:-` is split like what a variable holds, unless it is quoted itself.
  if (isOperand && part.kind === "literal" && !part.quoted)
    return [{ pieces: [{ kind: "split", value: literal(part.text) }] }];
  if (part.kind === "variable" && !part.quoted && part.operation?.kind === "default") {
    const { operand } = part.operation;
    return (chooseDefault(part, scope) ?? []).flatMap(({ is, when }): readonly Pieces[] => {
      if (is !== "operand") return [{ pieces: [{ kind: "split", value: is }], when }];
      const ways = evaluateAllPieces(operand.parts, scope, true);
      if (ways === undefined) return [{ pieces: [{ kind: "several", reason: `the default of ${part.name}` }], when }];
      return ways.map((way) => ({ pieces: way.pieces, when: bothHold(when, way.when) }));
    });
  }
  if (part.kind === "variable" && part.operation === undefined && isList(part.name, part.index)) {
    const values = part.name === "@" ? scope.positional : scope.array?.(part.name);
    if (values === undefined) return [{ pieces: [{ kind: "several", reason: `the arguments of $${part.name}` }] }];
    const pieces = values.flatMap((value, index): readonly Piece[] => {
      const piece: Piece = part.quoted ? { kind: "whole", value } : asSplit(value);
      return index === 0 ? [piece] : [{ kind: "next" }, piece];
    });
    return [{ pieces }];
  }
  const value = evaluatePart(part, scope);
  if (part.kind === "glob" || part.kind === "brace") {
    const [fragment] = value.kind === "text" ? value.fragments : [];
    return [{ pieces: [{ kind: "several", reason: fragment?.kind === "unknown" ? fragment.reason : part.text }] }];
  }
  if (isWhole(part)) return [{ pieces: [{ kind: "whole", value }] }];
  return optionsOf(value).map((option) => ({ pieces: [{ kind: "split", value: option.value }], when: option.when }));
}

/** An element that has several possible values is not told apart from one that falls into several arguments. */
function asSplit(value: Value): Piece {
  return value.kind === "text" ? { kind: "split", value } : { kind: "several", reason: "an argument that is a choice" };
}

/** With an `IFS` of its own a script splits at other places: not at all, or where it is not followed. */
function separated(piece: Piece, scope: Scope): Piece {
  const separators = piece.kind === "split" ? scope.variable("IFS") : undefined;
  if (piece.kind !== "split" || separators === undefined) return piece;
  const known = literalOf(separators);
  if (known !== undefined && /^[ \t\n]{3}$/.test(known)) return piece;
  if (known === "") return piece.value.fragments.length === 0 ? piece : { kind: "whole", value: piece.value };
  return { kind: "several", reason: "the script splits words by an `IFS` of its own" };
}

/** Word splitting at blanks, tabs and line breaks: bash(1), Word Splitting, with `IFS` as it is at first. */
function split(pieces: readonly Piece[], place: { readonly start: number; readonly end: number }): readonly Field[] {
  const fields: Field[] = [];
  let values: Value[] = [];
  let isThere = false;
  let isOne = true;
  const finish = (): void => {
    if (isThere) fields.push({ value: concatenate(values), isOne, ...place });
    [values, isThere, isOne] = [[], false, true];
  };
  const add = (fragment: Fragment): void => {
    values.push({ kind: "text", fragments: [fragment] });
    isThere = true;
    if (fragment.kind === "unknown") isOne = false;
  };
  for (const piece of pieces) {
    if (piece.kind === "next") finish();
    else if (piece.kind === "several") add({ kind: "unknown", reason: piece.reason });
    else if (piece.kind === "whole") {
      values.push(piece.value);
      isThere = true;
    } else
      for (const fragment of piece.value.fragments) {
        if (fragment.kind !== "literal") {
          add(fragment);
          continue;
        }
        for (const [text] of fragment.text.matchAll(/[ \t\n]+|[^ \t\n]+/g)) {
          if (fields.length > MOST_FIELDS)
            return [{ value: unknown("there are too many arguments"), isOne: false, ...place }];
          if (/^[ \t\n]/.test(text)) finish();
          else add({ kind: "literal", text });
        }
      }
  }
  finish();
  return fields;
}

/** The literal text of each field; undefined for those that are not known. */
export function literalsOf(fields: readonly Field[]): readonly (string | undefined)[] {
  return fields.map(({ value, isOne }) => (isOne ? literalOf(value) : undefined));
}

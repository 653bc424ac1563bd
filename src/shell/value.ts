import type { Span } from "../ir/span.ts";

/** What is known of a text that a script works with: its pieces in order, or a choice between texts. */
export type Value = TextValue | ChoiceValue;

/** Pieces in order; none is the empty text. Neighbouring literals are one. */
export interface TextValue {
  readonly kind: "text";
  readonly fragments: readonly Fragment[];
}

/** One of these, and the script's text does not tell which. */
export interface ChoiceValue {
  readonly kind: "choice";
  readonly options: readonly Option[];
}

export interface Option {
  readonly value: TextValue;
  /** When it is this one, for people: "`PAT` is set and not empty". */
  readonly when?: string | undefined;
}

export type Fragment = LiteralFragment | ReferenceFragment | Base64Fragment | UnknownFragment;

/** How the reason begins for a variable that a script asks for and nothing in sight sets: most often nothing does. */
export const UNSEEN = "nothing in sight sets";

export interface LiteralFragment {
  readonly kind: "literal";
  readonly text: string;
}

/** A value that is known by its name, not by its content: a secret, a step's output. */
export interface ReferenceFragment {
  readonly kind: "reference";
  /** Who made the value knows what it stands for: `secrets.PAT`, `steps.app.outputs.token`. Equal ids are equal texts. */
  readonly id: string;
  /** The text may be empty, as that of a secret which is not there; undefined is yes. */
  readonly canBeEmpty?: boolean | undefined;
  /**
   * Of what it is made, where that is known: a token is a word, `owner/name` has `.`, `-` and `/` too, and the short name of a ref
   * does not begin with `refs/`, which GitHub takes no new names with (its changelog of 2023-03-23).
   */
  readonly letters?: "word" | "name" | "short ref" | undefined;
  readonly origin?: Span | undefined;
}

/** What `base64` makes of a value that is not wholly literal. */
export interface Base64Fragment {
  readonly kind: "base64";
  readonly value: TextValue;
  /** Has a line break every 76 characters, as without `-w0`: a long one is no good in a header. */
  readonly isWrapped: boolean;
}

export interface UnknownFragment {
  readonly kind: "unknown";
  readonly reason: string;
  readonly origin?: Span | undefined;
}

/** More options than this are unknown. */
const MOST_OPTIONS = 16;
/** More pieces than this are unknown: a loop that appends would never end. */
const MOST_FRAGMENTS = 200;
const MOST_CHARACTERS = 1_000_000;

export const EMPTY: TextValue = { kind: "text", fragments: [] };

export function literal(text: string): TextValue {
  return text === "" ? EMPTY : { kind: "text", fragments: [{ kind: "literal", text }] };
}

export function unknown(reason: string, origin?: Span): TextValue {
  return { kind: "text", fragments: [{ kind: "unknown", reason, origin }] };
}

export function reference(id: string, more: Omit<ReferenceFragment, "kind" | "id"> = {}): TextValue {
  return { kind: "text", fragments: [{ kind: "reference", id, ...more }] };
}

/** A text of these pieces; joins neighbouring literals. */
export function textOf(fragments: readonly Fragment[]): TextValue {
  const joined: Fragment[] = [];
  let length = 0;
  for (const fragment of fragments) {
    if (fragment.kind !== "literal") {
      joined.push(fragment);
      continue;
    }
    if (fragment.text === "") continue;
    length += fragment.text.length;
    const last = joined.at(-1);
    if (last?.kind === "literal") joined[joined.length - 1] = { kind: "literal", text: last.text + fragment.text };
    else joined.push(fragment);
  }
  if (joined.length > MOST_FRAGMENTS || length > MOST_CHARACTERS) return unknown("the text grows too long to follow");
  return joined.length === 0 ? EMPTY : { kind: "text", fragments: joined };
}

export function optionsOf(value: Value): readonly Option[] {
  return value.kind === "choice" ? value.options : [{ value }];
}

/** One of the options; equal ones are one. */
export function choice(options: readonly Option[]): Value {
  const different = new Map<string, Option>();
  for (const option of options) {
    const key = keyOf(option.value);
    const known = different.get(key);
    // The same value under two conditions is unconditional, as far as it can be said.
    different.set(key, known === undefined || known.when === option.when ? option : { value: option.value });
  }
  const left = [...different.values()];
  const [first] = left;
  if (left.length === 1 && first !== undefined) return first.value;
  if (left.length === 0 || left.length > MOST_OPTIONS) return unknown("there are too many possible values");
  return { kind: "choice", options: left };
}

/** One value behind the other. */
export function concatenate(values: readonly Value[]): Value {
  const fragments: Fragment[] = [];
  for (const value of values) {
    if (value.kind === "choice") return concatenateChoices(values);
    fragments.push(...value.fragments);
  }
  return textOf(fragments);
}

function concatenateChoices(values: readonly Value[]): Value {
  let options: readonly Option[] = [{ value: EMPTY }];
  for (const value of values) {
    options = options.flatMap((before) =>
      optionsOf(value).map((after) => ({
        value: textOf([...before.value.fragments, ...after.value.fragments]),
        when: bothHold(before.when, after.when),
      })),
    );
    if (options.length > MOST_OPTIONS) return unknown("there are too many possible values");
  }
  return choice(options);
}

/** Changes each option. */
export function mapValue(value: Value, change: (text: TextValue) => Value): Value {
  if (value.kind === "text") return change(value);
  return choice(
    value.options.flatMap((option) =>
      optionsOf(change(option.value)).map((made) => ({ value: made.value, when: bothHold(option.when, made.when) })),
    ),
  );
}

export function bothHold(first: string | undefined, second: string | undefined): string | undefined {
  if (first === undefined || first === second) return second;
  return second === undefined ? first : `${first}, and ${second}`;
}

/** The text, where all of it is known. */
export function literalOf(value: Value): string | undefined {
  if (value.kind === "choice") return undefined;
  const [first, ...more] = value.fragments;
  if (first === undefined) return "";
  return first.kind === "literal" && more.length === 0 ? first.text : undefined;
}

/** Why the value is not known; undefined where it is literals and references only. */
export function reasonOf(value: Value): string | undefined {
  for (const option of optionsOf(value))
    for (const fragment of option.value.fragments) {
      if (fragment.kind === "unknown") return fragment.reason;
      if (fragment.kind === "base64") {
        const reason = reasonOf(fragment.value);
        if (reason !== undefined) return reason;
      }
    }
  return undefined;
}

/** Can the text be empty: `"never"`, `"always"` or `"perhaps"`. */
export function emptiness(text: TextValue): "never" | "always" | "perhaps" {
  if (text.fragments.length === 0) return "always";
  const neverEmpty = text.fragments.some(
    (fragment) =>
      fragment.kind === "literal" ||
      (fragment.kind === "reference" && fragment.canBeEmpty === false) ||
      (fragment.kind === "base64" && emptiness(fragment.value) === "never"),
  );
  return neverEmpty ? "never" : "perhaps";
}

/** Equal keys, equal values; unknowns are equal when their reasons are. */
export function keyOf(value: Value): string {
  const [first, ...more] = value.kind === "text" ? value.fragments : [];
  // Most values are letters and nothing else; JSON begins otherwise.
  if (first?.kind === "literal" && more.length === 0) return `=${first.text}`;
  return JSON.stringify(value, (name, field: unknown) => (name === "origin" ? undefined : field));
}

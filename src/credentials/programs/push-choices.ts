import type { PushView } from "../push-view.ts";
import { hasSymbol, symbolsIn, type Text, type TextOption } from "../text.ts";

/** One way in which the values that decide a push may fall out. */
export interface PushChoice {
  readonly view: PushView;
  readonly remote: Text;
  readonly whens: readonly string[];
}

/** More combinations of values than this are not told apart. */
const MOST_COMBINATIONS = 8;

/** Every way in which the values of a push may fall out: `A || B` is A or B everywhere at once. */
export function choicesOf(view: PushView, remote: Text): readonly PushChoice[] {
  return combine(choicesIn(view, remote)).map((combination) => {
    const replace = (text: Text): Text =>
      combination.reduce((made, { symbol, option }) => made.replaceAll(symbol, option.text), text);
    return {
      view: combination.length === 0 ? view : replaceIn(view, replace),
      remote: replace(remote),
      whens: combination.flatMap(({ option: { when } }) => (when === undefined ? [] : [when])),
    };
  });
}

interface Choice {
  readonly symbol: string;
  readonly options: readonly TextOption[];
}

/** The symbols that stand for one of several texts, where they can matter. */
function choicesIn(view: PushView, remote: Text): readonly Choice[] {
  const relevant = view.entries.filter(
    ({ key }) =>
      key.section === "http" || key.section === "url" || key.section === "remote" || key.section === "credential",
  );
  const tokens = [view.variable("GH_TOKEN") ?? "", view.variable("GITHUB_TOKEN") ?? ""];
  const files = [...view.files.values()].map((file) =>
    file.kind === "text" && file.text.length < 4_000 ? file.text : "",
  );
  const asks = relevant.some(({ key }) => key.section === "credential");
  const texts = [
    remote,
    ...relevant.flatMap(({ key, value }) => [key.subsection ?? "", value]),
    ...files.filter((text) => /\bmachine\b|:\/\/[^/]*:|^.?$/.test(text)),
    ...(asks ? tokens : []),
  ];
  const seen = new Map<string, Choice>();
  const visit = (text: Text): void => {
    if (!hasSymbol(text)) return;
    for (const symbol of symbolsIn(text)) {
      const meaning = view.symbols.meaningOf(symbol);
      if (meaning.kind === "base64") {
        visit(meaning.text);
        if (meaning.isWrapped && !seen.has(symbol)) seen.set(symbol, { symbol, options: linesOf(meaning.text, view) });
      }
      if (meaning.kind !== "choice" || seen.has(symbol)) continue;
      seen.set(symbol, { symbol, options: meaning.options });
      for (const option of meaning.options) visit(option.text);
    }
  };
  texts.forEach(visit);
  return [...seen.values()];
}

/** `base64` without `-w0` breaks its line after 76 letters, which stand for 57. */
const MOST_IN_LINE = 57;

/** GitHub's classic tokens have 40 letters, and all others more: docs.github.com, "Token formats". */
const SHORTEST_TOKEN = 40;

/** A header with a line break in it is none: git refuses to send it. */
function linesOf(text: Text, { symbols }: PushView): readonly TextOption[] {
  const shortest = [...text].reduce((length, letter) => length + (hasSymbol(letter) ? SHORTEST_TOKEN : 1), 0);
  const encoded = symbols.base64(text);
  const broken = { text: `${encoded}\n=`, when: "the token is too long for one line of base64" };
  return shortest > MOST_IN_LINE
    ? [{ ...broken, when: undefined }]
    : [{ text: encoded, when: "base64 leaves the token on one line" }, broken];
}

interface Picked {
  readonly symbol: string;
  readonly option: TextOption;
}

function combine(choices: readonly Choice[]): readonly (readonly Picked[])[] {
  let combinations: readonly (readonly Picked[])[] = [[]];
  for (const { symbol, options } of choices) {
    if (combinations.length * options.length > MOST_COMBINATIONS) break;
    combinations = combinations.flatMap((picked) => options.map((option) => [...picked, { symbol, option }]));
  }
  return combinations;
}

/** The same push with other texts. */
export function replaceIn(view: PushView, replaceSymbols: (text: Text) => Text): PushView {
  const { symbols } = view;
  const replace = (text: Text): Text => {
    if (!hasSymbol(text)) return text;
    const made = replaceSymbols(text);
    return made.replace(/[\uE000-\uF8FF]/g, (symbol) => {
      const meaning = symbols.meaningOf(symbol);
      if (meaning.kind !== "base64") return symbol;
      const inner = replaceSymbols(meaning.text);
      return inner === meaning.text ? symbol : symbols.base64(inner);
    });
  };
  return {
    ...view,
    entries: view.entries.map((entry) => ({
      ...entry,
      value: replace(entry.value),
      key: entry.key.subsection === undefined ? entry.key : { ...entry.key, subsection: replace(entry.key.subsection) },
    })),
    variable: (name) => {
      const text = view.variable(name);
      return text === undefined ? undefined : replace(text);
    },
    files: new Map(
      [...view.files].map(([path, file]) => [
        path,
        file.kind === "text" ? { ...file, text: replace(file.text) } : file,
      ]),
    ),
  };
}

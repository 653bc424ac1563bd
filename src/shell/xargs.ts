import type { Field } from "./scope.ts";
import { linesOf, splitText, trimText, wordsOf } from "./split-text.ts";
import { concatenate, literal, literalOf, unknown, type Value } from "./value.ts";

/**
 * The command that `xargs` runs: it puts what it reads behind the arguments, or in place of `{}`.
 *
 * @param options its own, by name
 * @param input what it reads, where that is known
 */
export function withInput(
  fields: readonly Field[],
  options: ReadonlyMap<string, Value | undefined>,
  input: Value | undefined,
): readonly Field[] {
  const [first] = fields;
  if (first === undefined) return fields;
  const place = { start: first.start, end: fields.at(-1)?.end ?? first.end };
  const replaced = options.get("replace");
  const mark = replaced === undefined ? undefined : literalOf(replaced);
  const items = itemsOf(options, mark, input);
  if (mark === undefined || mark === "") {
    if (items !== undefined) return [...fields, ...items.map((value) => ({ value, isOne: true, ...place }))];
    return [...fields, { value: unknown("what xargs reads"), isOne: false, ...place }];
  }
  const [item = unknown("what xargs reads"), ...others] = items ?? [];
  const filled = others.length > 0 ? unknown("one of what xargs reads") : item;
  return fields.map((field) => {
    const text = literalOf(field.value);
    if (text?.includes(mark) !== true) return field;
    const pieces = text
      .split(mark)
      .flatMap((piece, index) => (index === 0 ? [literal(piece)] : [filled, literal(piece)]));
    return { ...field, value: concatenate(pieces) };
  });
}

/** What one call gets; undefined where that is not known, or where there are several calls. */
function itemsOf(
  options: ReadonlyMap<string, Value | undefined>,
  mark: string | undefined,
  input: Value | undefined,
): readonly Value[] | undefined {
  const separator = separatorOf(options);
  if (input === undefined || separator === undefined) return undefined;
  const items =
    separator === ""
      ? mark === undefined
        ? wordsOf(input)
        : linesOf(input)?.map((line) => trimText(line, " \t"))
      : linesOf(input)
          ?.flatMap((line) => splitText(line, separator))
          .filter(({ fragments }) => fragments.length > 0);
  const most = options.get("-n") ?? options.get("--max-args") ?? options.get("-L") ?? options.get("--max-lines");
  const isOneCall = most === undefined || (items?.length ?? 0) <= Number(literalOf(most) ?? 0);
  // Quotes and backslashes mean something to it.
  return isOneCall && !items?.some((item) => /["'\\]/.test(literalOf(item) ?? "")) ? items : undefined;
}

/** Empty: blanks and line breaks. */
function separatorOf(options: ReadonlyMap<string, Value | undefined>): string | undefined {
  if (options.has("-a") || options.has("-E")) return undefined;
  if (options.has("-0") || options.has("--null")) return "\0";
  const given = options.get("-d") ?? options.get("--delimiter");
  if (given === undefined) return "";
  const text = literalOf(given)?.replace("\\n", "\n");
  return text?.length === 1 ? text : undefined;
}

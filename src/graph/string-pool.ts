/** A value whose repeated texts stand once. */
export interface Pooled {
  readonly strings: readonly string[];
  /** JSON; a text that begins with `~` is the number, to base 36, of one of the strings. */
  readonly value: unknown;
}

const LEAST_CHARACTERS = 10;

/** Takes the texts out of a JSON value that stand in it more than once: paths, messages, names. */
export function poolStrings(value: unknown): Pooled {
  const counts = new Map<string, number>();
  JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === "string") counts.set(part, (counts.get(part) ?? 0) + 1);
    return part;
  });
  const isPooled = (text: string, count: number): boolean =>
    text.startsWith("~") || (count > 1 && text.length >= LEAST_CHARACTERS);
  const strings = [...counts].filter(([text, count]) => isPooled(text, count)).map(([text]) => text);
  const numbers = new Map(strings.map((text, at) => [text, `~${at.toString(36)}`]));
  const replace = (_: string, part: unknown): unknown =>
    typeof part === "string" ? (numbers.get(part) ?? part) : part;
  return { strings, value: JSON.parse(JSON.stringify(value, replace)) };
}

/** The value as it was. */
export function unpoolStrings({ strings, value }: Pooled): unknown {
  return JSON.parse(JSON.stringify(value), (_, part: unknown) =>
    typeof part === "string" && part.startsWith("~") ? strings[parseInt(part.slice(1), 36)] : part,
  );
}

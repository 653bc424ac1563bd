/** A JSON value in which texts that repeat, and the names of the properties of objects that are alike, stand once. */
export interface Packed {
  readonly strings: readonly string[];
  /** The names of properties: an object that begins with 1 has those of the first shape. */
  readonly shapes: readonly (readonly string[])[];
  /**
   * `[0, …]` is an array, `[n, …]` an object of the shape before. A text that begins with `~` is the number, to base 36, of one of
   * the strings.
   */
  readonly value: unknown;
}

const LEAST_CHARACTERS = 5;

/** Packs a JSON value: a page of many workflows is mostly paths, messages and names of properties. */
export function packJson(json: unknown): Packed {
  const counts = new Map<string, number>();
  // What JSON cannot say is gone.
  const plain: unknown = JSON.parse(
    JSON.stringify(json, (_, part: unknown) => {
      if (typeof part === "string") counts.set(part, (counts.get(part) ?? 0) + 1);
      return part;
    }),
  );
  const isPooled = (text: string, count: number): boolean =>
    text.startsWith("~") || (count > 1 && text.length >= LEAST_CHARACTERS);
  const strings = [...counts].filter(([text, count]) => isPooled(text, count)).map(([text]) => text);
  const numbers = new Map(strings.map((text, at) => [text, `~${at.toString(36)}`]));
  const shapes = new Map<string, { readonly number: number; readonly names: readonly string[] }>();
  const pack = (part: unknown): unknown => {
    if (typeof part === "string") return numbers.get(part) ?? part;
    if (typeof part !== "object" || part === null) return part;
    if (Array.isArray(part)) return [0, ...part.map(pack)];
    const names = Object.keys(part);
    const key = JSON.stringify(names);
    const shape = shapes.get(key) ?? { number: shapes.size + 1, names };
    shapes.set(key, shape);
    return [shape.number, ...Object.values(part).map(pack)];
  };
  const value = pack(plain);
  return { strings, shapes: [...shapes.values()].map(({ names }) => names), value };
}

/** The value as it was. */
export function unpackJson({ strings, shapes, value }: Packed): unknown {
  const unpack = (part: unknown): unknown => {
    if (typeof part === "string") return part.startsWith("~") ? strings[parseInt(part.slice(1), 36)] : part;
    if (!Array.isArray(part)) return part;
    const [shape, ...parts]: readonly unknown[] = part;
    const values = parts.map(unpack);
    const names = shape === 0 ? undefined : shapes[Number(shape) - 1];
    return names === undefined ? values : Object.fromEntries(names.map((name, at) => [name, values[at]]));
  };
  return unpack(value);
}

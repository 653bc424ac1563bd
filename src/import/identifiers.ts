// Words that cannot name a constant of a module: ECMA-262, "Keywords and Reserved Words", strict mode.
const RESERVED: ReadonlySet<string> = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for " +
    "function if implements import in instanceof interface let new null package private protected public return static super switch " +
    "this throw true try typeof undefined var void while with yield NaN Infinity globalThis"
  ).split(" "),
);

/** The names of a source's constants: each is given once, and none hides what the source imports. */
export class Identifiers {
  readonly #taken: Set<string>;

  constructor(imported: Iterable<string>) {
    this.#taken = new Set(imported);
  }

  /** The first of the wanted names that is free, else the first of them with a number. */
  take(...wanted: readonly string[]): string {
    const names = wanted.filter((name) => name !== "");
    if (names.length === 0) names.push("value");
    const base = names[0];
    const free = (name: string): boolean => !this.#taken.has(name) && !RESERVED.has(name);
    let name = names.find(free);
    for (let number = 2; name === undefined; number++) if (free(`${base}${number}`)) name = `${base}${number}`;
    this.#taken.add(name);
    return name;
  }
}

/**
 * Words as a constant's name; `""` where none of it can stand in one.
 *
 * @example
 * camelCase("build-docs"); // "buildDocs"
 */
export function camelCase(words: string): string {
  const name = words
    .replace(/[^A-Za-z0-9_]+([A-Za-z0-9_]?)/g, (_, next: string) => next.toUpperCase())
    .replace(/^[A-Z]+(?=[A-Z][a-z]|[^A-Za-z]|$)|^[A-Z]/, (head) => head.toLowerCase());
  return /^\d/.test(name) ? `_${name}` : name;
}

export function pascalCase(words: string): string {
  const name = camelCase(words);
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

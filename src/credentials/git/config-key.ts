/** A configuration key taken apart: `http.https://github.com/.extraheader`. */
export interface ConfigKey {
  /** Lower case: upper and lower case do not matter. */
  readonly section: string;
  /** As written: its case matters. Undefined where the key has two parts. */
  readonly subsection: string | undefined;
  /** Lower case. */
  readonly name: string;
}

/**
 * Reads a key as git-config(1) does: up to the first dot the section, behind the last dot the name.
 *
 * @returns undefined for what git refuses: no dot, no section, no name
 */
export function parseKey(text: string): ConfigKey | undefined {
  const first = text.indexOf(".");
  const last = text.lastIndexOf(".");
  if (first <= 0 || last === text.length - 1) return undefined;
  const subsection = first === last ? undefined : text.slice(first + 1, last);
  return { section: text.slice(0, first).toLowerCase(), subsection, name: text.slice(last + 1).toLowerCase() };
}

export function equalKeys(a: ConfigKey, b: ConfigKey): boolean {
  return a.section === b.section && a.subsection === b.subsection && a.name === b.name;
}

export function printKey({ section, subsection, name }: ConfigKey): string {
  return subsection === undefined ? `${section}.${name}` : `${section}.${subsection}.${name}`;
}

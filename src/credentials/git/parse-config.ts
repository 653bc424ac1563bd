import type { Text } from "../text.ts";
import type { Entry } from "./config-entries.ts";
import type { ConfigKey } from "./config-key.ts";

/** The section that the next line belongs to. */
export type Section = Pick<ConfigKey, "section" | "subsection">;

/**
 * Reads a configuration file as config.c does: sections, `name = value`, comments, quotes, lines that go on behind a backslash.
 *
 * @param section the one that the text begins in, where it is added to a file
 * @returns undefined where git refuses the file, or nobody can tell what it says
 */
export function parseConfig<By>(text: Text, by: By, section?: Section): readonly Entry<By>[] | undefined {
  const entries: Entry<By>[] = [];
  let current = section;
  const rest = new Reader(text);
  for (;;) {
    rest.skip(/[ \t\r\n]*/y);
    if (rest.isAtEnd) return entries;
    if (rest.skip(/[#;][^\n]*/y)) continue;
    const header = rest.take(/\[[ \t]*([-.A-Za-z0-9]+)(?:[ \t]+"((?:[^"\\\n]|\\[^\n])*)")?[ \t]*\]/y);
    if (header !== undefined) {
      current = sectionOf(header[1] ?? "", header[2]);
      continue;
    }
    const name = rest.take(/([A-Za-z][-A-Za-z0-9]*)[ \t]*/y)?.[1];
    if (name === undefined || current === undefined) return undefined;
    const key = { ...current, name: name.toLowerCase() };
    if (rest.skip(/=[ \t]*/y)) {
      const value = readValue(rest);
      if (value === undefined) return undefined;
      entries.push({ key, value, by });
    } else if (rest.skip(/\r?\n|(?=[#;])|$/y)) entries.push({ key, value: "true", by, isBare: true });
    else return undefined;
  }
}

/** `[http "https://github.com/"]`, and `[http.proxy]` of old, whose case does not matter. */
function sectionOf(name: string, subsection: string | undefined): Section {
  if (subsection !== undefined)
    return { section: name.toLowerCase(), subsection: subsection.replace(/\\([^])/g, "$1") };
  const dot = name.indexOf(".");
  if (dot < 0) return { section: name.toLowerCase(), subsection: undefined };
  return { section: name.slice(0, dot).toLowerCase(), subsection: name.slice(dot + 1).toLowerCase() };
}

/** Up to the end of the line. Spaces at the end count only between quotes. */
function readValue(rest: Reader): Text | undefined {
  let value = "";
  // What stands behind the last sign that is no space.
  let spaces = "";
  let isQuoted = false;
  for (;;) {
    const char = rest.next();
    if (char === undefined || char === "\n") return isQuoted ? undefined : value;
    if (!isQuoted && (char === "#" || char === ";")) {
      rest.skip(/[^\n]*/y);
      continue;
    }
    if (!isQuoted && /[ \t\r]/.test(char)) {
      spaces += char;
      continue;
    }
    if (char === '"') {
      isQuoted = !isQuoted;
      continue;
    }
    if (char !== "\\") {
      value += spaces + char;
      spaces = "";
      continue;
    }
    if (rest.skip(/\r?\n/y)) continue;
    const escaped = ESCAPES[rest.next() ?? ""];
    if (escaped === undefined) return undefined;
    value += spaces + escaped;
    spaces = "";
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", b: "\b", '"': '"', "\\": "\\" };

/** A text that is read from its start. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  next(): string | undefined {
    return this.#text[this.#at++];
  }

  /** @param pattern sticky */
  take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text) ?? undefined;
    if (found !== undefined) this.#at += found[0].length;
    return found;
  }

  skip(pattern: RegExp): boolean {
    return this.take(pattern) !== undefined;
  }
}

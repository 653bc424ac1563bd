import type { By } from "../evidence.ts";
import type { Text } from "../text.ts";
import type { Entry } from "./config-entries.ts";

/**
 * Reads a configuration file that a script has written: git-config(1), Syntax. Computed pieces may stand in values and subsections.
 *
 * @returns undefined where a line may be anything, or git would refuse the file
 */
export function parseConfig(text: Text, by: By): readonly Entry<By>[] | undefined {
  const entries: Entry<By>[] = [];
  let section: { readonly name: string; readonly subsection: string | undefined } | undefined;
  // A backslash at the end of a line goes on with the next one.
  for (const line of text.replace(/\\\r?\n/g, "").split(/\r?\n/)) {
    let rest = line.trim();
    const header = /^\[\s*([\w.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]\s*/.exec(rest);
    if (header !== null) {
      const [whole, name = "", quoted] = header;
      section = sectionOf(name, quoted?.replace(/\\(.)/g, "$1"));
      rest = rest.slice(whole.length);
    }
    if (rest === "" || /^[#;]/.test(rest)) continue;
    const [, name, equals, value = ""] = /^([A-Za-z][\w-]*)\s*(?:(=)\s*([^]*))?$/.exec(rest) ?? [];
    if (section === undefined || name === undefined) return undefined;
    const read = equals === undefined ? "true" : readValue(value);
    if (read === undefined) return undefined;
    const key = { section: section.name, subsection: section.subsection, name: name.toLowerCase() };
    entries.push({ key, value: read, by });
  }
  return entries;
}

/** `[http "https://github.com/"]`, and the old `[branch.main]`, whose subsection has no case. */
function sectionOf(name: string, quoted: string | undefined) {
  const dot = name.indexOf(".");
  if (quoted !== undefined || dot < 0) return { name: name.toLowerCase(), subsection: quoted };
  return { name: name.slice(0, dot).toLowerCase(), subsection: name.slice(dot + 1).toLowerCase() };
}

/** A value without quotes and the comment behind it; undefined for what git refuses. */
function readValue(text: Text): Text | undefined {
  let value = "";
  let spaces = "";
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? "";
    if (char === "\\") {
      const escaped = ESCAPES[text[++at] ?? ""];
      if (escaped === undefined) return undefined;
      value += spaces + escaped;
      spaces = "";
    } else if (char === '"') {
      isQuoted = !isQuoted;
      value += spaces;
      spaces = "";
    } else if (!isQuoted && (char === "#" || char === ";")) break;
    else if (!isQuoted && (char === " " || char === "\t")) spaces += char;
    else {
      value += spaces + char;
      spaces = "";
    }
  }
  return isQuoted ? undefined : value;
}

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\", '"': '"', n: "\n", t: "\t", b: "\b" };

import type { Text } from "../text.ts";
import type { Entry } from "./config-entries.ts";

/** A configuration file as git writes it: each section once in a row, a tab in front of each variable. */
export function printConfig(entries: readonly Entry[]): Text {
  let text = "";
  let header = "";
  for (const { key, value, isBare } of entries) {
    const own = key.subsection === undefined ? `[${key.section}]` : `[${key.section} "${escapeName(key.subsection)}"]`;
    if (own !== header) text += `${own}\n`;
    header = own;
    text += isBare === true ? `\t${key.name}\n` : `\t${key.name} = ${quote(value)}\n`;
  }
  return text;
}

function escapeName(name: Text): Text {
  return name.replace(/["\\]/g, "\\$&");
}

/** Quotes where a comment begins in the value, or where spaces at its ends count: config.c, write_pair. */
function quote(value: Text): Text {
  const escaped = value.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\t", "\\t");
  return /[;#\r]|^ | $/.test(value) ? `"${escaped}"` : escaped;
}

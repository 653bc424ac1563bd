import type { Entry, Value } from "../ir/node.ts";

/** Whether a blank line stood above an item. */
export function isItemSpaced(item: Value): boolean {
  return (item.kind === "scalar" && item.spaceBefore === true) || item.comments?.before?.[0] === null;
}

/** Whether a blank line stood above an entry. */
export function isEntrySpaced({ key }: Entry): boolean {
  return isItemSpaced(key);
}

/**
 * Puts a blank line above each part that had one, where prettier leaves it. Names of constants stay together: what they stand for,
 * which the line parted, is elsewhere.
 */
export function inGroups(parts: readonly string[], isSpaced: readonly (boolean | undefined)[]): readonly string[] {
  return parts.map((part, index) => {
    const before = parts[index - 1];
    if (before === undefined || isSpaced[index] !== true || (isName(part) && isName(before))) return part;
    return `\n\n${part}`;
  });
}

/** `build`, `"set-msrv": setMsrv` */
function isName(part: string): boolean {
  return /^(?:[\w$]+|"[^"]*")(?:: [\w$]+)?$/.test(part);
}

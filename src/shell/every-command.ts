import type { Command, ParsedScript } from "./script.ts";

/**
 * The commands that stand anywhere in a script: in its blocks, functions, `$(…)` and here documents.
 *
 * @returns undefined where a part of it cannot be read
 */
export function everyCommand(script: ParsedScript): readonly Command[] | undefined {
  const found: Command[] = [];
  return collect(script, found) ? found : undefined;
}

/** A tree of plain data: what is added to it later is looked through, too. */
function collect(node: unknown, found: Command[]): boolean {
  if (typeof node !== "object" || node === null) return true;
  if ("kind" in node) {
    if (node.kind === "unreadable") return false;
    if (node.kind === "command") found.push(node as Command);
  }
  return Object.values(node).every((child) => collect(child, found));
}

/** The names of a script's own functions. */
export function functionsIn(node: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (typeof node !== "object" || node === null) return found;
  if ("kind" in node && node.kind === "function" && "name" in node) found.add(String(node.name));
  for (const child of Object.values(node)) functionsIn(child, found);
  return found;
}

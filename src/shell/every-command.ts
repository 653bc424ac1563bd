import type { Command, FunctionDefinition, ParsedScript } from "./script.ts";

/** What stands anywhere in a script: in its blocks, functions, `$(…)` and here documents. */
export interface Everything {
  readonly commands: readonly Command[];
  readonly functions: readonly FunctionDefinition[];
}

/** @returns undefined where a part of the script cannot be read */
export function everyCommand(script: ParsedScript): Everything | undefined {
  const found = { commands: [], functions: [] };
  return collect(script, found) ? found : undefined;
}

/** A tree of plain data: what is added to it later is looked through, too. */
function collect(node: unknown, found: { commands: Command[]; functions: FunctionDefinition[] }): boolean {
  if (typeof node !== "object" || node === null) return true;
  if ("kind" in node) {
    if (node.kind === "unreadable") return false;
    if (node.kind === "command") found.commands.push(node as Command);
    if (node.kind === "function") found.functions.push(node as FunctionDefinition);
  }
  return Object.values(node).every((child) => collect(child, found));
}

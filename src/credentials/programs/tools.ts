import type { Call } from "../script/walk.ts";

/** A tool that pushes on its own account, if the command is one. */
export function findTool(_call: Call): ((call: Call) => void) | undefined {
  return undefined;
}

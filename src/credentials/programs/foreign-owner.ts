import type { ReadEntry } from "../git/read-config.ts";
import { WORKSPACE } from "../paths.ts";
import { hasSymbol } from "../text.ts";
import type { GitCall } from "./git-call.ts";

/** When git in a container refuses the workspace. */
export const FOREIGN_OWNER = "the container's user is not the one that the workspace belongs to";

/**
 * Whether git may refuse the repository for its owner: the runner makes the workspace, and the container of a job usually runs as root.
 * The checkout's own `safe.directory` stands in a home that is gone when it ends. Source: git-config(1), safe.directory; F52, F53;
 * actions/checkout#1169.
 */
export function mayHaveForeignOwner({ walk, found }: GitCall, entries: readonly ReadEntry[]): boolean {
  if (!walk.analysis.isInContainer || found.kind !== "found" || found.repository.top !== WORKSPACE) return false;
  // Actions that push bring their own git, or tell git that the directory is safe.
  return walk.source.label === undefined && !isSafe(entries);
}

/** A repository cannot say of itself that it is safe; an empty value takes back what was said before. */
function isSafe(entries: readonly ReadEntry[]): boolean {
  let safe = false;
  for (const { key, value, scope } of entries) {
    if (key.section !== "safe" || key.name !== "directory" || scope === "local" || scope === "worktree") continue;
    const covers = value === "*" || value === WORKSPACE || hasSymbol(value) || value.endsWith("/*");
    safe = value !== "" && (safe || covers);
  }
  return safe;
}

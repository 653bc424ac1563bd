import { isInTree } from "../files.ts";
import { WORKSPACE } from "../paths.ts";
import { hasSymbol } from "../text.ts";
import type { GitCall } from "./git-call.ts";

/** Why there may be a repository where none is in sight; undefined where git finds none for sure. */
export function whyUnseen({ walk, directory, gitDir }: GitCall): string | undefined {
  if (gitDir !== undefined) return "what GIT_DIR names may be one";
  if (!isInTree(directory, WORKSPACE)) return "there may be one outside of the workspace";
  return walk.analysis.unseenRepository();
}

/** git goes up from where it stands, and never down: the repository that a step did make may lie below. */
export function withoutRepository({ world: { files } }: GitCall): string {
  const config = [...files.keys()].find((path) => isInTree(path, WORKSPACE) && path.endsWith(CONFIG));
  const below = config?.slice(WORKSPACE.length + 1, -CONFIG.length);
  const mend =
    below === undefined || hasSymbol(below)
      ? "write actions/checkout before this push"
      : `the repository lies in '${below}', so write 'working-directory: ${below}'`;
  return `git stops: where it stands is no repository ('fatal: not a git repository'): ${mend}`;
}

const CONFIG = "/.git/config";
